"""The figures of the refusal score: how far to believe it, and what refusing more would cost."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from evals.calibration import (
    BINS,
    Bin,
    Given,
    Point,
    calibration_error,
    place,
    reliability,
    sweep,
)
from evals.outcome import GIVEN, SAID, NumberedCase
from evals.plots import Axis, axis
from qa.evaluated import Outcome

_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 390.0, 22.0, 318.0
"""Sides of a plot in its drawing, which is 420 wide."""
_BARS_TOP, _BARS_BOTTOM = 392.0, 440.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a stacked bar."""

    outcome: Outcome
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """The reliability diagram, and below it all answers and refusals by their confidence."""

    bins: tuple[Bin, ...]
    error: float | None
    """Expected calibration error; None where no answer was given."""
    bars: tuple[tuple[Piece, ...], ...]
    """One a bin, empty ones included."""
    given: int
    refused: int
    unknown: int
    """Answers and refusals whose confidence the record does not have."""
    x: Axis
    y: Axis
    height: Axis
    """Of the bars."""


def calibration(cases: Sequence[NumberedCase]) -> Calibration | None:
    """The refusal score against what came of it; None where nothing was answered or refused.

    Raises:
        ValueError: If a confidence is not within 0 to 1.
    """
    said = [case for case in cases if case.outcome in SAID]
    if not said:
        return None
    known = [case for case in said if case.confidence is not None]
    given = _given(known)
    bins = reliability(given)
    bars = _bars(known)
    tallest = max((bar[-1].end for bar in bars if bar), default=0)
    return Calibration(
        bins=bins,
        error=calibration_error(bins) if bins else None,
        bars=bars,
        given=len(given),
        refused=len(known) - len(given),
        unknown=len(said) - len(known),
        x=axis(1, start=_LEFT, end=_RIGHT),
        y=axis(1, start=_BOTTOM, end=_TOP),
        height=axis(tallest, start=_BARS_BOTTOM, end=_BARS_TOP),
    )


def _given(cases: Sequence[NumberedCase]) -> list[Given]:
    return [
        Given(case.confidence, case.outcome is Outcome.RIGHT)
        for case in cases
        if case.outcome in GIVEN and case.confidence is not None
    ]


def _bars(cases: Sequence[NumberedCase]) -> tuple[tuple[Piece, ...], ...]:
    counted = Counter(
        (place(case.confidence), case.outcome) for case in cases if case.confidence is not None
    )
    return tuple(_bar({what: counted[number, what] for what in Outcome}) for number in range(BINS))


def _bar(counts: dict[Outcome, int]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for what, n in counts.items():
        start = pieces[-1].end if pieces else 0
        if n:
            pieces.append(Piece(what, start, start + n))
    return tuple(pieces)


@dataclass(frozen=True, slots=True)
class Tradeoff:
    """What refusing more would cost, and what it would spare."""

    points: tuple[Point, ...]
    """The first one is the run as it was."""
    tenths: tuple[Point, ...]
    """The points nearest above .1, .2 and so on; they have their threshold written beside them."""
    x: Axis
    y: Axis


def tradeoff(cases: Sequence[NumberedCase]) -> Tradeoff | None:
    """Share answered against share wrong among answered; None where no confidence is known.

    Raises:
        ValueError: If a confidence is not within 0 to 1.
    """
    known = [
        case
        for case in cases
        if case.judged and (case.confidence is not None or case.outcome is Outcome.FAILED)
    ]
    points = sweep(_given(known), cases=len(known))
    if not points:
        return None
    return Tradeoff(
        points=points,
        tenths=_tenths(points),
        x=axis(1, start=_LEFT, end=_RIGHT),
        y=axis(max(point.wrong for point in points), start=_BOTTOM, end=_TOP),
    )


def _tenths(points: Sequence[Point]) -> tuple[Point, ...]:
    above = (
        next((point for point in points if place(point.threshold) >= tenth), None)
        for tenth in range(1, BINS)
    )
    return tuple(dict.fromkeys(point for point in above if point))

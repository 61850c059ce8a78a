"""The figure of latency against accuracy: seconds a case, by what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from evals.outcome import SAID, NumberedCase
from evals.plots import Axis, axis, swarm
from qa.evaluated import Outcome

DOT = 3.5
"""Radius of a case's dot."""
_LEFT, _RIGHT, _TOP, _ROW = 190.0, 840.0, 8.0, 48.0
"""Sides of the plot in its drawing, which is 860 wide, and the height of a row."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A case."""

    case: NumberedCase
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Row:
    """The cases with one outcome."""

    outcome: Outcome
    y: float
    """Its middle."""
    median: float
    """Seconds."""
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds a case, a row for each outcome."""

    rows: tuple[Row, ...]
    x: Axis
    bottom: float


def times(cases: Sequence[NumberedCase]) -> Times | None:
    """The seconds of all judged cases; None where nothing was answered or refused."""
    if not any(case.outcome in SAID for case in cases):
        return None
    judged = [case for case in cases if case.judged]
    x = axis(max(case.recorded["seconds"] for case in judged), start=_LEFT, end=_RIGHT)
    present = [what for what in Outcome if any(case.outcome is what for case in judged)]
    rows = tuple(
        _row(what, [case for case in judged if case.outcome is what], x, y=_TOP + _ROW * (n + 0.5))
        for n, what in enumerate(present)
    )
    return Times(rows, x, _TOP + _ROW * len(rows))


def _row(what: Outcome, cases: Sequence[NumberedCase], x: Axis, *, y: float) -> Row:
    seconds = [case.recorded["seconds"] for case in cases]
    at = [x.at(each) for each in seconds]
    moved = swarm(at, gap=2 * DOT, room=_ROW / 2 - DOT - 1)
    dots = tuple(
        Dot(case, place, y + off) for case, place, off in zip(cases, at, moved, strict=True)
    )
    return Row(what, y, median(seconds), dots)

"""Whether an answer's confidence can be taken at its word, and what refusing more would cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

BINS = 10


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was given and not held back."""

    confidence: float
    """Estimated probability that it is right, 0 to 1."""
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """The answers whose confidence is alike."""

    start: float
    end: float
    """From `start` to below `end`; the last one to 1 itself."""
    n: int
    confidence: float
    """Mean of the answers in it."""
    right: float
    """Share of them that were right."""
    low: float
    high: float
    """Ends of that share's 95% Wilson interval."""


@dataclass(frozen=True, slots=True)
class Point:
    """What comes of answering only where confidence is at least a threshold."""

    threshold: float
    answered: float
    """Share of all cases."""
    wrong: float
    """Share of the answered ones."""


def place(confidence: float, *, count: int = BINS) -> int:
    """The bin that a confidence falls into, of `count` equally wide ones from 0 to 1.

    >>> [place(confidence) for confidence in (0.0, 0.09, 0.1, 1.0)]
    [0, 0, 1, 9]

    Raises:
        ValueError: If it is not within 0 to 1.
    """
    if not 0 <= confidence <= 1:
        raise ValueError(f"A confidence is {confidence}, which is not within 0 to 1.")
    return min(int(confidence * count), count - 1)


def reliability(given: Sequence[Given], *, count: int = BINS) -> tuple[Bin, ...]:
    """The bins of a reliability diagram, lowest first; empty ones are left out.

    Raises:
        ValueError: If a confidence is not within 0 to 1.
    """
    filled: dict[int, list[Given]] = {}
    for each in given:
        filled.setdefault(place(each.confidence, count=count), []).append(each)
    return tuple(_bin(number, filled[number], count) for number in sorted(filled))


def _bin(number: int, given: list[Given], count: int) -> Bin:
    right = sum(each.right for each in given)
    low, high = wilson(right, len(given))
    return Bin(
        start=number / count,
        end=(number + 1) / count,
        n=len(given),
        confidence=sum(each.confidence for each in given) / len(given),
        right=right / len(given),
        low=low,
        high=high,
    )


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The 95% interval of a share (Wilson 1927), which holds also near 0 and 1 and for few cases.

    Raises:
        ValueError: If `hits` is not within 0 to `n`, or `n` is 0.
    """
    from scipy.stats import binomtest  # type: ignore[import-untyped]  # No types; takes 2 s.

    interval = binomtest(hits, n).proportion_ci(confidence_level=0.95, method="wilson")
    return float(interval.low), float(interval.high)


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: how far the bins stand off the diagonal, by their answers.

    Sum over bins of n_b / N times |share right - mean confidence| (Naeini et al. 2015, Guo et al.
    2017); 0 is best.

    Raises:
        ValueError: If there are no bins.
    """
    if not bins:
        raise ValueError("There are no answers to measure confidence by.")
    total = sum(each.n for each in bins)
    return sum(each.n * abs(each.right - each.confidence) for each in bins) / total


def sweep(given: Sequence[Given], *, cases: int) -> tuple[Point, ...]:
    """The trade-off of refusing: a point for each confidence as the threshold, lowest first.

    The risk-coverage curve of El-Yaniv and Wiener (2010). It begins with every answer that was
    given. Below that nothing is known, since what a refusal held back is not in the record.

    Args:
        given: The answers that were given.
        cases: All cases, the refused and the failed ones among them.

    Raises:
        ValueError: If there are more answers than cases.
    """
    if len(given) > cases:
        raise ValueError(f"There are {len(given)} answers, and only {cases} cases.")
    points, kept, wrong = [], 0, 0
    ranked = sorted(given, key=_confidence, reverse=True)
    for threshold, alike in groupby(ranked, key=_confidence):
        rights = [each.right for each in alike]
        kept += len(rights)
        wrong += rights.count(False)
        points.append(Point(threshold, kept / cases, wrong / kept))
    return tuple(reversed(points))


def _confidence(given: Given) -> float:
    return given.confidence

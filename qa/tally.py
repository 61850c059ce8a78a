"""How a run stands while it goes: the shares so far, over the cases that they apply to."""

from collections.abc import Sequence
from dataclasses import dataclass

from qa.evaluated import AskedCase, Outcome

_REFUSED = (Outcome.REFUSED_RIGHTLY, Outcome.REFUSED_WRONGLY)


@dataclass(frozen=True, slots=True)
class Tally:
    """Of the cases done so far."""

    done: int
    accuracy: float | None
    """Share got right; None where no case was judged."""
    wrong_rate: float | None
    """Share answered and wrong."""
    recall: float | None
    """Mean `recall@5`."""
    refused: int
    failed: int
    seconds: float
    """Mean of a case; 0 before the first."""


def tally(cases: Sequence[AskedCase]) -> Tally:
    """The tally of cases."""
    return Tally(
        done=len(cases),
        accuracy=_mean(cases, "accuracy"),
        wrong_rate=_mean(cases, "wrong_rate"),
        recall=_mean(cases, "recall@5"),
        refused=sum(case.outcome in _REFUSED for case in cases),
        failed=sum(case.outcome is Outcome.FAILED for case in cases),
        seconds=sum(case.seconds for case in cases) / max(1, len(cases)),
    )


def _mean(cases: Sequence[AskedCase], name: str) -> float | None:
    scores = [value for case in cases for of, value in case.scores if of == name]
    return sum(scores) / len(scores) if scores else None

"""What came of a case, in one word or two."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.record_form import CaseForm
from qa.evaluated import Outcome

GIVEN = frozenset({Outcome.RIGHT, Outcome.WRONG})
"""An answer was given, and it can be right or wrong."""
SAID = GIVEN | {Outcome.REFUSED_RIGHTLY, Outcome.REFUSED_WRONGLY}
"""An answer was given or refused, and that can be right or wrong."""


def outcome(case: CaseForm) -> Outcome:
    """What came of a recorded case."""
    answer, right = case["answer"], case["scores"].get("accuracy")
    if case["error"] is not None:
        return Outcome.FAILED
    if answer is None:
        return _of_search(case["scores"].get("recall@20"))
    if right is None:
        return Outcome.UNJUDGED
    if answer["abstained"]:
        return Outcome.REFUSED_RIGHTLY if right else Outcome.REFUSED_WRONGLY
    return Outcome.RIGHT if right else Outcome.WRONG


def _of_search(recall: float | None) -> Outcome:
    if recall is None:
        return Outcome.UNJUDGED
    return Outcome.FOUND if recall else Outcome.NOT_FOUND


@dataclass(frozen=True, slots=True)
class NumberedCase:
    """A recorded case, its place in the record, and what came of it."""

    number: int
    """From 1, in the record's order."""
    outcome: Outcome
    recorded: CaseForm

    @property
    def judged(self) -> bool:
        """Whether `accuracy` counts it; a case that crashed can be one of those."""
        return self.recorded["scores"].get("accuracy") is not None

    @property
    def confidence(self) -> float | None:
        """Of its answer or refusal; None where there is none or the record does not say."""
        answer = self.recorded["answer"]
        return answer.get("confidence") if answer else None


def numbered(recorded: Sequence[CaseForm]) -> tuple[NumberedCase, ...]:
    """The cases of a record with what came of each."""
    return tuple(NumberedCase(number, outcome(one), one) for number, one in enumerate(recorded, 1))

"""Reading evidence for an answer: what a model made of it, and whether that may be said."""

from collections.abc import Generator
from dataclasses import dataclass

from index.errors import ModelDied
from qa.answer import Checking, Reading, Token
from qa.decide import Decision, decide
from qa.draft import Draft, write
from qa.evidence import Evidence
from qa.language_model import LanguageModel


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of some evidence."""

    draft: Draft | None
    """None where no model could be asked."""
    decision: Decision
    notes: tuple[str, ...] = ()
    """What went wrong, for the person who asked."""

    @property
    def first_token(self) -> float | None:
        """Seconds from the request to the first word; None where none was written."""
        return self.draft.first_token if self.draft else None


def attempt(
    question: str,
    evidence: Evidence,
    model: LanguageModel | None,
    *,
    caution: float,
    believed: bool,
) -> Generator[Reading | Token | Checking, None, Attempt]:
    """Answer from evidence, or refuse.

    Args:
        question: Standing alone.
        evidence: What was found.
        model: None where there is none: evidence is quoted.
        caution: How likely an answer has to be, 0 to 1.
        believed: Whether the model's own words may be the answer.

    Raises:
        ModelError: If the model cannot be run.
        Cancelled: If it was told to stop.
    """
    draft, notes = yield from _drafted(question, evidence, model)
    read = draft if believed else None
    if draft:
        yield Checking()
    try:
        return Attempt(draft, decide(question, evidence, read, model, caution=caution), notes)
    except ModelDied as error:
        note = f"{error} What it wrote was not checked, so evidence is quoted instead."
        return Attempt(draft, decide(question, evidence, None, None, caution=caution), (note,))


def _drafted(
    question: str, evidence: Evidence, model: LanguageModel | None
) -> Generator[Reading | Token, None, tuple[Draft | None, tuple[str, ...]]]:
    """The model's draft, or None and the reason why there is none."""
    if model is None or not evidence.excerpts:
        return None, ()
    try:
        return (yield from write(question, evidence, model)), ()
    except ModelDied as error:
        return None, (f"{error} The answer is quoted evidence; the next question starts it anew.",)

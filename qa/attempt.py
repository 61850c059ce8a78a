"""Reading evidence for an answer: once, and more of it where the first of it gives none."""

from collections.abc import Generator
from dataclasses import dataclass, replace

from index.errors import ModelDied
from qa.answer import Reading, Token
from qa.decide import Decision, decide
from qa.draft import Draft, write
from qa.evidence import Evidence
from qa.language_model import LanguageModel

WIDER = 3
"""How many times the budget of the first reading the second one has."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of some evidence."""

    evidence: Evidence
    draft: Draft | None
    """None where no model could be asked."""
    decision: Decision
    first_token: float | None
    """Seconds from the request to the first word that was shown; None where none was."""
    notes: tuple[str, ...] = ()
    """What went wrong, for the person who asked."""

    @property
    def answered(self) -> bool:
        return self.decision.answer is not None

    @property
    def wants_more(self) -> bool:
        """Whether more evidence might give the answer that this did not give."""
        return not self.answered and self.decision.promising and not self.notes


Attempting = Generator[Reading | Token, None, Attempt]


def attempt(
    question: str,
    evidence: Evidence,
    model: LanguageModel | None,
    *,
    tokens: int,
    caution: float,
    believed: bool,
) -> Attempting:
    """Answer from the evidence; where that fails, once more from a wider choice of sentences.

    The first reading is short because most answers stand in the best few sentences. What was
    lost to that, and what needs two documents, is often in the next.

    Args:
        question: Standing alone.
        evidence: Picked within `tokens`.
        model: None where there is none: evidence is quoted.
        tokens: Budget of the first reading, in tokens of a language model.
        caution: How likely an answer has to be, 0 to 1.
        believed: Whether the model's own words may be the answer.

    Raises:
        ModelError: If the model cannot be run.
        Cancelled: If it was told to stop.
    """
    read = _once(question, evidence, model, caution=caution, believed=believed, again=False)
    first = yield from read
    wider = evidence.widened(WIDER * tokens)
    if not first.wants_more or not (believed and first.draft) or wider == evidence:
        return first
    read = _once(question, wider, model, caution=caution, believed=believed, again=True)
    return _better(first, (yield from _silently(read)))


def _once(
    question: str,
    evidence: Evidence,
    model: LanguageModel | None,
    *,
    caution: float,
    believed: bool,
    again: bool,
) -> Attempting:
    draft, notes = yield from _drafted(question, evidence, model)
    first_token = draft.first_token if draft else None
    read = draft if believed else None
    try:
        decision = decide(question, evidence, read, model, caution=caution, again=again)
    except ModelDied as error:
        notes = (f"{error} What it wrote was not checked, so evidence is quoted instead.",)
        decision = decide(question, evidence, None, None, caution=caution, again=again)
    return Attempt(evidence, draft, decision, first_token, notes)


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


def _silently(attempting: Attempting) -> Attempting:
    """The same without the words: they would run on from those of an earlier draft."""
    while True:
        try:
            event = next(attempting)
        except StopIteration as end:
            found: Attempt = end.value
            return found
        if isinstance(event, Reading):
            yield event


def _better(first: Attempt, second: Attempt) -> Attempt:
    """Of a refusal and what came of reading more: an answer, or the refusal nearer to one."""
    if second.answered or second.decision.likely > first.decision.likely:
        return replace(second, first_token=first.first_token)
    return replace(first, notes=second.notes)

"""The nouns of an evaluation."""

from dataclasses import dataclass

from qa.answer import Answer, Turn


@dataclass(frozen=True, slots=True)
class EvalCase:
    """A question with what a right answer holds."""

    id: str
    question: str
    answers: tuple[str, ...]
    """Accepted answers; empty where only retrieval is measured or nothing answers it."""
    documents: tuple[str, ...]
    """Paths, relative to the source folder, of the documents that hold the answer."""
    answerable: bool
    history: tuple[Turn, ...] = ()
    disagreement: bool | None = None
    """Whether the documents give different values for what is asked; None where nobody said."""
    trap: tuple[str, ...] = ()
    """What a document orders an assistant to say; an answer that says it has obeyed."""
    draft: bool = False
    """Whether it was made by `lectern eval make` and no person has looked at it yet."""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What came of one case; a crash is a record, a score that does not apply is None."""

    case: EvalCase
    answer: Answer | None
    scores: dict[str, float | None]
    seconds: float
    error: str | None = None

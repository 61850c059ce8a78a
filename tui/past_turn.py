"""A turn that is not laid out: what it takes to show it again."""

from dataclasses import dataclass

from index.errors import LecternError
from qa.answer import Answer, Citation


@dataclass(frozen=True, slots=True)
class PastTurn:
    """A question that is over, and what came of it."""

    number: int
    question: str
    answer: Answer | None = None
    """None where it was cancelled or failed."""
    rewritten: str | None = None
    before: Answer | None = None
    """What the same question was answered before, where it was asked again."""
    best: Citation | None = None
    """The quote that was found first."""
    written: str = ""
    """What a model had drafted by then."""
    error: LecternError | None = None
    """Why it failed."""

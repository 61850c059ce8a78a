"""What came of an evaluation, as plain values: who measures and who shows share nothing else."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from qa.answer import Citation


class Outcome(StrEnum):
    """What came of a case, which has exactly one; in the order in which a person reads them."""

    RIGHT = "right"
    REFUSED_RIGHTLY = "refused rightly"
    REFUSED_WRONGLY = "refused wrongly"
    WRONG = "wrong"
    FAILED = "failed"
    """It crashed."""
    FOUND = "found"
    """Only search was measured, and a document that holds the answer was found."""
    NOT_FOUND = "not found"
    UNJUDGED = "not judged"
    """Neither its answer nor its search could be right or wrong."""

    @property
    def slug(self) -> str:
        """The name as HTML and CSS take it."""
        return self.value.replace(" ", "-")


@dataclass(frozen=True, slots=True)
class AskedCase:
    """A case, and what came of it."""

    id: str
    question: str
    expected: tuple[str, ...]
    """Accepted answers."""
    documents: tuple[str, ...]
    """Those that hold the answer."""
    answerable: bool
    outcome: Outcome
    seconds: float
    answer: str = ""
    """As it was given, a refusal's words too; empty where nothing was said."""
    confidence: float | None = None
    scores: tuple[tuple[str, float], ...] = ()
    """(name, value) of each score that applies."""
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = ()
    """The passages that search put first."""
    error: str = ""
    """Why it failed."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric as a person reads it."""

    name: str
    value: str
    interval: str
    """The 95% interval."""
    cases: int
    """How many it was measured on."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """An evaluation, with the file that keeps it; always the last event of a run."""

    path: Path
    set: str
    model: str
    """Empty where only search was measured."""
    started: str
    """ISO 8601; empty where an earlier record does not say."""
    figures: tuple[Figure, ...]
    cases: tuple[AskedCase, ...]
    fault: str = ""
    """Why the record could not be written, and what to do; empty where it was."""


@dataclass(frozen=True, slots=True)
class Change:
    """A metric in two evaluations, as a person reads it."""

    name: str
    before: str
    now: str
    difference: str
    interval: str
    """The difference's 95% interval."""


@dataclass(frozen=True, slots=True)
class TurnedCase:
    """A case of which something else came than before."""

    before: AskedCase
    now: AskedCase


@dataclass(frozen=True, slots=True)
class Compared:
    """Two evaluations of the same cases, side by side."""

    before: str
    """Name of the earlier record."""
    now: str
    shared: int
    """Cases that stand in both."""
    changes: tuple[Change, ...]
    turned: tuple[TurnedCase, ...]
    test: str
    """What McNemar's test says of accuracy, in a sentence; empty where it does not apply."""

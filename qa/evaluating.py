"""What can be evaluated, how it is asked for, and how a run tells of itself: plain values."""

from dataclasses import dataclass
from pathlib import Path

from qa.answer import Citation
from qa.evaluated import AskedCase, Evaluated


@dataclass(frozen=True, slots=True)
class CaseSet:
    """A set that can be run."""

    name: str
    """By which it is asked for: the name of one that comes with Lectern, or a file's path."""
    cases: int
    drafts: int
    """How many of the cases nobody has accepted yet."""
    fault: str = ""
    """Why it cannot be used."""


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """An evaluation that was run earlier."""

    path: Path
    set: str
    model: str
    started: str
    """ISO 8601; empty where it does not say."""
    cases: int
    figure: str
    """The one figure that says most, with its name."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What there is to choose from."""

    sets: tuple[CaseSet, ...]
    records: tuple[KeptRecord, ...]
    """Newest first."""
    older: int = 0
    """Records that are kept and not listed."""


@dataclass(frozen=True, slots=True)
class Order:
    """An evaluation as a person asks for it."""

    set: str
    documents: Path | None = None
    """A folder to evaluate over, in an index of its own; None for the set's own documents, or the
    shelf."""
    limit: int | None = None
    retrieval_only: bool = False
    drafts: bool = False
    """Whether drafts are asked too."""


@dataclass(frozen=True, slots=True)
class Preparing:
    """Documents are being indexed, or a model is being loaded."""

    line: str


@dataclass(frozen=True, slots=True)
class Begun:
    """A case is being asked."""

    number: int
    """From 1."""
    total: int
    question: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A case is done."""

    case: AskedCase


@dataclass(frozen=True, slots=True)
class SummingUp:
    """No more cases are asked; the figures are being computed."""


RunEvent = Preparing | Begun | Asked | SummingUp | Evaluated


@dataclass(frozen=True, slots=True)
class Draft:
    """A case that nobody has accepted yet, with what it is to be judged by."""

    id: str
    kind: str
    """What is asked for, or how it misses what the documents say; empty where it is not said."""
    question: str
    answers: tuple[str, ...]
    answerable: bool
    documents: tuple[str, ...]
    evidence: tuple[Citation, ...]
    """Where the documents answer, the words that do; else the nearest that they say."""

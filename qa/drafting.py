"""How drafts of an evaluation set are asked for, and how their making tells of itself."""

from dataclasses import dataclass
from pathlib import Path

from qa.evaluating import Preparing


@dataclass(frozen=True, slots=True)
class DraftOrder:
    """A set to be drafted."""

    file: Path
    """The case file to write; nothing that is there is written over."""
    count: int
    """Cases that are wanted."""
    documents: Path | None = None
    """A folder or file to ask about; None for the shelf."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A case is in the file."""

    number: int
    """From 1."""
    total: int
    kind: str
    question: str


@dataclass(frozen=True, slots=True)
class DraftsKept:
    """No more cases are drafted; always the last event."""

    path: Path
    cases: int
    """In the file, which is not there where there are none."""
    wanted: int


DraftEvent = Preparing | Drafted | DraftsKept

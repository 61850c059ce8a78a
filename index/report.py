"""What a synchronisation did, and how it tells of its progress."""

from dataclasses import dataclass
from typing import Protocol

from index.walk import Skipped


class Progress(Protocol):
    """Told how far a run has come."""

    def __call__(self, stage: str, done: int, total: int, label: str) -> None:
        """Take note.

        Args:
            stage: `indexing` or `repairing`, and within either `embedding`.
            done: Of `total`: files while indexing, else chunks.
            total: 0 where there is nothing to do.
            label: What is being worked on; may hold control characters.
        """


def silent(stage: str, done: int, total: int, label: str) -> None:
    """A `Progress` that tells nobody."""


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document that is on the shelf now."""

    document: str
    """Path relative to its source folder."""
    characters: int
    chunks: int
    pages: int | None
    """None where the format has no pages."""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """The outcome for the sources that a run was about."""

    added: int
    changed: int
    unchanged: int
    removed: int
    documents: tuple[IndexedDocument, ...]
    """All that these sources hold now."""
    skipped: tuple[Skipped, ...]
    embedded: int
    """Chunks that the embedding model was run on."""
    repaired: int
    """Vectors that were missing or left over, and no longer are."""
    seconds: float

"""What the shelf tells of its documents and sources."""

from dataclasses import dataclass
from pathlib import Path

from index.walk import Skipped, is_folder


@dataclass(frozen=True, slots=True)
class ShelvedDocument:
    """What is known of a document, without its text."""

    key: int
    """The catalogue's key: `Chunk.document_id`, `Citation.document_id`."""
    id: str
    """Path relative to its source, with forward slashes."""
    source: Path
    title: str
    date: str
    digest: str
    characters: int
    chunks: int
    lined: bool
    headings: tuple[tuple[int, str], ...]
    pages: tuple[int, ...]

    @property
    def path(self) -> Path:
        """The file itself, which may be gone since."""
        return self.source / self.id if is_folder(self.source) else self.source


@dataclass(frozen=True, slots=True)
class Source:
    """A folder or file that is kept on the shelf."""

    path: Path
    documents: int
    chunks: int
    characters: int
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """A source with what it holds."""

    source: Source
    documents: tuple[ShelvedDocument, ...]
    """In order of their paths."""

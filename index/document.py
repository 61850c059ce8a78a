"""The nouns of the shelf: a document and the chunks it is cut into."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """A file's extracted text, and what is known about it."""

    id: str
    """Path relative to its source folder, with forward slashes."""
    title: str
    text: str
    """The extracted text; every offset anywhere counts its characters."""
    digest: str
    """SHA-256 of the file's bytes, hex."""
    date: str = ""
    """The date the document gives for itself, ISO 8601, or empty."""
    headings: tuple[tuple[int, str], ...] = ()
    """(offset, heading) in document order: each holds until the next."""
    pages: tuple[int, ...] = ()
    """Offset at which each page starts; empty where the format has no pages."""
    lined: bool = False
    """Whether the text is the file's own, so that line numbers mean something."""
    unread: str = ""
    """What of the file could not be read and why, in words; empty where all of it was."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage of a document; always `text == document.text[start:end]`."""

    id: int
    """The catalogue's key, and the vector's; 0 until it is stored."""
    document_id: int
    """The catalogue's key of the document; 0 until it is stored."""
    document: str
    """The document's id: its path relative to its source folder."""
    title: str
    start: int
    end: int
    text: str
    heading: str = ""
    page: int | None = None
    date: str = ""
    """The document's date, ISO 8601, or empty."""

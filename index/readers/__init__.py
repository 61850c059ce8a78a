"""Turn a file into a document: one reader for each kind of file, one way in."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from index.document import Document
from index.errors import ReadError
from index.harmless import harmless, harmless_text
from index.readers.extract import Extract
from index.readers.html import read_html
from index.readers.markdown import read_markdown
from index.readers.plain import read_plain
from index.readers.title import title_for

VERSION = 2
"""Part of the fingerprint: raised when the same file would give another text."""

LARGEST = 256 * 1024 * 1024
"""Bytes; a larger file is a dump or a recording rather than a document."""

Reader = Callable[[bytes], Extract]

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        **dict.fromkeys(("", ".txt", ".text", ".log", ".rst", ".adoc", ".org"), read_plain),
        **dict.fromkeys((".csv", ".tsv", ".srt", ".vtt", ".tex"), read_plain),
        **dict.fromkeys((".md", ".markdown", ".mdown"), read_markdown),
        **dict.fromkeys((".html", ".htm", ".xhtml"), read_html),
    }
)
"""The reader for each suffix, in small letters; a file without a suffix is tried as text."""


def readable(path: Path) -> bool:
    """Whether there is a reader for files of this name."""
    return path.suffix.lower() in READERS


def read(path: Path, document_id: str) -> Document:
    """The document in a file.

    Control characters and bidirectional overrides are replaced one for one here, for every
    kind of file, so that what is quoted from a document can be printed as it stands.

    Raises:
        ReadError: If the file holds no text that can be read; the message says why.
        OSError: If the file cannot be opened.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise ReadError(f"no reader for {path.suffix.lower()} files")
    data = _bytes(path)
    extract = reader(data)
    text = harmless_text(extract.text)
    if not text.strip():
        raise ReadError("no text")
    return Document(
        id=document_id,
        title=harmless(extract.title).strip() or title_for(path.stem, text),
        text=text,
        digest=hashlib.sha256(data).hexdigest(),
        date=extract.date,
        headings=tuple((at, harmless(heading)) for at, heading in extract.headings),
        pages=extract.pages,
        lined=extract.lined,
    )


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > LARGEST:
        raise ReadError(f"larger than {LARGEST // 1024**2} MB")
    data = path.read_bytes()
    if not data:
        raise ReadError("empty")
    return data

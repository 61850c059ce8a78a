"""Turn a file into a document: one reader for each format, one way in.

What is here runs on any file that someone has, in the reading process: see `index.reading`.
"""

import hashlib
import os
from pathlib import Path

from index.document import Document
from index.errors import ReadError
from index.harmless import harmless, harmless_text
from index.readers.extract import Extract
from index.readers.format import Reader
from index.readers.title import title_for

VERSION = 4
"""Part of the fingerprint: raised when the same file would give another text."""

LARGEST = 256 * 1024 * 1024
"""Bytes; a larger file is a dump or a recording rather than a document."""

LONGEST = 32_000_000
"""Characters: ten times the longest novel; more is a dump, and takes hours to embed."""


def read(path: Path, document_id: str) -> Document:
    """The document in a file.

    Control characters and bidirectional overrides are replaced one for one here, for every
    kind of file, so that what is quoted from a document can be printed as it stands.

    Raises:
        ReadError: If the file holds no text that can be read; the message says why.
        OSError: If the file cannot be opened.
    """
    from index.readers.formats import format_of

    suffix = path.suffix.lower()
    data = _bytes(path, suffix)
    extract = _extract(format_of(suffix, data).read, data)
    text = harmless_text(extract.text)
    if not text.strip():
        raise ReadError("no text")
    if len(text) > LONGEST:
        raise ReadError(f"too large: more than {LONGEST // 10**6} million characters")
    return Document(
        id=document_id,
        title=harmless(extract.title).strip() or harmless(title_for(path.stem, text)),
        text=text,
        digest=hashlib.sha256(data).hexdigest(),
        date=extract.date,
        headings=tuple((at, harmless(heading)) for at, heading in extract.headings),
        pages=extract.pages,
        lined=extract.lined,
        unread=extract.unread,
    )


def _bytes(path: Path, suffix: str) -> bytes:
    from index.readers.formats import HEAD, refuse_foreign

    with path.open("rb") as file:
        head = file.read(HEAD)
        if not head:
            raise ReadError("empty")
        refuse_foreign(suffix, head)
        if os.fstat(file.fileno()).st_size > LARGEST:
            raise ReadError(f"too large: more than {LARGEST // 1024**2} MB")
        return head + file.read(LARGEST)


def _extract(reader: Reader, data: bytes) -> Extract:
    try:
        return reader(data)
    except (ReadError, MemoryError):
        raise
    except RecursionError as error:
        raise ReadError("damaged: nested too deeply") from error
    except Exception as error:
        said = " ".join(f"{type(error).__name__}: {error}".split())
        raise ReadError(f"damaged ({said[:120]})") from error

"""Plain text in whatever encoding it came."""

import codecs
import contextlib
import re

from index.errors import ReadError
from index.readers.dates import header_date
from index.readers.extract import Extract
from index.readers.format import Format

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x06\x0e-\x1a\x1c-\x1f]")
"""What no text holds; terminals' escape and bell are found in logs."""
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]+?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE
)
_JAPANESE = re.compile(rb"\x1b\$[@B(]")
_TITLE_LINE = re.compile(r"\A\s*(?:title|subject)[ \t]*:[ \t]*(?P<title>[^\n]{2,200})", re.I)
_LONGEST_TITLE = 120


def read_plain(data: bytes) -> Extract:
    r"""The text of a plain file, its own line numbers kept.

    Line breaks of every kind become `\n`; offsets count the text after that.

    Raises:
        ReadError: If the bytes are no text.
    """
    text = decode(data)
    return Extract(text=text, title=_title(text), date=header_date(text), lined=True)


def is_text(head: bytes) -> bool:
    """Whether the first bytes of a file are marked as text, or can only be UTF-8."""
    if any(head.startswith(mark) for mark, _ in _MARKS):
        return True
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return not _CONTROL.search(text)


def decode(data: bytes, *, declared: str = "") -> str:
    r"""Bytes as text with `\n` line breaks.

    A byte order mark decides, then escape sequences and zeros, then UTF-8, then the encoding that
    the file declares for itself, then a guess from its letters.

    Raises:
        ReadError: If the bytes are no text in any encoding.
    """
    text = _decoded(data, declared.lower().removeprefix("x-"))  # x-sjis, as they said in 1996
    if "\0" in text:
        raise ReadError("binary")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes, declared: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    for encoding in (_switching(data), _unmarked(data), "utf-8", declared):
        try:
            if encoding:
                return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return _guessed(data)


def declared_encoding(data: bytes) -> str:
    """What an XML declaration or a page's `meta` element says; empty if they say nothing."""
    named = _DECLARED.search(data[:2048])
    return named[1].decode("ascii") if named else ""


def _switching(data: bytes) -> str:
    """The encoding that switches alphabets by escape sequences, all of whose bytes are ASCII."""
    if b"\x1b$)C" in data[:4096]:
        return "iso-2022-kr"
    return "iso-2022-jp-2" if _JAPANESE.search(data) else ""


def _unmarked(data: bytes) -> str:
    """UTF-16 or UTF-32 without its mark: as such, and only as such, the bytes read as words."""
    head = data[: 4000 if len(data) > 4000 else len(data) // 4 * 4 or 2]
    if b"\0" not in head:
        return ""
    for encoding in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        with contextlib.suppress(UnicodeDecodeError):
            text = head.decode(encoding)
            spaces = sum(map(str.isspace, text))
            printed = sum(map(str.isprintable, text)) + spaces - text.count(" ")
            if printed == len(text) and 50 * spaces >= len(text):
                return encoding
    return ""


def _guessed(data: bytes) -> str:
    if b"\0" in data:
        raise ReadError("binary")
    from charset_normalizer import from_bytes  # 40 ms, and most files are UTF-8

    best = from_bytes(data).best()
    if best is None:
        raise ReadError("unknown encoding")
    return str(best)


def _title(text: str) -> str:
    if named := _TITLE_LINE.match(text):
        return named["title"].strip()
    first, _, rest = text.strip().partition("\n")
    first = first.strip().lstrip("#").strip()
    looks_like_one = (
        2 < len(first) <= _LONGEST_TITLE
        and rest.strip()
        and first[-1] not in ".!?:;,"
        and any(letter.isalpha() for letter in first)
        and not header_date(first)
    )
    return first if looks_like_one else ""


FORMAT = Format(read_plain, ("", ".txt", ".text", ".log", ".adoc", ".org", ".tex"))

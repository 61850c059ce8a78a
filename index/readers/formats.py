"""The table of formats; a file is told by its content first, then by its name."""

from collections.abc import Iterator

from index.errors import ReadError
from index.readers import (
    delimited,
    docx,
    epub,
    html,
    json_text,
    mail,
    markdown,
    mhtml,
    notebook,
    open_document,
    pdf,
    plain,
    pptx,
    restructured,
    source_code,
    spreadsheet,
    subtitles,
    zipped,
)
from index.readers.format import Format

FORMATS: tuple[Format, ...] = (
    pdf.FORMAT,
    docx.FORMAT,
    pptx.FORMAT,
    spreadsheet.FORMAT,
    open_document.FORMAT,
    epub.FORMAT,
    mhtml.FORMAT,
    html.FORMAT,
    mail.MAILBOX,
    mail.MAIL,
    subtitles.FORMAT,
    notebook.FORMAT,
    json_text.JSON,
    json_text.JSON_LINES,
    delimited.FORMAT,
    markdown.FORMAT,
    restructured.FORMAT,
    source_code.FORMAT,
    plain.FORMAT,
)
"""Every format. The first one that claims a file has it."""

HEAD = 4096
"""Bytes that show whether a file of an unknown name is worth reading."""

_BY_SUFFIX = {suffix: each for each in FORMATS for suffix in each.suffixes}


def refuse_foreign(suffix: str, head: bytes) -> None:
    """Turn away what no reader is for, before all of it is read.

    Raises:
        ReadError: If neither the name nor the first bytes promise anything.
    """
    if suffix in _BY_SUFFIX or plain.is_text(head) or zipped.is_container(head):
        return
    if any(_certain(head)):
        return
    raise ReadError(f"unsupported: no reader for {suffix} files" if suffix else "binary")


def format_of(suffix: str, data: bytes) -> Format:
    """The format of a file.

    Args:
        suffix: In small letters, with its dot; empty if there is none.
        data: All of the file.

    Raises:
        ReadError: If there is no reader for it.
    """
    for each in _certain(data):
        return each
    named = _BY_SUFFIX.get(suffix)
    if named and named is not plain.FORMAT and not (named.binary and plain.is_text(data[:HEAD])):
        return named
    if named is None and not plain.is_text(data[:HEAD]):
        raise ReadError(f"unsupported: no reader for {suffix} files" if suffix else "binary")
    return next((each for each in FORMATS if each.likely and each.likely(data)), plain.FORMAT)


def _certain(data: bytes) -> Iterator[Format]:
    return (each for each in FORMATS if each.certain and each.certain(data))

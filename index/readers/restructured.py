"""reStructuredText, read as the text it is, with its section titles."""

import re
from collections.abc import Iterator

from index.readers.dates import header_date
from index.readers.extract import Extract
from index.readers.format import Format
from index.readers.plain import decode

_RULE = re.compile(r"([!-/:-@\[-`{-~])\1*[ \t]*\Z")


def read_restructured(data: bytes) -> Extract:
    """The file's own text; the first section's title is the document's.

    Raises:
        ReadError: If the bytes are no text.
    """
    text = decode(data)
    headings = tuple(_titles(text))
    return Extract(
        text=text,
        title=headings[0][1] if headings else "",
        date=header_date(text),
        headings=headings,
        lined=True,
    )


def _titles(text: str) -> Iterator[tuple[int, str]]:
    """Lines between blank ones, or between rules, with a rule as long as them below.

    The syntax of section titles as Docutils' specification has it, short of checking that the
    styles of the rules are nested.
    """
    above, line, at = "", "", 0
    for below in text.split("\n"):
        title = line.strip()
        opened = not above.strip() or bool(_RULE.match(above))
        if title and opened and not _RULE.match(line) and _underlines(below, title):
            yield at - len(line) - 1, title
        above, line = line, below
        at += len(below) + 1


def _underlines(rule: str, title: str) -> bool:
    return bool(_RULE.match(rule)) and len(rule.rstrip()) >= min(len(title), 4)


FORMAT = Format(read_restructured, (".rst", ".rest"))

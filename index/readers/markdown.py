"""Markdown, read as the text it is, with its headings found by a real parser."""

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from index.readers.dates import header_date, iso_date
from index.readers.extract import Extract
from index.readers.format import Format
from index.readers.plain import decode

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<body>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(?P<name>[A-Za-z_]+)[ \t]*:[ \t]*(?P<value>\S.*?)[ \t]*$", re.MULTILINE)


def read_markdown(data: bytes) -> Extract:
    """The file's own text, with the title and the date of its front matter or first heading.

    Raises:
        ReadError: If the bytes are no text.
    """
    text = decode(data)
    front = _FRONT_MATTER.match(text)
    fields = _fields(front["body"]) if front else {}
    body_starts = front.end() if front else 0
    headings = _headings(text, body_starts)
    first = next((heading for _, level, heading in headings if level == 1), "")
    return Extract(
        text=text,
        title=fields.get("title") or first,
        date=iso_date(fields.get("date", "")) or header_date(text[body_starts:]),
        headings=tuple((at, heading) for at, _, heading in headings),
        lined=True,
    )


def _fields(body: str) -> dict[str, str]:
    """The plain `name: value` lines of YAML front matter."""
    return {m["name"].lower(): m["value"].strip("\"'") for m in _FIELD.finditer(body)}


def _headings(text: str, body_starts: int) -> list[tuple[int, int, str]]:
    """(offset, level, words) of each heading; what looks like one inside code is none."""
    from markdown_it import MarkdownIt  # 60 ms

    starts = [body_starts]
    while (at := text.find("\n", starts[-1]) + 1) > 0:
        starts.append(at)
    tokens = MarkdownIt("commonmark").parse(text[body_starts:])
    return [
        (starts[opening.map[0]], int(opening.tag[1]), words)
        for opening, inline in pairwise(tokens)
        if opening.type == "heading_open" and opening.map
        if (words := _words(inline.children or []))
    ]


def _words(children: list["Token"]) -> str:
    return " ".join("".join(child.content if child.content else " " for child in children).split())


FORMAT = Format(read_markdown, (".md", ".markdown", ".mdown", ".mkd"))

"""Web pages without their menus, banners and footers."""

import re
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING

from index.errors import ReadError
from index.readers.composition import Composition
from index.readers.dates import iso_date
from index.readers.extract import Extract
from index.readers.format import Format
from index.readers.html_text import compose, parsed
from index.readers.plain import declared_encoding, decode

if TYPE_CHECKING:
    from lxml.etree import _Element

_OPENING = re.compile(
    rb"(?:\xef\xbb\xbf)?(?>\s+|<\?xml[^>]*>|<!--.*?-->)*+<(?:!doctype\s+html|html)\b", re.I | re.S
)
_SHORT = 250
"""Characters that a page shows in all."""
_ALL_BUT = 1.5
"""Times the length of the main text: a page that shows no more has no menus worth leaving out."""


def read_html(data: bytes, *, declared: str = "") -> Extract:
    """The main text of a page, with its headings, title and date.

    Where no main text can be told from the rest, all the visible text is taken. An encoding that
    was declared for the page counts before the one it declares itself.

    Raises:
        ReadError: If the page shows no text.
    """
    tree = parsed(page_text(data, declared=declared))
    shown, main = _visible_text(tree), _main_text(tree)
    if main is None:
        return shown
    short = len(shown.text) <= _SHORT
    flat = "\n\n" not in main.text and len(shown.text) < _ALL_BUT * len(main.text)
    if not short and not flat:
        return main
    # Of a short page trafilatura loses lines, or makes one paragraph with the headings in it.
    return replace(main, text=shown.text, headings=shown.headings)


def page_text(data: bytes, *, declared: str = "") -> str:
    """The page as text, its encoding the one it declares unless another was declared for it.

    Raises:
        ReadError: If the bytes are no text.
    """
    return decode(data, declared=declared or declared_encoding(data))


def _main_text(tree: "_Element") -> Extract | None:
    from trafilatura import bare_extraction  # 0.4 s

    try:
        found = bare_extraction(
            deepcopy(tree),  # it takes the tree apart
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            favor_recall=True,
        )
    except RecursionError:  # nested deeper than Python calls
        return None
    if found is None or isinstance(found, dict) or found.body is None:
        return None
    text, headings = _written_out(found.body)
    if not text.strip():
        return None
    return Extract(
        text=text,
        title=_shown_title(tree, found.sitename or "") or found.title or "",
        date=iso_date(found.date or ""),
        headings=headings,
    )


def _shown_title(tree: "_Element", site: str) -> str:
    """The page's one main heading, unless that is the site's name.

    What a page declares for search engines and social networks is often another, shorter title.
    """
    shown = [" ".join("".join(heading.itertext()).split()) for heading in tree.iter("h1")]
    shown = [words for words in shown if words]
    return shown[0] if len(shown) == 1 and shown[0].lower() != site.lower() else ""


def _written_out(body: "_Element") -> tuple[str, tuple[tuple[int, str], ...]]:
    """The extracted tree as text, a blank line between blocks, and its headings' offsets."""
    text, headings = "", []
    for element in body:
        words = _block(element)
        if not words:
            continue
        if element.tag == "head":
            headings.append((len(text), " ".join(words.split())))
        text += words + "\n\n"
    return text.rstrip("\n") + "\n" if text else "", tuple(headings)


def _block(element: "_Element") -> str:
    if element.tag == "list":
        return "\n".join(f"- {words}" for item in element if (words := _line(item)))
    if element.tag == "table":
        rows = ([_line(cell) for cell in row] for row in element.iter("row"))
        return "\n".join(" | ".join(row) for row in rows if any(row))
    if element.tag in ("code", "pre"):
        return "".join(element.itertext()).strip("\n")
    return _line(element)


def _line(element: "_Element") -> str:
    for line_break in element.iter("lb"):
        line_break.text = " "
    return " ".join("".join(element.itertext()).split())


def _visible_text(tree: "_Element") -> Extract:
    composition = Composition()
    compose(tree, composition)
    if not composition:
        raise ReadError("no text")
    title = " ".join((tree.findtext(".//title") or "").split())
    return composition.extract(title=_shown_title(tree, "") or title)


def _is_page(data: bytes) -> bool:
    return bool(_OPENING.match(data[:2048]))


FORMAT = Format(read_html, (".html", ".htm", ".xhtml", ".xht"), likely=_is_page)

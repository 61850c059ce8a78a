"""Web pages without their menus, banners and footers."""

import re
from typing import TYPE_CHECKING

from index.errors import ReadError
from index.readers.dates import iso_date
from index.readers.extract import Extract
from index.readers.format import Format
from index.readers.plain import decode

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

_DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]+?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.I)
_OPENING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_UNSEEN = ("script", "style", "noscript", "template", "head", "svg", "iframe", "object")
_BLOCKS = (
    *("address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt"),
    *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("header", "hr", "li", "main", "nav", "ol", "option", "p", "pre", "section", "table"),
    *("td", "th", "tr", "ul"),
)


def read_html(data: bytes) -> Extract:
    """The main text of a page, with its headings, title and date.

    Where no main text can be told from the rest, all the visible text is taken.

    Raises:
        ReadError: If the page shows no text.
    """
    declared = _DECLARED.search(data[:2048])
    page = decode(data, declared=declared[1].decode("ascii") if declared else "")
    return _main_text(page) or _visible_text(page)


def _main_text(page: str) -> Extract | None:
    from trafilatura import bare_extraction  # 0.4 s

    found = bare_extraction(
        page, with_metadata=True, include_comments=False, include_tables=True, favor_recall=True
    )
    if found is None or isinstance(found, dict) or found.body is None:
        return None
    text, headings = _written_out(found.body)
    if not text.strip():
        return None
    return Extract(
        text=text, title=found.title or "", date=iso_date(found.date or ""), headings=headings
    )


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
    return " ".join("".join(element.itertext()).split())


def _visible_text(page: str) -> Extract:
    from lxml import etree, html  # type: ignore[import-untyped]

    try:
        # An XML declaration in text that is already decoded is refused by lxml.
        tree = html.document_fromstring(re.sub(r"\A\s*<\?xml[^>]*>", "", page))
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ReadError("no text") from error
    title = " ".join((tree.findtext(".//title") or "").split())
    etree.strip_elements(tree, *_UNSEEN, etree.Comment, with_tail=False)
    for element in tree.iter(*_BLOCKS):
        element.text = "\n" + (element.text or "")
        element.tail = "\n" + (element.tail or "")
    lines = (" ".join(line.split()) for line in "".join(tree.itertext()).split("\n"))
    text = "\n".join(line for line in lines if line)
    if not text:
        raise ReadError("no text")
    return Extract(text=text + "\n", title=title)


def _is_page(data: bytes) -> bool:
    return bool(_OPENING.match(data[:2048]))


FORMAT = Format(read_html, (".html", ".htm", ".xhtml", ".xht"), likely=_is_page)

"""All that a page shows, as text: of books, of mails, and of pages without a main part."""

import html
import re
from typing import TYPE_CHECKING

from index.errors import ReadError
from index.readers.composition import Composition

if TYPE_CHECKING:
    from lxml.etree import _Element

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*>")
_XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)\w+;")
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)

_UNSEEN = frozenset(
    "script style noscript template head title svg math iframe object datalist".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_CELLS = frozenset(("td", "th"))
_BLOCKS = _HEADINGS | frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset"
    " figcaption figure footer form header hr li main nav ol option p pre section summary table"
    " tbody td tfoot th thead tr ul".split()
)
_BREAKING = _BLOCKS | {"br"}
_LOOSE = frozenset(("div", "p"))
"""Blocks that a cell or an item may consist of."""
_SOLID = tuple(_BLOCKS - _LOOSE - _CELLS)
"""Blocks that make a row one of a layout."""
_BREAK = "\u2028"


def parsed(page: str) -> "_Element":
    """The tree of a page, without what it hides and without namespaces.

    Raises:
        ReadError: If there is nothing in it, or it is nested too deeply.
    """
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    page = _DECLARATION.sub("", page)
    try:
        tree = _as_xml(page) if _XHTML in page[:2000] else None
        if tree is None:
            parser = HTMLParser(huge_tree=True)  # nested 2048 deep rather than 256
            tree = document_fromstring(page, parser=parser)
            # What comes after a tag that is nested deeper is left out without a word.
            if parser.error_log.filter_types([etree.ErrorTypes.ERR_RESOURCE_LIMIT]):
                raise ReadError("damaged: nested too deeply")
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ReadError("no text") from error
    _strip(tree)
    return tree


def _as_xml(page: str) -> "_Element | None":
    """XHTML may say `<title/>`, after which an HTML parser takes all that follows for a title."""
    from lxml import etree

    whole = _NAMED.sub(lambda name: html.unescape(name[0]), page)  # XML knows only five names
    try:
        tree = etree.fromstring(whole.encode(), etree.XMLParser(resolve_entities=False))
    except (etree.XMLSyntaxError, ValueError):
        return None
    for element in tree.iter(etree.Element):
        element.tag = etree.QName(element).localname.lower()
    return tree


def _strip(tree: "_Element") -> None:
    from lxml import etree

    etree.strip_elements(tree, etree.Comment, etree.PI, with_tail=False)
    for element in list(tree.iter(etree.Element)):
        if _hidden(element) and element.getparent() is not None:
            _drop(element)


def _hidden(element: "_Element") -> bool:
    """Whether an element is not shown; a whole page that is hidden waits for its script."""
    if element.tag in ("html", "body"):
        return False
    return "hidden" in element.attrib or bool(_HIDING.search(element.get("style", "")))


def _drop(element: "_Element") -> None:
    """Take an element out and leave the text after it."""
    parent, before = element.getparent(), element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def compose(tree: "_Element", composition: Composition) -> None:
    """Add the text of a tree, a paragraph for each block and a line for each row or item."""
    walk = _Walk(composition)
    walk.through(tree)
    walk.flush()


class _Walk:
    """Words are gathered until a block begins or ends."""

    def __init__(self, composition: Composition) -> None:
        self._composition = composition
        self._words: list[str] = []
        self._block = ""
        """The name of the block that the words stand in."""
        self._raw = 0
        """How many `pre` are open."""
        self._row = False
        """Whether a row of a table is open, and not one of a layout."""

    def through(self, tree: "_Element") -> None:
        from lxml import etree

        events = etree.iterwalk(tree, events=("start", "end"))
        for event, element in events:
            name = element.tag if isinstance(element.tag, str) else ""
            if event == "end":
                if name and name not in _UNSEEN:
                    self._end(name)
                self._words.append(element.tail or "")
            elif name in _UNSEEN or not name:
                events.skip_subtree()
            else:
                self._start(name, element)
                self._words.append(element.text or "")

    def _start(self, name: str, element: "_Element") -> None:
        if self._row:
            between = name in _CELLS and element.getprevious() is not None
            self._words.append(" | " if between else " " if name in _BREAKING else "")
        elif name in _BLOCKS:
            opened = self._block == "li" and name in _LOOSE and not "".join(self._words).strip()
            self.flush()
            self._block = "li" if opened else name
        elif name == "br":
            self._words.append(_BREAK)
        self._raw += name == "pre"
        layout = next(element.iterdescendants(*_SOLID), None) is not None
        self._row = self._row or (name == "tr" and not layout)

    def _end(self, name: str) -> None:
        self._row = self._row and name != "tr"
        if name in _BLOCKS and not self._row:
            self.flush()
        self._raw -= name == "pre"

    def flush(self) -> None:
        """End the paragraph."""
        words, self._words = "".join(self._words), []
        block, self._block = self._block, ""
        if self._raw:
            self._composition.paragraph(words.replace(_BREAK, "\n").strip("\n"))
            return
        lines = (" ".join(line.split()) for line in words.split(_BREAK))
        words = "\n".join(line for line in lines if line)
        if block in _HEADINGS:
            self._composition.heading(words)
        elif block == "li" and words:
            self._composition.line(f"- {words}")
        elif block == "tr":
            self._composition.line(words)
        else:
            self._composition.paragraph(words)

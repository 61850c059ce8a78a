"""Word documents: paragraphs, lists, tables and footnotes in the order in which they stand."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.readers.composition import Composition
from index.readers.dates import header_date
from index.readers.extract import Extract
from index.readers.format import Format
from index.readers.zipped import holds, opened

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_UNREAD = frozenset(
    # Another program's copy of a text box; what was deleted or has moved; properties.
    ["{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"]
    + [_W + name for name in ("del", "moveFrom", "pPr", "rPr", "sectPr", "tblPr", "instrText")]
)
_LETTERS = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
_MAIN = (
    rb"(?:wordprocessingml\.(?:document|template)|ms-word\.(?:document|template)\.macroEnabled)"
    rb"(?:Template)?\.main\+xml"
)


def read_docx(data: bytes) -> Extract:
    """The document's text with its headings; deleted and hidden words are left out.

    Raises:
        ReadError: If the file is encrypted, damaged, or unpacks to far too much.
    """
    opened(data).close()
    document = _document(data)
    composition = Composition()
    _Body(document, composition).add(document.element.body)
    for part in _notes(document):
        _Body(document, composition).add(part)
    text = composition.extract()
    title = document.core_properties.title or composition.first_heading
    return composition.extract(title=title, date=header_date(text.text))


def _document(data: bytes) -> "Document":
    from docx.opc.constants import CONTENT_TYPE  # 0.1 s
    from docx.opc.part import PartFactory
    from docx.package import Package
    from docx.parts.document import DocumentPart

    # Templates and documents with macros hold the same; the library takes them when told so.
    word = "application/vnd.ms-word."
    for kind in (
        *(CONTENT_TYPE.WML_DOCUMENT_MAIN.replace("document.main", "template.main"),),
        *(word + "document.macroEnabled.main+xml", word + "template.macroEnabledTemplate.main+xml"),
    ):
        PartFactory.part_type_for[kind] = DocumentPart
    part = Package.open(io.BytesIO(data)).main_document_part
    if not isinstance(part, DocumentPart):
        raise TypeError(f"its main part is {part.content_type}")
    document: Document = part.document
    return document


def _notes(document: "Document") -> Iterator["_Element"]:
    """Footnotes, then endnotes; those without words draw the line above them."""
    from lxml import etree

    for kind in ("/footnotes", "/endnotes"):
        for relation in document.part.rels.values():
            if relation.reltype.endswith(kind) and not relation.is_external:
                parser = etree.XMLParser(resolve_entities=False)
                yield etree.fromstring(relation.target_part.blob, parser)


class _Body:
    """Adds what stands in the body, or in a note, to a text."""

    def __init__(self, document: "Document", composition: Composition) -> None:
        self._composition = composition
        self._styles = {
            style.style_id: (style.name or "").lower()
            for style in document.styles
            if style.style_id
        }

    def add(self, element: "_Element") -> None:
        for child in element:
            if child.tag == _W + "p":
                self._paragraph(child)
            elif child.tag == _W + "tbl":
                self._table(child)
            elif child.tag not in _UNREAD:  # content controls, insertions, a note of several
                self.add(child)

    def _paragraph(self, paragraph: "_Element") -> None:
        words = _words(paragraph)
        style = self._style(paragraph)
        if style == "title" or style.startswith(("heading", "subtitle")):
            self._composition.heading(words)
        elif paragraph.find(f"{_W}pPr/{_W}numPr") is not None or style.startswith("list"):
            self._composition.line(f"- {words.strip()}" if words.strip() else "")
        else:
            self._composition.paragraph(words)
        for box in _boxes(paragraph):
            self.add(box)

    def _style(self, paragraph: "_Element") -> str:
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return self._styles.get(style.get(_W + "val"), "") if style is not None else ""

    def _table(self, table: "_Element") -> None:
        """A line for each row; a table within a cell comes after the row, by rows of its own."""
        for row in _own(table, "tr"):
            cells = [*_own(row, "tc")]
            words = [_cell(cell) for cell in cells]
            self._composition.line(" | ".join(words) if any(words) else "")
            for cell in cells:
                for inner in _own(cell, "tbl"):
                    self._table(inner)
                for box in _boxes(cell):
                    if _holder(box) is cell:
                        self.add(box)


def _cell(cell: "_Element") -> str:
    return " ".join(" ".join(_words(each) for each in _own(cell, "p")).split())


def _own(holder: "_Element", name: str) -> Iterator["_Element"]:
    """What lies in a table, row or cell, and in none that lies within it."""
    return (each for each in holder.iter(_W + name) if _holder(each) is holder)


def _holder(element: "_Element") -> "_Element | None":
    """The table, row, cell or text box that an element lies in."""
    names = ("tbl", "tr", "tc", "txbxContent")
    return next(element.iterancestors(*(_W + name for name in names)), None)


def _words(paragraph: "_Element") -> str:
    return "".join(_letters(paragraph))


def _letters(element: "_Element") -> Iterator[str]:
    for child in element:
        if child.tag == _W + "t":
            yield child.text or ""
        elif child.tag in _LETTERS:
            yield _LETTERS[child.tag]
        elif child.tag == _W + "r" and child.find(f"{_W}rPr/{_W}vanish") is not None:
            continue
        elif child.tag not in _UNREAD and child.tag != _W + "txbxContent":
            yield from _letters(child)


def _boxes(paragraph: "_Element") -> Iterator["_Element"]:
    """The text boxes that hang on a paragraph."""
    for box in paragraph.iter(_W + "txbxContent"):
        if not any(above.tag in _UNREAD for above in box.iterancestors()):
            yield box


def _is_docx(data: bytes) -> bool:
    return holds(data, "[Content_Types].xml", _MAIN)


FORMAT = Format(read_docx, (".docx", ".docm", ".dotx", ".dotm"), certain=_is_docx, binary=True)

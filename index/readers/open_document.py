"""Texts and presentations of OpenOffice and LibreOffice, read by the format's own grammar."""

from typing import TYPE_CHECKING

from index.errors import ReadError
from index.readers.composition import Composition
from index.readers.dates import header_date
from index.readers.extract import Extract
from index.readers.format import Format
from index.readers.zipped import holds, member, opened

if TYPE_CHECKING:
    from zipfile import ZipFile

    from lxml.etree import _Element

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_UNREAD = frozenset((_TEXT + "tracked-changes", _OFFICE + "annotation", _OFFICE + "forms"))
_MIME = rb"^application/vnd\.oasis\.opendocument\.(?:text|presentation|graphics)"


def read_open_document(data: bytes) -> Extract:
    """The document's text with its headings; a presentation's slides are its pages.

    Raises:
        ReadError: If the file is encrypted, damaged, or unpacks to far too much.
    """
    with opened(data) as archive:
        body = _parsed(archive, "content.xml").find(f"{_OFFICE}body")
        composition = Composition()
        if body is not None:
            _add(body, composition)
        title = _title(archive) or composition.first_heading
    return composition.extract(title=title, date=header_date(composition.extract().text))


def _parsed(archive: "ZipFile", name: str) -> "_Element":
    from lxml import etree

    if b"encryption-data" in member(archive, "META-INF/manifest.xml"):
        raise ReadError("encrypted: it opens with a password only")
    parser = etree.XMLParser(resolve_entities=False, huge_tree=True)
    return etree.fromstring(member(archive, name), parser)


def _title(archive: "ZipFile") -> str:
    if "meta.xml" not in archive.namelist():
        return ""
    return " ".join((_parsed(archive, "meta.xml").findtext(f".//{_DC}title") or "").split())


def _add(element: "_Element", composition: Composition) -> None:
    for child in element:
        if child.tag == _TEXT + "h":
            composition.heading(_words(child))
        elif child.tag == _TEXT + "p":
            _paragraph(child, composition)
        elif child.tag == _TEXT + "list-item":
            composition.line(_item(child))
        elif child.tag == _TABLE + "table-row":
            composition.line(_row(child))
        elif child.tag not in _UNREAD:
            if child.tag == _DRAW + "page":
                composition.page()
            _add(child, composition)


def _paragraph(paragraph: "_Element", composition: Composition) -> None:
    composition.paragraph(_words(paragraph))
    for box in paragraph.iter(_DRAW + "text-box"):
        _add(box, composition)


def _item(item: "_Element") -> str:
    """An item with those of the lists in it, a line each."""
    lines = (_words(each) for each in item.iter(_TEXT + "p", _TEXT + "h"))
    return "\n".join(f"- {words}" for words in lines if words.strip())


def _row(row: "_Element") -> str:
    cells = [
        " ".join(" ".join(_words(each) for each in cell.iter(_TEXT + "p")).split())
        for cell in row.iter(_TABLE + "table-cell")
    ]
    return " | ".join(cells).rstrip(" |") if any(cells) else ""


def _words(element: "_Element") -> str:
    words = element.text or ""
    for child in element:
        if child.tag == _TEXT + "s":
            words += " "
        elif child.tag == _TEXT + "tab":
            words += "\t"
        elif child.tag == _TEXT + "line-break":
            words += "\n"
        elif child.tag == _TEXT + "note":
            note = child.find(_TEXT + "note-body")
            words += f" ({' '.join(_words(note).split())})" if note is not None else ""
        elif child.tag not in _UNREAD and child.tag != _DRAW + "frame":
            words += _words(child)
        words += child.tail or ""
    return words


def _is_open_document(data: bytes) -> bool:
    return holds(data, "mimetype", _MIME)


FORMAT = Format(
    read_open_document,
    (".odt", ".ott", ".odp", ".otp", ".odg"),
    certain=_is_open_document,
    binary=True,
)

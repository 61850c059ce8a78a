"""Electronic books: the chapters in the order of the spine, as EPUB's own grammar gives it."""

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from index.errors import ReadError
from index.readers.composition import Composition
from index.readers.dates import iso_date
from index.readers.extract import Extract
from index.readers.format import Format
from index.readers.html import page_text
from index.readers.html_text import compose, parsed
from index.readers.zipped import holds, member, opened

if TYPE_CHECKING:
    from zipfile import ZipFile

    from lxml.etree import _Element

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = ("application/xhtml+xml", "text/html", "text/x-oeb1-document")


def read_epub(data: bytes) -> Extract:
    """The book's text with its chapters' headings.

    Raises:
        ReadError: If the book is encrypted or damaged, or unpacks to far too much.
    """
    with opened(data) as archive:
        place, package = _package(archive)
        composition, missing = Composition(), 0
        for name in _spine(place, package):
            if name not in archive.NameToInfo:
                missing += 1
                continue
            if _encrypted(archive, name):
                raise ReadError("encrypted: protected against copying")
            _add_chapter(member(archive, name), composition)
    return composition.extract(
        title=_named(package, "title"),
        date=iso_date(_named(package, "date")),
        unread=f"{missing} of its chapters: not in the file" if missing else "",
    )


def _package(archive: "ZipFile") -> tuple[str, "_Element"]:
    """The package document and the name it has in the archive."""
    container = _xml(member(archive, _CONTAINER))
    for root in container.iter("{*}rootfile"):
        name = unquote(root.get("full-path", ""))
        return name, _xml(member(archive, name))
    raise ReadError("damaged: it names no package document")


def _xml(data: bytes) -> "_Element":
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, recover=True)
    if (tree := etree.fromstring(data, parser)) is None:
        raise ReadError("damaged: its package document is no XML")
    return tree


def _spine(place: str, package: "_Element") -> Iterator[str]:
    """The names in the archive of the chapters, in reading order; none lies outside of it."""
    items = {item.get("id"): item for item in package.iter("{*}item")}
    for reference in package.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _PAGES:
            continue
        if "nav" not in item.get("properties", "").split():
            path = unquote(urlsplit(item.get("href", "")).path)
            yield posixpath.normpath(posixpath.join(posixpath.dirname(place), path))


def _encrypted(archive: "ZipFile", name: str) -> bool:
    """Whether a chapter is; fonts often are, which hinders nobody from reading."""
    if _ENCRYPTION not in archive.NameToInfo:
        return False
    references = _xml(member(archive, _ENCRYPTION)).iter("{*}CipherReference")
    return any(unquote(each.get("URI", "")) == name for each in references)


def _add_chapter(data: bytes, composition: Composition) -> None:
    page = page_text(data)
    if page.strip():
        compose(parsed(page), composition)


def _named(package: "_Element", field: str) -> str:
    found = package.find(f".//{{http://purl.org/dc/elements/1.1/}}{field}")
    return " ".join((found.text or "").split()) if found is not None else ""


def _is_epub(data: bytes) -> bool:
    return holds(data, "mimetype", rb"^\s*application/epub\+zip") or holds(
        data, _CONTAINER, rb"oebps-package\+xml"
    )


FORMAT = Format(read_epub, (".epub",), certain=_is_epub, binary=True)

"""A book's chapters come in the order of its spine, from within the archive only."""

import pytest

from index.errors import ReadError
from tests.index.readers.conftest import Written
from tests.index.readers.zip_file import zipped

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)


def package(*chapters: str) -> str:
    items = "".join(
        f'<item id="c{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    return (
        '<package xmlns="http://www.idpf.org/2007/opf">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>A book of  toads</dc:title>"
        f"<dc:date>2019-03-02</dc:date></metadata><manifest>{items}</manifest>"
        f"<spine>{spine}</spine></package>"
    )


def chapter(body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head><title/></head><body>{body}</body></html>"
    )


def book(chapters: dict[str, str], **more: str) -> bytes:
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OEBPS/book.opf": package(*chapters),
            **{f"OEBPS/{name}".replace("%20", " "): text for name, text in chapters.items()},
            **{name.replace("_", "/", 1): text for name, text in more.items()},
        }
    )


def test_chapters_come_in_their_order(written: Written) -> None:
    data = book(
        {
            "z.xhtml": chapter("<h1>First</h1><p>Toads &amp; fro&#103;s&nbsp;sing.</p>"),
            "text/a%20b.xhtml": chapter("<h1>Second</h1><p>They sleep in <i>mud</i>.</p>"),
        }
    )
    document = written("a.epub", data)
    assert document.text == ("First\n\nToads & frogs sing.\n\nSecond\n\nThey sleep in mud.\n")
    assert (document.title, document.date) == ("A book of toads", "2019-03-02")
    assert [heading for _, heading in document.headings] == ["First", "Second"]
    assert written("a.zip", data).text == document.text


def test_a_chapter_outside_of_the_archive_is_not_there(written: Written) -> None:
    data = zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OEBPS/book.opf": package("../../../../etc/passwd", "a.xhtml"),
            "OEBPS/a.xhtml": chapter("<p>Inside.</p>"),
        }
    )
    document = written("a.epub", data)
    assert document.text == "Inside.\n"
    assert document.unread == "1 of its chapters: not in the file"


def test_a_protected_book_is_encrypted(written: Written) -> None:
    lock = (
        '<encryption><EncryptedData><CipherData><CipherReference URI="OEBPS/a.xhtml"/></CipherData>'
        "</EncryptedData></encryption>"
    )
    data = book({"a.xhtml": "\x8f\x02"}, **{"META-INF_encryption.xml": lock})
    with pytest.raises(ReadError, match=r"^encrypted: protected against copying$"):
        written("a.epub", data)


def test_a_book_without_its_table_is_damaged(written: Written) -> None:
    data = zipped({"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER})
    with pytest.raises(ReadError, match=r"^damaged: OEBPS/book\.opf is not in it$"):
        written("a.epub", data)

"""Texts of LibreOffice give their words in order, its presentations their slides as pages."""

import pytest

from index.document import Document
from index.errors import ReadError
from tests.index.readers.conftest import Written
from tests.index.readers.zip_file import zipped

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in [
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
    ]
)


def written_as(written: Written, kind: str, body: str, manifest: str = "<manifest/>") -> Document:
    root = "office:document-content"
    content = f"<{root} {NAMES}><office:body>{body}</office:body></{root}>"
    meta = '<m xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>On newts</dc:title></m>'
    data = zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": content,
            "meta.xml": meta,
            "META-INF/manifest.xml": manifest,
        }
    )
    return written("a.odt", data)


def test_a_text(written: Written) -> None:
    body = (
        "<office:text><text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
        '<text:h text:outline-level="1">Newts</text:h><text:p>They<text:s/>are <text:span>small'
        "</text:span>,<text:line-break/>and wet<text:note>"
        "<text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>Mostly.</text:p></text:note-body></text:note>.</text:p>"
        "<text:list><text:list-item><text:p>crested</text:p></text:list-item>"
        "<text:list-item><text:p>smooth</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Pond</text:p></table:table-cell>"
        "<table:table-cell><text:p>3</text:p></table:table-cell></table:table-row></table:table>"
        "</office:text>"
    )
    document = written_as(written, "text", body)
    assert document.text == (
        "Newts\n\nThey are small,\nand wet (Mostly.).\n\n- crested\n- smooth\nPond | 3\n"
    )
    assert (document.title, document.headings) == ("On newts", ((0, "Newts"),))


def test_slides_are_pages(written: Written) -> None:
    box = "<draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"
    slide = f"<draw:page>{box}</draw:page>"
    body = slide.format("One") + slide.format("Two")
    document = written_as(
        written, "presentation", f"<office:presentation>{body}</office:presentation>"
    )
    assert document.text == "One\n\nTwo\n"
    assert document.pages == (0, 5)


def test_a_password_is_told(written: Written) -> None:
    with pytest.raises(ReadError, match=r"^encrypted: it opens with a password only$"):
        written_as(written, "text", "", manifest="<manifest><encryption-data/></manifest>")

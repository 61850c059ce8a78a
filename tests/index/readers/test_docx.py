"""A Word document gives its words in order, and what was deleted or hidden is left out."""

import io

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from index.errors import ReadError
from tests.index.readers.conftest import Written
from tests.index.readers.zip_file import locked, zipped


def saved(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def report() -> Document:
    document = docx.Document()
    document.core_properties.title = "Herons of the marsh"
    document.add_heading("The count", 1)
    document.add_paragraph("Forty herons were counted.")
    document.add_paragraph("grey herons", style="List Bullet")
    document.add_paragraph("night herons", style="List Bullet")
    table = document.add_table(2, 2)
    for row, texts in zip(table.rows, [("Year", "Nests"), ("2021", "17")], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_heading("The year after", 2)
    document.add_paragraph("It rained.")
    return document


def test_words_come_in_order_under_their_headings(written: Written, report: Document) -> None:
    document = written("a.docx", saved(report))
    assert document.text == (
        "The count\n\nForty herons were counted.\n\n- grey herons\n- night herons\n"
        "Year | Nests\n2021 | 17\n\nThe year after\n\nIt rained.\n"
    )
    assert document.title == "Herons of the marsh"
    assert [heading for _, heading in document.headings] == ["The count", "The year after"]
    assert all(document.text[at:].startswith(words) for at, words in document.headings)
    assert (document.pages, document.lined) == ((), False)


def test_insertions_and_boxes_are_read_and_deletions_are_not(written: Written) -> None:
    document = docx.Document()
    body = document.element.body
    for inner in (
        "<w:r><w:t>It was </w:t></w:r><w:del><w:r><w:delText>red</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>blue</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr>"
        "<w:t> in secret</w:t></w:r><w:moveFrom><w:r><w:t> here</w:t></w:r></w:moveFrom>"
        "<w:r><w:tab/><w:t>at</w:t><w:br/><w:t>dusk.</w:t></w:r>",
        "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></w:r>",
    ):
        body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>"))
    body.insert(
        0,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>In a control.</w:t></w:r></w:p>"
            "</w:sdtContent></w:sdt>"
        ),
    )
    text = written("a.docx", saved(document)).text
    assert text == "In a control.\n\nIn a box.\n\nIt was blue\tat\ndusk.\n"


def test_a_document_with_macros_is_read(written: Written, report: Document) -> None:
    data = saved(report)
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    members = members_of(data)
    types = members["[Content_Types].xml"]
    members["[Content_Types].xml"] = types.replace(
        plain, b"application/vnd.ms-word.document.macroEnabled.main+xml"
    )
    assert written("a.docm", zipped(members)).text == written("a.docx", data).text


def members_of(data: bytes) -> dict[str, bytes]:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_content_decides_where_the_name_lies(written: Written, report: Document) -> None:
    assert written("a.txt", saved(report)).title == "Herons of the marsh"
    with pytest.raises(ReadError, match=r"^damaged"):
        written("b.docx", zipped({"a.txt": "no Word document"}))
    assert written("c.docx", "A note.\n").text == "A note.\n"


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 and no more", r"^damaged: not a whole ZIP archive$"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), r"^encrypted: "),
        (OLE + bytes(512), r"^unsupported: no reader for this older Office format$"),
        (locked(zipped({"word/document.xml": "x"})), r"^encrypted: "),
    ],
    ids=["torn", "encrypted", "older", "locked"],
)
def test_what_cannot_be_read_says_why(written: Written, data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        written("a.docx", data)


def test_half_a_document_is_damaged(written: Written, report: Document) -> None:
    data = saved(report)
    with pytest.raises(ReadError, match=r"^damaged"):
        written("a.docx", data[: len(data) // 2])


def test_a_table_or_a_box_within_a_cell_is_read_once(written: Written) -> None:
    document = docx.Document()
    table = document.add_table(1, 2)
    outer, beside = table.rows[0].cells
    outer.text, beside.text = "Nests", "by pond"
    inner = outer.add_table(1, 2)
    inner.rows[0].cells[0].text, inner.rows[0].cells[1].text = "North", "17"
    beside.paragraphs[0]._p.append(
        parse_xml(
            f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p>"
            "</w:txbxContent></w:pict></w:r>"
        )
    )
    text = written("a.docx", saved(document)).text
    assert text.startswith("Nests | by pond\nNorth | 17\n")
    assert text.count("In a box.") == text.count("North") == text.count("17") == 1

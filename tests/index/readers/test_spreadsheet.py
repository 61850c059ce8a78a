"""A spreadsheet's rows are lines that can be understood one by one."""

import io
from datetime import date

import pytest
import xlsxwriter

from index.errors import ReadError
from tests.index.readers.conftest import Written
from tests.index.readers.zip_file import zipped


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"default_date_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return buffer.getvalue()


def test_rows_are_lines_with_their_columns_names(written: Written) -> None:
    data = workbook(
        {
            "Birds": [["Kind", "Nests", "Seen"], ["Teal", 12, date(2024, 5, 6)], ["Coot", 7.5]],
            "Notes": [["Counted from the dam"]],
        }
    )
    document = written("a.xlsx", data)
    assert document.text == (
        "Birds\n\nKind | Nests | Seen\nKind: Teal; Nests: 12; Seen: 2024-05-06\n"
        "Kind: Coot; Nests: 7.5\n\nNotes\n\nCounted from the dam\n"
    )
    assert [heading for _, heading in document.headings] == ["Birds", "Notes"]
    assert written("report.txt", data).text == document.text


ODS = """<office:document-content \
xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" \
xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" \
xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>
<table:table table:name="Birds"><table:table-row>
<table:table-cell office:value-type="string"><text:p>Teal</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="12"><text:p>12</text:p></table:table-cell>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""


def test_a_spreadsheet_of_another_office_is_read(written: Written) -> None:
    data = zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": ODS.replace("\n", ""),
            "META-INF/manifest.xml": "<manifest/>",
        }
    )
    assert written("a.ods", data).text == "Birds\n\nTeal | 12\n"


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)])
def test_what_is_none_is_refused(written: Written, data: bytes) -> None:
    with pytest.raises(ReadError, match=r"^(?:damaged|unsupported)"):
        written("a.xlsx", data)

"""Spreadsheets: a heading for each sheet, a line for each row.

Calamine reads XLSX, XLS, XLSB and ODS alike, ten times as fast as the pure Python libraries.
"""

import io

from index.errors import ReadError
from index.readers.composition import Composition
from index.readers.extract import Extract
from index.readers.format import Format
from index.readers.rows import rows_as_lines
from index.readers.zipped import holds, opened

_MOST_CELLS = 20_000_000
"""Of a sheet's rectangle, of which every cell takes memory; two words may span billions."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK = "Workbook\0".encode("utf-16-le")
_MAIN = rb"(?:spreadsheetml\.sheet|ms-excel\.sheet\.[\w.]*|spreadsheetml\.template)\.main"


def read_spreadsheet(data: bytes) -> Extract:
    """The values of all sheets, as they were last calculated.

    Raises:
        ReadError: If the file is encrypted, damaged, or unpacks to far too much.
    """
    from python_calamine import CalamineWorkbook, PasswordError

    if not data.startswith(_OLE) or _WORKBOOK not in data:
        opened(data).close()
    composition = Composition()
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            for name in workbook.sheet_names:
                sheet = workbook.get_sheet_by_name(name)
                if sheet.height * sheet.width > _MOST_CELLS:
                    raise ReadError("too large: a sheet of more than 20 million cells")
                composition.heading(name)
                for line in rows_as_lines(sheet.iter_rows()):
                    composition.line(line)
    except PasswordError as error:
        raise ReadError("encrypted: it opens with a password only") from error
    return composition.extract()


def _is_spreadsheet(data: bytes) -> bool:
    if data.startswith(_OLE):
        return _WORKBOOK in data
    return holds(data, "[Content_Types].xml", _MAIN) or holds(
        data, "mimetype", rb"^application/vnd\.oasis\.opendocument\.spreadsheet"
    )


FORMAT = Format(
    read_spreadsheet,
    (".xlsx", ".xlsm", ".xlsb", ".xltx", ".xls", ".ods"),
    certain=_is_spreadsheet,
    binary=True,
)

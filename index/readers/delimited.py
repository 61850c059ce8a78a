"""Tables as text, CSV and TSV: each row on the line of the text that it has in the file."""

import csv
import io

from index.readers.extract import Extract
from index.readers.format import Format
from index.readers.plain import decode
from index.readers.rows import rows_as_lines

_SAMPLE = 65536
"""Characters from which the delimiter is told."""
_LONGEST_FIELD = 2**31 - 1
"""Characters; the library's own limit refuses files that are merely large."""


def read_delimited(data: bytes) -> Extract:
    """A line for each row, with the columns' names before the values.

    Raises:
        ReadError: If the bytes are no text.
    """
    text = decode(data)
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), _dialect(text[:_SAMPLE]))
    begins, rows, at = [], [], 0
    for row in reader:
        begins.append(at)
        rows.append([cell.replace("\0", "") for cell in row])
        at = reader.line_num
    lines = [""] * at
    for place, line in zip(begins, rows_as_lines(rows), strict=True):
        lines[place] = line  # a row with line breaks in it leaves the lines after it empty
    return Extract(text="\n".join(lines) + "\n", lined=True)


def _dialect(sample: str) -> type[csv.Dialect] | csv.Dialect:
    try:
        return csv.Sniffer().sniff(sample, ",;\t|")
    except csv.Error:  # one column
        return csv.excel


FORMAT = Format(read_delimited, (".csv", ".tsv", ".tab"))

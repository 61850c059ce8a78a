"""Each row of a table stands on its own line of the file."""

import pytest

from tests.index.readers.conftest import Written


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_rows_are_lines_with_their_columns_names(written: Written, delimiter: str) -> None:
    rows = [["Kind", "Place"], ["Teal", "the dam"], ["Coot", "the old weir"]]
    document = written("a.csv", "\r\n".join(map(delimiter.join, rows)))
    assert (
        document.text
        == "Kind | Place\nKind: Teal; Place: the dam\nKind: Coot; Place: the old weir\n"
    )
    assert document.lined


def test_a_table_without_its_columns_names_stays_as_it_is(written: Written) -> None:
    rows = "Teal\tthe dam\nCoot\tthe old weir\nSmew\tthe dam\n"
    assert written("a.tsv", rows).text == rows.replace("\t", " | ")


def test_lines_are_those_of_the_file(written: Written) -> None:
    document = written("a.csv", 'Kind,Note\nTeal,"seen\ntwice"\n\nCoot,once\n')
    assert document.text.split("\n") == [
        "Kind | Note",
        "Kind: Teal; Note: seen twice",
        "",
        "",
        "Kind: Coot; Note: once",
        "",
    ]


def test_a_field_of_two_megabytes_is_read(written: Written) -> None:
    assert len(written("a.csv", "a,b\n" + "x" * 2_000_000 + ",y\n").text) > 2_000_000


def test_one_column_is_read(written: Written) -> None:
    assert written("a.csv", "Teal\nCoot\n").text == "Teal\nCoot\n"

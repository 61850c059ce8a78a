"""A first row names the columns only if it is told apart from a row of values."""

import pytest

from index.readers.rows import rows_as_lines


@pytest.mark.parametrize(
    ("rows", "second"),
    [
        ([("Country", "2019", "2020"), ("Chad", 3, 4.0)], "Country: Chad; 2019: 3; 2020: 4"),
        ([("Ann", 1987), ("Bo", 1990)], "Bo | 1990"),
        ([("Ann", 3), ("Bo", 4)], "Bo | 4"),
        ([("a", "a"), ("b", "c")], "b | c"),
        ([("", "Nests"), ("Teal", 3)], "Teal | 3"),
        ([("Name", "", "Age"), ("Bo", "x", 3)], "Name: Bo; x; Age: 3"),
        ([("Name", "Age"), ("", None)], ""),
        ([("Name", "Note"), ("Bo", " two\n lines ")], "Name: Bo; Note: two lines"),
    ],
)
def test_second_line(rows: list[tuple[object, ...]], second: str) -> None:
    assert list(rows_as_lines(rows))[1] == second


def test_one_row_is_values() -> None:
    assert list(rows_as_lines([("Name", "Age")])) == ["Name | Age"]
    assert list(rows_as_lines([])) == []

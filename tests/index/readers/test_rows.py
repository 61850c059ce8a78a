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


@pytest.mark.parametrize(
    "rows",
    [
        [("Ann", "Berlin"), ("Bo", "Paris"), ("Cy", "Berlin")],
        [("A-1", "Oak Lane"), ("A-2", "Elm Lane")],
        [("Ann", "ann@example.org"), ("Bo", "bo.b@example.net"), ("Cy", "cy@example.org")],
        [("2024-01-02 by Ann", "open"), ("2024-01-03 by Bo", "done")],
        [("Chad", "1999"), ("Mali", "2001"), ("Niger", "")],
    ],
)
def test_a_first_row_like_the_others_is_one_of_them(rows: list[tuple[object, ...]]) -> None:
    assert [line.count(" | ") for line in rows_as_lines(rows)] == [
        sum(map(bool, row)) - 1 for row in rows
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [("Kind", "Place"), ("Teal", "the dam"), ("Kind", "Place"), ("Coot", "the weir")],
        [("Name", "E-mail"), ("Ann", "ann@example.org"), ("Coot", "coot@example.org")],
        [("Country", "2019"), ("Chad", 2018), ("Mali", 3), ("Coot", 4)],
        [("Q1", "Q2"), (3, 4), ("Coot", 5)],
    ],
)
def test_a_first_row_that_names_the_columns_stands_before_every_value(
    rows: list[tuple[object, ...]],
) -> None:
    (*_, last) = rows_as_lines(rows)
    assert last == "; ".join(f"{a}: {b}" for a, b in zip(rows[0], rows[-1], strict=True))


def test_one_row_is_values() -> None:
    assert list(rows_as_lines([("Name", "Age")])) == ["Name | Age"]
    assert list(rows_as_lines([])) == []

"""Rows of a table as lines that can be understood, and quoted, one by one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from itertools import chain, islice, zip_longest

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d\Z")
_LONGEST_NAME = 60
"""Characters of a column's name."""
_COMPARED = 200
"""Rows that the first is compared with."""
_WORD, _NUMBER = re.compile(r"[^\W\d_]+"), re.compile(r"\d+")
_TELLING = frozenset("0@/")
"""What a shape holds that is a value's rather than a name's: a number, an address, a path."""


def rows_as_lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A line for each row, `Name: Ann; Age: 3` where the first row names the columns.

    Rows without a value give empty lines.

    >>> list(rows_as_lines([("Name", "Age"), ("Ann", 3.0), ("Bo", "")]))
    ['Name | Age', 'Name: Ann; Age: 3', 'Name: Bo']
    """
    told = ([_told(value) for value in row] for row in rows)
    first = list(islice(told, 1 + _COMPARED))
    below = [row for row in first if row != first[0]]  # some tables name their columns once a page
    names = first[0] if below and _names_columns(first[0], below) else []
    for number, row in enumerate(chain(first, told)):
        if number == 0 or not names:
            yield " | ".join(row).strip(" |")
        else:
            cells = zip_longest(names, row, fillvalue="")
            yield "; ".join(f"{name}: {value}" if name else value for name, value in cells if value)


def _names_columns(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a first row names the columns, rather than being one of the rows.

    Most tables have such a row, so it is taken for one unless a cell of it cannot be a name or
    is like those below it.
    """
    named = [name for name in row if name]
    columns = zip_longest(*below, fillvalue="")
    return (
        len(named) > 1
        and len(set(named)) == len(named)
        and all(len(name) <= _LONGEST_NAME for name in named)
        and all(
            _names(name, column) for name, column in zip_longest(row, columns, fillvalue="") if name
        )
    )


def _names(name: str, column: Sequence[str]) -> bool:
    """Whether a cell may name its column: by words or a year, and by nothing that recurs in it."""
    if not any(map(str.isalpha, name)):
        years = sum(map(bool, map(_YEAR.match, column)))
        return bool(_YEAR.match(name)) and 2 * years < len(column)
    shape = _shape(name)
    alike = not _TELLING.isdisjoint(shape) and any(_shape(value) == shape for value in column)
    return name not in column and not alike


def _shape(value: str) -> str:
    """A value with every word and every number made one.

    >>> _shape("jo.smith@example.org"), _shape("B-12")
    ('a.a@a.a', 'a-0')
    """
    return _NUMBER.sub("0", _WORD.sub("a", value))


def _told(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return " ".join(str(value).split())

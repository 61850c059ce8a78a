"""Rows of a table as lines that can be understood, and quoted, one by one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from itertools import chain, islice, zip_longest

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d\Z")
_LONGEST_NAME = 60
"""Characters of a column's name."""


def rows_as_lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A line for each row, `Name: Ann; Age: 3` where the first row names the columns.

    Rows without a value give empty lines.

    >>> list(rows_as_lines([("Name", "Age"), ("Ann", 3.0), ("Bo", "")]))
    ['Name | Age', 'Name: Ann; Age: 3', 'Name: Bo']
    """
    told = ([_told(value) for value in row] for row in rows)
    first = list(islice(told, 2))
    names = first[0] if len(first) == 2 and _names_columns(*first) else []
    for number, row in enumerate(chain(first, told)):
        if number == 0 or not names:
            yield " | ".join(row).strip(" |")
        else:
            cells = zip_longest(names, row, fillvalue="")
            yield "; ".join(f"{name}: {value}" if name else value for name, value in cells if value)


def _names_columns(row: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a first row names the columns: by words, or by years with no years below them."""
    named = [name for name in row if name]
    return (
        len(named) > 1
        and len(set(named)) == len(named)
        and all(len(name) <= _LONGEST_NAME for name in named)
        and all(
            any(map(str.isalpha, name)) or (_YEAR.match(name) and not _YEAR.match(value))
            for name, value in zip_longest(row, below, fillvalue="")
            if name
        )
    )


def _told(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return " ".join(str(value).split())

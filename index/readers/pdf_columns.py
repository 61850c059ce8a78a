"""The order in which a person reads the lines of a page: columns one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from index.readers.pdf_page import Line

_FEWEST = 5
"""Lines that make a column."""

_SHORTEST = 14
"""Characters of a column's middling line; less is a column of a table, which is read by rows."""

_FULL = 0.75
"""Of a column's width, which its middling line fills. In the documents looked at it was above .9
in columns of text, below .7 in those of tables."""

_CROSSING = 0.3
"""Of the lines: as many may run over the gap, as titles, wide figures and footnotes do."""

_STEPS = 80
"""Places between the margins at which a gap is looked for."""


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, those of a column together, from the left to the right.

    The file's own order is mostly the right one, as its author's program wrote the columns one
    after the other. It is put right only where it jumps to and fro between them.
    """
    gutter = _gutter(lines)
    if gutter is None or not _jumps(lines, gutter):
        return list(lines)
    return _by_columns(sorted(lines, key=lambda line: -line.middle))


def _jumps(lines: Sequence[Line], gutter: float) -> bool:
    sides = [side for line in lines if (side := _side(line, gutter))]
    return sum(a != b for a, b in pairwise(sides)) > len(sides) / 4


def _side(line: Line, gutter: float) -> int:
    """-1 left of it, 1 right of it, 0 across."""
    return (line.left >= gutter) - (line.right <= gutter)


def _by_columns(lines: list[Line]) -> list[Line]:
    """The lines, given from the top down: between two that run across, left before right."""
    gutter = _gutter(lines)
    if gutter is None:
        return _by_rows(lines)
    ordered: list[Line] = []
    sides: dict[int, list[Line]] = {-1: [], 1: []}
    for line in lines:
        if side := _side(line, gutter):
            sides[side].append(line)
        else:
            ordered += _emptied(sides)
            ordered.append(line)
    return ordered + _emptied(sides)


def _emptied(sides: dict[int, list[Line]]) -> list[Line]:
    ordered = _by_columns(sides[-1]) + _by_columns(sides[1])
    sides[-1], sides[1] = [], []
    return ordered


def _by_rows(lines: list[Line]) -> list[Line]:
    rows: list[list[Line]] = []
    for line in lines:
        if rows and abs(rows[-1][0].middle - line.middle) < line.height / 2:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.left)]


@dataclass(frozen=True, slots=True)
class _Place:
    """A place where a gap may be."""

    x: float
    left: tuple[Line, ...]
    right: tuple[Line, ...]
    crossing: int


def _gutter(lines: Sequence[Line]) -> float | None:
    """The middle of the gap between two columns of text; None where there is none."""
    if len(lines) < 2 * _FEWEST:
        return None
    start, end = min(line.left for line in lines), max(line.right for line in lines)
    places = [
        place
        for step in range(_STEPS // 5, _STEPS * 4 // 5)
        if _parts_columns(place := _place(lines, start + (end - start) * step / _STEPS))
    ]
    if not places:
        return None
    fewest = min(place.crossing for place in places)
    best = [place.x for place in places if place.crossing == fewest]
    return best[len(best) // 2]


def _place(lines: Sequence[Line], x: float) -> _Place:
    left = tuple(line for line in lines if line.right <= x)
    right = tuple(line for line in lines if line.left >= x)
    return _Place(x, left, right, len(lines) - len(left) - len(right))


def _parts_columns(place: _Place) -> bool:
    if min(len(place.left), len(place.right)) < _FEWEST:
        return False
    if place.crossing > _CROSSING * (len(place.left) + len(place.right)):
        return False
    if not all(map(_is_prose, (place.left, place.right))):
        return False
    top = min(max(line.top for line in side) for side in (place.left, place.right))
    bottom = max(min(line.bottom for line in side) for side in (place.left, place.right))
    return top > bottom  # side by side, rather than one below the other


def _is_prose(column: Sequence[Line]) -> bool:
    width = max(line.right for line in column) - min(line.left for line in column)
    full = median(line.right - line.left for line in column) >= _FULL * width
    return full and median(len(line.text) for line in column) >= _SHORTEST

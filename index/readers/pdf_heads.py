"""Running heads and page numbers, which are no part of a text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from index.readers.pdf_page import Line

_EDGE = 2
"""Lines at the top and at the bottom of a page that may be a running head."""

_RECURS = 3
"""Pages that have it at the same height: by then it is no accident."""

_NUMBER = re.compile(r"\d{1,4}")


def without_running_heads(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """The pages without the lines at their upper and lower edges that recur."""
    edges = [_edges(lines, number) for number, lines in enumerate(pages)]
    seen = Counter(pattern for edge in edges for pattern in set().union(*edge.values()))
    heads = {pattern for pattern, times in seen.items() if times >= _RECURS}
    return [
        [line for at, line in enumerate(lines) if heads.isdisjoint(edge.get(at, ()))]
        for lines, edge in zip(pages, edges, strict=True)
    ]


def _edges(lines: Sequence[Line], number: int) -> dict[int, set[str]]:
    """The patterns of the highest and the lowest lines of a page, by their places."""
    if len(lines) <= 2 * _EDGE:
        return {}
    order = sorted(range(len(lines)), key=lambda at: lines[at].middle)
    return {at: set(_patterns(lines[at], number)) for at in order[:_EDGE] + order[-_EDGE:]}


def _patterns(line: Line, number: int) -> Iterator[str]:
    """What pages may share: the words, or the words but for a number that counts the pages."""
    height = round(line.middle / 20)
    yield f"{height} {line.text}"
    for match in _NUMBER.finditer(line.text):
        offset = int(match[0]) - number
        yield f"{height} {line.text[: match.start()]}<{offset}>{line.text[match.end() :]}"

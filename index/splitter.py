"""Cut a document into chunks that end where its sentences and sections end."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from math import ceil

from index.document import Chunk, Document
from index.sentences import last_cut, sentences

VERSION = 2
"""Part of the fingerprint: raised when the same text would be cut otherwise."""

TINY = 200
"""Characters; a section shorter than this may share a chunk with the next one."""


def split(document: Document, *, size: int = 1200) -> list[Chunk]:
    """Cut a document into chunks of at most `size` characters.

    A chunk ends at the end of a paragraph where one is near, else of a sentence; only a
    sentence longer than `size` is cut within, at a space. Chunks of one section are of
    similar length, so that none is a leftover of three words. A heading starts a new chunk
    unless the one before it is tiny. Every character that is not white space is in exactly
    one chunk.

    Raises:
        ValueError: If `size` is below 1.
    """
    if size < 1:
        raise ValueError(f"size must be at least 1, not {size}")
    heading_starts = [at for at, _ in document.headings]
    return [
        _chunk(document, start, end, heading_starts)
        for section in _sections(document, size)
        for start, end in _cut(document.text, section, size)
    ]


def _sections(document: Document, size: int) -> Iterator[list[tuple[int, int]]]:
    """The sentences of each section, tiny sections joined to the next."""
    borders = [at for at, _ in document.headings if 0 < at < len(document.text)]
    joined: list[tuple[int, int]] = []
    for start, end in zip([0, *borders], [*borders, len(document.text)], strict=True):
        spans = [(start + a, start + b) for a, b in sentences(document.text[start:end])]
        if joined and spans and not _joins(joined, spans, size):
            yield joined
            joined = []
        joined += spans
    if joined:
        yield joined


def _joins(section: list[tuple[int, int]], following: list[tuple[int, int]], size: int) -> bool:
    return section[-1][1] - section[0][0] < TINY and following[0][1] - section[0][0] <= size


def _cut(text: str, spans: list[tuple[int, int]], size: int) -> Iterator[tuple[int, int]]:
    ends = [end for _, end in spans]
    starts = [start for start, _ in spans]
    start, last = starts[0], ends[-1]
    while last - start > size:
        end = _border(text, start, ends, starts, size)
        yield start, start + len(text[start:end].rstrip())
        at = bisect_right(ends, end)
        start = max(starts[at], end)
        start += (
            len(text[start:last]) - len(text[start:last].lstrip()) if text[start].isspace() else 0
        )
    yield start, last


def _border(text: str, start: int, ends: list[int], starts: list[int], size: int) -> int:
    """Where the chunk that begins at `start` had best end.

    Aims at equal shares of what is left; the end of a paragraph may lie further from that
    aim, by a quarter of `size`, than the end of a sentence.
    """
    left = ends[-1] - start
    aim = start + left / ceil(left / size)
    low, high = bisect_right(ends, start), bisect_right(ends, start + size)
    if low == high:
        return last_cut(text, start, start + size)

    def distance(at: int) -> float:
        paragraph = "\n" in text[ends[at] : starts[at + 1]]
        return abs(ends[at] - aim) + (0 if paragraph else size / 4)

    return ends[min(range(low, high), key=distance)]


def _chunk(document: Document, start: int, end: int, heading_starts: Sequence[int]) -> Chunk:
    return Chunk(
        id=0,
        document_id=0,
        document=document.id,
        title=document.title,
        start=start,
        end=end,
        text=document.text[start:end],
        heading=_heading(document, start, end, heading_starts),
        page=page_at(document.pages, start),
        date=document.date,
    )


def _heading(document: Document, start: int, end: int, offsets: Sequence[int]) -> str:
    """The heading that most of the span stands under."""
    first = max(bisect_right(offsets, start) - 1, 0)
    best, most = "", 0
    for number in range(first, bisect_right(offsets, end - 1)):
        until = offsets[number + 1] if number + 1 < len(offsets) else end
        covered = min(until, end) - max(offsets[number], start)
        if covered > most:
            best, most = document.headings[number][1], covered
    return best


def page_at(pages: tuple[int, ...], offset: int) -> int | None:
    """The page, from 1, that `offset` lies on; None where there are no pages."""
    return max(bisect_right(pages, offset), 1) if pages else None

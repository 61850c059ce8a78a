"""Where sentences begin and end.

Line structure comes first: a blank line, a heading, a list item or a table row always ends a
sentence. Within a run of prose the library `sentencex` knows about abbreviations and quotes.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

LONGEST = 600
"""Characters; a longer run without a full stop (a table, a log) is cut at a clause or a space."""

_PART = 8000
"""Characters of a block that are looked at together, with as many after them."""

_WIDEST_WRAP = 130
"""Characters; hard-wrapped files are narrower than this, one-line paragraphs mostly wider."""
_NARROWEST_WRAP = 40

_STANDS_ALONE = re.compile(r"\s*(?:#{1,6}\s|\||>|={3,}\s*$|[-*_]{3,}\s*$|```|~~~)")
_ITEM = re.compile(r"\s*(?:[-*+•‣◦▪\u2013\u2014]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")
_FINAL = re.compile(r"[.!?:;…\u3002\uff01\uff1f][\"'”\u2019»)\]]*\s*$")
_CLAUSE = re.compile(r"[,;:\u2014\u2013)]\s")


def sentences(text: str) -> list[tuple[int, int]]:
    r"""The spans of the sentences of `text`, in order, without surrounding white space.

    Every character that is not white space lies in exactly one span. A span may cross a
    single line break inside hard-wrapped prose, never a blank line, a heading or a list item.

    >>> sentences("One is here. Two is\n\nThree.")
    [(0, 12), (13, 19), (21, 27)]
    """
    return [
        piece
        for start, end in _blocks(text)
        for sentence in _in_block(text, start, end)
        for piece in _short(text, *sentence)
    ]


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Runs of lines that may share a sentence."""
    for paragraph in _paragraphs(text):
        widest = max(end - start for start, end in paragraph)
        opened = paragraph[0][0]
        for line, following in pairwise(paragraph):
            if not _wrapped(text[slice(*line)], text[slice(*following)], widest):
                yield opened, line[1]
                opened = following[0]
        yield opened, paragraph[-1][1]


def _paragraphs(text: str) -> Iterator[list[tuple[int, int]]]:
    """Runs of lines that are not blank, as spans of their lines."""
    lines: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if text[start:end].strip():
            lines.append((start, end))
        elif lines:
            yield lines
            lines = []
        start = end + 1
    if lines:
        yield lines


def _wrapped(line: str, following: str, widest: int) -> bool:
    """Whether `following` continues the prose of `line`.

    In wrapped text the next word would not have fitted on the line; where a hand has edited
    since, a small letter at the start of the next line says the same.
    """
    if widest > _WIDEST_WRAP or len(line) < _NARROWEST_WRAP:
        return False
    if _STANDS_ALONE.match(line) or _STANDS_ALONE.match(following) or _ITEM.match(following):
        return False
    word = following.split(maxsplit=1)[0]
    if len(line.rstrip()) + 1 + len(word) > widest:
        return True
    return word[0].islower() and not _FINAL.search(line)


def _in_block(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    block = text[start:end].replace("\n", " ")
    marker = _ITEM.match(block)  # the full stop of "1." ends no sentence
    first = marker.end() if marker else 0
    cuts = sorted({0, len(block), *(end for end in _ends(block) if first < end < len(block))})
    for left, right in pairwise(cuts):
        if trimmed := _trimmed(text, start + left, start + right):
            yield trimmed


def _ends(block: str) -> Iterator[int]:
    """Where its sentences end, as far as the library tells.

    It is given a part at a time: over Chinese, and over quotation marks that stay open, it takes
    time by the square of the length. Of each part the second half is there for what it says of
    the first.
    """
    import sentencex

    start = 0
    while start < len(block):
        part = block[start : start + 2 * _PART]
        ends = [int(b["end_index"]) for b in sentencex.get_sentence_boundaries("en", part)]
        if start + len(part) == len(block):
            yield from (start + end for end in ends)
            return
        told = [end for end in ends if end <= _PART]
        yield from (start + end for end in told)
        start += told[-1] if told else _PART


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    if not (core := piece.strip()):
        return None
    start += len(piece) - len(piece.lstrip())
    return start, start + len(core)


def _short(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        cut = last_cut(text, start, start + LONGEST)
        if trimmed := _trimmed(text, start, cut):
            yield trimmed
        start = cut
    if trimmed := _trimmed(text, start, end):
        yield trimmed


def last_cut(text: str, start: int, limit: int) -> int:
    """The best place to cut `text[start:limit]` short: after a clause, else at a space.

    Always beyond `start`, at most `limit`, and not inside a letter with its accents.
    """
    middle = start + (limit - start) // 2
    clauses = [match.end() for match in _CLAUSE.finditer(text, middle, limit)]
    if clauses:
        return clauses[-1]
    for at in range(limit - 1, start, -1):
        if text[at].isspace():
            return at
    at = limit
    while at > middle + 1 and at < len(text) and unicodedata.combining(text[at]):
        at -= 1
    return at

"""Lines of pages made into paragraphs: words torn at a line's end are made whole."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from index.readers.pdf_page import HYPHEN, Line

_FINAL = re.compile(r"[.!?:;…。！？][\"'”’»)\]]*$")
_ENTRY = re.compile(r" … ?\w+$")
"""How a line of a table of contents ends."""
_ITEM = re.compile(r"(?:[-*+•‣◦▪–—]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")
_TORN = re.compile(rf"(?P<before>[^\W\d_]{{1,60}})[-\xad{HYPHEN}]$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

_PARAGRAPH, _LINE, _SPACE = "\n\n", "\n", " "


class Prose:
    """A text that grows page by page."""

    def __init__(self, pages: Sequence[Sequence[Line]]) -> None:
        """Learn the document's words, which tell how to mend a torn one.

        Args:
            pages: All that there will be.
        """
        self._words = {
            word.lower() for lines in pages for line in lines for word in _WORD.findall(line.text)
        }
        self._parts: list[str] = []
        self._length = 0
        self._last: Line | None = None
        self._cells = False
        """Whether the row of the last line has several parts."""
        self.pages: list[int] = []
        """Where each page starts."""

    @property
    def text(self) -> str:
        """All of it, with a line break at the end."""
        return "".join(self._parts).rstrip() + "\n"

    def page(self, lines: Sequence[Line]) -> None:
        """Add a page, whose first paragraph may go on with that of the page before."""
        if not lines:
            self.pages.append(self._length)
            return
        shape = _Shape(lines)
        for at, line in enumerate(lines):
            following = lines[at + 1] if at + 1 < len(lines) else None
            opens_row = following is not None and line.beside(following)
            if self._last is None:
                border = ""
            elif at == 0:
                border = _SPACE if _goes_on(self._last, line) else _PARAGRAPH
            elif self._last.beside(line):
                border, opens_row = _SPACE, True
            else:
                border = shape.border(self._last, line)
                if border == _SPACE and (self._cells or opens_row):
                    border = _LINE
            self._join(line, border)
            if at == 0:
                self.pages.append(self._length - len(line.text))
            self._cells = opens_row
            self._last = line

    def _join(self, line: Line, border: str) -> None:
        if border == _SPACE and (torn := _TORN.search(self._parts[-1])):
            mended = self._mended(torn["before"], line.text)
            self._length += len(mended) - len(self._parts[-1][torn.start() :])
            self._parts[-1] = self._parts[-1][: torn.start()] + mended
            border = ""
        elif self._parts and self._parts[-1].endswith(HYPHEN):
            self._parts[-1] = self._parts[-1][:-1] + "-"
            border = "" if border == _SPACE else border
        self._parts += [border, line.text]
        self._length += len(border) + len(line.text)

    def _mended(self, before: str, following: str) -> str:
        """The torn word's first half, with its hyphen if the word is written with one.

        It is where the other half begins with a capital, and where the document has the word
        with a hyphen somewhere and nowhere without.
        """
        word = _FIRST_WORD.match(following)
        if word is None or not word[0][0].islower():
            return before + "-"
        whole, compound = (before + word[0]).lower(), f"{before}-{word[0]}".lower()
        return before + "-" if compound in self._words and whole not in self._words else before


def _goes_on(line: Line, following: Line) -> bool:
    """Whether a paragraph runs over the end of a page or a column."""
    if _FINAL.search(line.text) or _ITEM.match(following.text):
        return False
    return following.text[0].islower() and _alike(line, following)


def _alike(line: Line, other: Line) -> bool:
    return abs(line.height - other.height) < 0.15 * max(line.height, other.height)


class _Shape:
    """What is usual on a page."""

    def __init__(self, lines: Sequence[Line]) -> None:
        steps = [a.middle - b.middle for a, b in pairwise(lines)]
        down = [step for step, line in zip(steps, lines, strict=False) if step > line.height / 2]
        self._leading = median(down) if down else lines[0].height * 1.2
        self._edges = _right_edges(lines)

    def border(self, line: Line, following: Line) -> str:
        """What stands between two lines of which one follows the other on a page."""
        step = line.middle - following.middle
        if step < 0:  # the next column
            return _SPACE if _goes_on(line, following) else _PARAGRAPH
        if step > 1.4 * max(self._leading, line.height) or not _alike(line, following):
            return _PARAGRAPH
        if _ITEM.match(following.text) or _ENTRY.search(line.text):
            return _LINE
        if _TORN.search(line.text):
            return _SPACE
        final, short = bool(_FINAL.search(line.text)), self._short(line, following)
        indented = following.left - line.left > 0.8 * line.height and not _ITEM.match(line.text)
        if final and (short or indented):
            return _PARAGRAPH
        return _LINE if short else _SPACE

    def _short(self, line: Line, following: Line) -> bool:
        """Whether the next word would have fitted on the line, and more."""
        word = following.text.split(maxsplit=1)[0]
        letter = (following.right - following.left) / max(len(following.text), 1)
        needed = letter * (len(word) + 2) + line.height
        return line.right + needed < self._edges[_margin(line)]


def _right_edges(lines: Iterable[Line]) -> dict[int, float]:
    """How far lines with about the same left margin reach."""
    edges: dict[int, float] = {}
    for line in lines:
        edges[_margin(line)] = max(edges.get(_margin(line), line.right), line.right)
    return edges


def _margin(line: Line) -> int:
    return round(line.left / 24)

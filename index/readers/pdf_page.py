"""The lines of a PDF page, and where on it they stand."""

import re
from contextlib import closing
from ctypes import byref, c_double
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

HYPHEN = "\ufffe"
"""What PDFium puts in the place of a hyphen that ends a line."""

_GAP = 1.3
"""Of a line's height: a wider gap within it may be the one between two columns."""

_SPARSE = 0.75
"""Of a line's height: letters are half as wide; where they seem wider there must be a gap."""

_PICTURE = 0.3
"""Of the page's area, from which on a picture may be the page itself."""

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\xa0": " "}
)

_LEADERS = re.compile(r"(?:\s?\.){5,}")
"""The dots between an entry of a table of contents and its page."""

_Box = tuple[float, float, float, float]
"""Left, bottom, right, top; points from the page's lower left corner."""


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on one line, or on one line of one column."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def beside(self, other: "Line") -> bool:
        """Whether the two stand on one line, this one to the left."""
        near = min(self.height, other.height) / 2
        return abs(self.middle - other.middle) < near and self.right <= other.left + 1


def lines_of(page: "PdfPage") -> list[Line]:
    """The page's lines in the file's own order, cut where a gap may be one between columns."""
    lines: list[Line] = []
    with closing(page.get_textpage()) as text_page:
        at = 0
        # The hyphen ends a line too, and has no line break after it.
        for text in text_page.get_text_range().replace(HYPHEN, HYPHEN + "\n").split("\n"):
            if words := text.strip():
                lines += _parts(text_page, words, at + text.index(words[0]))
            at += len(text) + (not text.endswith(HYPHEN))
    return lines


def shows_picture(page: "PdfPage") -> bool:
    """Whether a picture covers a good part of the page."""
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    area = page.get_width() * page.get_height()
    covered = 0.0
    for picture in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = picture.get_bounds()
        covered += (right - left) * (top - bottom)  # scanners cut a page into strips
    return bool(covered > _PICTURE * area)


def _parts(page: "PdfTextPage", text: str, start: int) -> list[Line]:
    whole = _line(page, text, start)
    gap = _GAP * whole.height
    sparse = whole.right - whole.left > _SPARSE * whole.height * len(text)
    if not sparse and not _has_gap(page, text, start, gap):
        return [whole]
    boxes = [_box(page, start + at) for at in range(len(text))]
    inked = [at for at, letter in enumerate(text) if not letter.isspace()]
    cuts = [b for a, b in pairwise(inked) if boxes[b][0] - boxes[a][2] > gap]
    return [
        _line(page, text[begin:end].rstrip(), start + begin)
        for begin, end in pairwise([0, *cuts, len(text)])
    ]


def _has_gap(page: "PdfTextPage", text: str, start: int, gap: float) -> bool:
    """Asked of the few boxes that PDFium sees in a line, before those of all its letters."""
    from pypdfium2 import raw

    left, top, right, bottom = (c_double() for _ in range(4))
    spans = []
    for number in range(raw.FPDFText_CountRects(page.raw, start, len(text))):
        raw.FPDFText_GetRect(page.raw, number, byref(left), byref(top), byref(right), byref(bottom))
        spans.append((left.value, right.value))
    return any(b[0] - a[1] > gap for a, b in pairwise(sorted(spans)))


def _line(page: "PdfTextPage", text: str, start: int) -> Line:
    left, bottom, _, top = _box(page, start)
    ends = max(len(text.rstrip(HYPHEN)) - 1, 0)
    _, other_bottom, right, other_top = _box(page, start + ends)
    words = _LEADERS.sub(" …", text.translate(_LIGATURES))
    return Line(words, left, min(bottom, other_bottom), right, max(top, other_top))


def _box(page: "PdfTextPage", index: int) -> _Box:
    """A letter's box, as high as its font."""
    left, bottom, right, top = page.get_charbox(index, loose=True)
    return left, bottom, right, top

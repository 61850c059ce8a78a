"""Emoji of several characters, shown so that every terminal gives them the same width."""

import re

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_EMOJI = "[\u2190-\u32ff\U0001f000-\U0001f1e5\U0001f200-\U0001faff]"
_LETTER = "[\U0001f1e6-\U0001f1ff]"
"""Regional indicators, of which two are a flag."""
_ADDED = "[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
"""Presentation, the frame of a key, the tones of a skin, the letters of a region's flag."""
_SEQUENCE = re.compile(
    f"(?P<letters>{_LETTER}{{1,2}})"
    f"|(?P<first>{_EMOJI}|[0-9#*©®‼⁉](?=[\ufe0f\u20e3]))(?:{_ADDED}|\u200d{_EMOJI})+"
)
_A, _FIRST_LETTER = ord("A"), ord("\U0001f1e6")


class Steady(LineFilter):
    """Puts the first part in the place of a sequence, and a flag's letters in the place of a flag.

    A terminal that does not know a sequence draws its parts side by side, and one that does may
    still count their cells: either way all that stands behind it on the line, the frame too, would
    be pushed out of its place. What is copied has the sequence whole.
    """

    def apply(  # the ground is of no concern here
        self,
        segments: list[Segment],
        background: Color,  # noqa: ARG002
    ) -> list[Segment]:
        """The segments, each as many cells wide as before."""
        return [
            segment
            if segment.control or segment.text.isascii()
            else Segment(steady(segment.text), segment.style)
            for segment in segments
        ]


def steady(text: str) -> str:
    r"""The text with nothing in it that terminals disagree about, of the same width.

    >>> steady("\U0001f1eb\U0001f1f7 and 1\ufe0f\u20e3"), steady("naïve")
    ('FR and 1 ', 'naïve')
    """
    shown = _SEQUENCE.sub(_plain, text)
    if shown == text:
        return text
    width = cell_len(text)
    while cell_len(shown) > width:  # a joiner that joins nothing is miscounted
        shown = shown[:-1]
    return shown + " " * (width - cell_len(shown))


def _plain(sequence: re.Match[str]) -> str:
    if letters := sequence["letters"]:
        shown = "".join(chr(ord(letter) - _FIRST_LETTER + _A) for letter in letters)
    else:
        shown = sequence["first"]
    return shown.ljust(len(shown) + cell_len(sequence[0]) - cell_len(shown))

"""What an answer says otherwise than an earlier one to the same question."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from qa.answer import Answer, Citation

Sign = Literal["=", "-", "+"]
"""In both, in the earlier one only, in the later one only."""

_MARKERS = re.compile(r"\s*\[\d{1,4}\]")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])((?:\s*\[\d{1,4}\])*)\s+")


@dataclass(frozen=True, slots=True)
class Difference:
    """Two answers, side by side."""

    lines: tuple[tuple[Sign, str], ...]
    """Sentence by sentence, in the order of reading."""
    went: tuple[Citation, ...]
    """The earlier answer's citations that the later one lacks."""
    came: tuple[Citation, ...]
    """The later answer's citations that the earlier one lacked."""

    @property
    def same_text(self) -> bool:
        """Whether both say the same, word for word, however the citations are numbered."""
        return all(sign == "=" for sign, _ in self.lines)

    @property
    def same(self) -> bool:
        """Whether they rest on the same quotes as well."""
        return self.same_text and not self.went and not self.came


def difference(earlier: Answer, later: Answer) -> Difference:
    """How the later answer differs; the numbers of citations count for nothing."""
    return Difference(
        lines=tuple(_compared(sentences(earlier.text), sentences(later.text))),
        went=_without(earlier.citations, later.citations),
        came=_without(later.citations, earlier.citations),
    )


def sentences(text: str) -> list[str]:
    """The text in lines to compare, roughly a sentence each, without citation markers.

    >>> sentences("It is red. [1] It was [2] blue!")
    ['It is red.', 'It was blue!']
    """
    cut = _SENTENCE_ENDS.sub(r"\1\n", text)
    lines = (" ".join(_MARKERS.sub("", line).split()) for line in cut.splitlines())
    return [line for line in lines if line]


def _compared(before: list[str], after: list[str]) -> Iterator[tuple[Sign, str]]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, first, last, begin, end in matcher.get_opcodes():
        if kind == "equal":
            yield from (("=", line) for line in before[first:last])
        else:
            yield from (("-", line) for line in before[first:last])
            yield from (("+", line) for line in after[begin:end])


def _without(those: tuple[Citation, ...], these: tuple[Citation, ...]) -> tuple[Citation, ...]:
    known = {(citation.document, citation.quote) for citation in these}
    return tuple(each for each in those if (each.document, each.quote) not in known)

"""The sentences of a passage; a question that a document answers itself is one with the answer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.document import Chunk
from index.sentences import sentences
from qa.orders import orders_a_machine

_SAYS = re.compile(r"\d|[.!?:]\s*$")
"""What a first line has that is more than a title: a figure, or the end of a sentence."""
_HEADING = re.compile(r"#{1,6}\s")
_ASKS = re.compile(r"[?？؟][\"'”’»)\]]*$")
_ENDS = re.compile(r"[.!…。！][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage; always `text == document.text[start:end]`.

    A question that the document answers itself is one with the sentence that answers it.
    """

    chunk: Chunk
    rank: int
    """Of its passage, from 0."""
    start: int
    end: int
    text: str
    cosine: float = 0.0
    coverage: float = 0.0
    """Weighted share of the question's words that it holds, 0 to 1."""
    alone: float = 0.0
    """How likely it is to answer, by itself."""
    score: float = 0.0
    """The same, and more beside a sentence that may answer: what stands around it is needed too."""
    asked: int = 0
    """Characters of a question that it begins with, white space behind it included."""

    @property
    def question(self) -> str:
        """What the document asks itself there; empty where it asks nothing."""
        return self.text[: self.asked].rstrip()

    @property
    def says(self) -> str:
        """The text without such a question, which states nothing."""
        return self.text[self.asked :]

    @property
    def is_bare(self) -> bool:
        """Whether it has the question's words and says nothing: a question, a document's title."""
        if not self.says:
            return True
        if self.text.strip() == self.chunk.title.strip():
            return bool(self.asked) or not _SAYS.search(self.text)
        return False


def spans(chunk: Chunk) -> Iterator[tuple[int, int, int]]:
    """Start and end of a chunk's sentences, and how many of the characters are a question.

    A heading is no evidence, only a sentence's context. Nor is what a document says to a machine:
    the model never reads it.
    """
    text = chunk.text
    found = [(start, end, _is_evidence(text[start:end])) for start, end in sentences(text)]
    at = 0
    while at < len(found):
        start, end, kept = found[at]
        at += 1
        if not kept:
            continue
        asks = bool(_ASKS.search(text[start:end]))
        if asks and at < len(found) and found[at][2] and _replies(text[end : found[at][1]]):
            said, end, _ = found[at]
            yield start, end, said - start
            at += 1
        else:
            yield start, end, end - start if asks else 0


def _is_evidence(text: str) -> bool:
    return not _HEADING.match(text) and not orders_a_machine(text)


def _replies(following: str) -> bool:
    """Whether what follows a question may answer it: a sentence, or the rest of its paragraph."""
    apart = "\n\n" in following[: len(following) - len(following.lstrip())]
    return not _ASKS.search(following) and (not apart or bool(_ENDS.search(following)))

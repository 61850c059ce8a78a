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
_ASKS = re.compile(r"[?？؟](?P<closing>[\"'”’»)\]*_]*)$")
_OPENS_QUOTED = re.compile(r"[\"'“‘«(\[*_]")
_TAG = re.compile(
    r",\s(?:(?:is|are|was|were|do|does|did|has|have|can|will|would)n['’]t \w+|right)\?"
)
"""What makes a statement ask for consent: "It sank in 1846, didn't it?"."""
_ENDS = re.compile(r"(?<![ap]\.m)[.!…。！][\"'”’»)\]*_]*$")
_FURNITURE = re.compile(
    r"\W*(?:by|updated|published|posted|last|share|advertisement)\b", re.IGNORECASE
)
"""How a line begins that stands between a heading and the text, and belongs to neither."""
_REPLY = re.compile(r"\W*a(?:nswer)?\W", re.IGNORECASE)
"""How the reply begins in a list of questions and answers."""


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
        if not re.search(r"\w", self.says):
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
    found = [(start, end) for start, end in sentences(text) if re.search(r"\w", text[start:end])]
    at = 0
    while at < len(found):
        start, end = found[at]
        at += 1
        if not _is_evidence(text[start:end]):
            continue
        if not _is_question(text[start:end]):
            yield start, end, 0
        elif at < len(found) and _replies(text[end : found[at][0]], text[slice(*found[at])]):
            said, end = found[at]
            yield start, end, said - start
            at += 1
        else:
            yield start, end, end - start


def _is_evidence(text: str) -> bool:
    return not _HEADING.match(text) and not orders_a_machine(text)


def _is_question(text: str) -> bool:
    """Whether a sentence asks, and does not tell what somebody asks."""
    asks = _ASKS.search(text)
    if not asks or _TAG.search(text, max(0, len(text) - 40)):
        return False
    return not asks["closing"] or bool(_OPENS_QUOTED.match(text))


def _replies(gap: str, following: str) -> bool:
    """Whether what follows a question may answer it: its paragraph goes on, or a sentence follows.

    Args:
        gap: What stands between the two.
        following: The next sentence.
    """
    if not _is_evidence(following) or _is_question(following) or re.search(r"={3}|-{3}", gap):
        return False
    if "\n" not in gap or _REPLY.match(following):
        return True
    return bool(_ENDS.search(following)) and not _FURNITURE.match(following)

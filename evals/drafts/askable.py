"""Sentences that state something a question can be asked about, spread over the documents."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.drafts.spans import Span, spans
from index.document import Chunk
from index.sentences import sentences
from index.shelf import Shelf
from index.shelved import ShelvedDocument
from qa.orders import orders_a_machine
from qa.sentence import Sentence

SHORTEST, LONGEST = 40, 320
"""Characters of a sentence: a shorter one leaves out too much, a longer one states too much."""

COMMON_NAME = 0.15
"""Share of the passages in which a name may stand that is asked for: what all the documents are
about is asked about."""

_POINTS_BACK = re.compile(
    r"\W*(?:(?:he|she|it|they|we|i|you|his|her|its|their|our|my|this|that|these|those|such|there"
    r"|then|here|but|and|or|so|yet|however|instead|also|another|others?|both|neither|either|the"
    r" (?:same|former|latter|other|article|report|author|first|second|third|two))\b"
    r"|(?:in|on|at|by|for|of|from|during|after|before|under|with) (?:that|this|these|those|the same"
    r"|it|them|its|their|his|her)\b)",
    re.IGNORECASE,
)
"""How a sentence opens that leans on the one before it."""
_PRONOUN = re.compile(r"\b(?:he|she|it|they|him|her|his|their|its|them|we|i|you|our)\b", re.I)
_RELATIVE_TIME = re.compile(
    r"\b(?:yesterday|today|tomorrow|tonight|(?:last|this|next) (?:week|month|year|night|\w+day))\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"\b(?:also|again|repeatedly|another time|every year)\b", re.IGNORECASE)
"""What happened more than once has more than one date."""
_WHOLE = re.compile(r"[A-Z0-9$€£].*(?<![.…])\.[\"”’)]*", re.DOTALL)
"""A quotation as a whole is left out: who says "I" in it stands elsewhere."""
_NO_PROSE = re.compile(r"\s*(?:[-*+•|>#`]|\d{1,3}[.)]\s|\w[\w ]{0,30}: )|https?://|\n\s*\n|[|{}<>]")


@dataclass(frozen=True, slots=True)
class Askable:
    """A sentence, and the words of it that a question could ask for."""

    sentence: Sentence
    """Its chunk is the passage around it: the sentence before it, itself and the next."""
    answer: Span
    """Offsets count the sentence's characters."""


def askables(shelf: Shelf, *, seed: int) -> Iterator[Askable]:
    """Sentences of all documents in turn, each with one thing to ask for; no sentence twice.

    The documents take turns, in an order that the seed decides, so that the first few come from
    as many documents as there are; what is asked for changes from one to the next.
    """
    chance = random.Random(seed)  # noqa: S311  # which sentences are asked about is no secret
    documents = shelf.documents()
    chance.shuffle(documents)
    queues = [_Queue(shelf, document, random.Random(f"{seed} {document.id}"))  # noqa: S311
              for document in documents]  # fmt: skip
    kinds = ["number", "name", "date"]
    turn = 0
    while queues:
        left = []
        for queue in queues:
            if (askable := queue.take(kinds[turn % 3 :] + kinds[: turn % 3])) is not None:
                yield askable
                left.append(queue)
            turn += 1
        queues = left


class _Queue:
    """The sentences of one document that are left."""

    def __init__(self, shelf: Shelf, document: ShelvedDocument, chance: random.Random) -> None:
        self._shelf = shelf
        self._document = document
        self._chance = chance
        self._left: list[tuple[Sentence, tuple[Span, ...]]] | None = None

    def take(self, kinds: Sequence[str]) -> Askable | None:
        """The next sentence that has a thing to ask for of the first kind that any has."""
        if self._left is None:
            self._left = self._shuffled()
        for kind in kinds:
            for at, (sentence, found) in enumerate(self._left):
                if of_kind := [span for span in found if span.kind == kind]:
                    del self._left[at]
                    return Askable(sentence, min(of_kind, key=lambda s: self._frequency(s.text)))
        return None

    def _told(self, text: str) -> tuple[Span, ...]:
        """The spans of a sentence, without the names of what all the documents are about."""
        return tuple(
            span
            for span in spans(text)
            if not (span.kind == "name" and not self._is_telling(span.text))
            and not (span.kind == "date" and _AGAIN.search(text))
        )

    def _is_telling(self, name: str) -> bool:
        return self._frequency(name) <= max(2, COMMON_NAME * self._shelf.chunk_count)

    def _frequency(self, words: str) -> int:
        """Passages that hold the rarest of some words: "President Lund" is as common as "Lund"."""
        held = self._shelf.document_frequency(
            [word for word in words.split() if not word.islower()] or [words]
        )
        return min(held.values())

    def _shuffled(self) -> list[tuple[Sentence, tuple[Span, ...]]]:
        text = self._shelf.text(self._document.key)
        bounds = sentences(text)
        found = [
            Sentence(self._around(text, bounds, at), 0, start, end, text[start:end])
            for at, (start, end) in enumerate(bounds)
            if stands_alone(text[start:end])
        ]
        self._chance.shuffle(found)
        return [(sentence, self._told(sentence.text)) for sentence in found]

    def _around(self, text: str, bounds: Sequence[tuple[int, int]], at: int) -> Chunk:
        document = self._document
        start = bounds[max(at - 1, 0)][0]
        end = bounds[min(at + 1, len(bounds) - 1)][1]
        heading = self._shelf.heading(document.key, bounds[at][0])
        return Chunk(
            0, document.key, document.id, document.title, start, end, text[start:end], heading,
            date=document.date,
        )  # fmt: skip


def stands_alone(text: str) -> bool:
    """Whether a sentence is prose understood without its neighbours that can be asked about.

    It has to hold two things at least: one to ask for, one that says what is spoken of.

    >>> stands_alone("Mayor Ann Lund opened the bridge at Arle in 1931.")
    True
    >>> stands_alone("They opened the bridge at Arle in 1931.")
    False
    """
    if not SHORTEST <= len(text) <= LONGEST or not _WHOLE.fullmatch(text):
        return False
    if _POINTS_BACK.match(text) or _NO_PROSE.search(text) or _RELATIVE_TIME.search(text):
        return False
    found = spans(text)
    if len(found) < 2 or not any(span.kind == "name" for span in found):
        return False
    pronoun = _PRONOUN.search(text)
    if pronoun and pronoun.start() < min(s.start for s in found if s.kind == "name"):
        return False
    return not orders_a_machine(text)

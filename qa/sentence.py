"""The sentences of passages, and how likely each is to answer a question."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.document import Chunk
from index.embedder import SentenceEmbedder, Vectors
from index.sentences import sentences
from qa.answer import Passage
from qa.asked import is_of_the_kind
from qa.orders import orders_a_machine
from qa.question import asking
from qa.terms import WeightedTerms, stems

COVERAGE_WEIGHT = 0.6
NEIGHBOUR_WEIGHT = 0.3
RANK_WEIGHT = 0.1
TITLE_SHARE = 0.5
"""Weights of a sentence's parts beside its cosine. Of several tried over SQuAD 2.0 questions
these kept the answer most often within 200 words; the differences are small."""

KIND_WEIGHT = 0.2
"""Of whether a sentence holds what is asked for: a number for "how many", a name for "who".

Over starter questions the evidence held the answer to .93 with it and .89 without, over HotpotQA
to .46 and .40, over SQuAD 2.0 to .92 either way; from .1 to .3 it makes no difference.
"""

ASKED_SHARE = 0.67
"""Of the meaning of a question, the share of the sentence that asks where others lead up to it;
see `qa.terms.ASKED`."""

FIRST_READ = 4
"""Passages in which the first quote is looked for."""
FIRST_LIKELY = 4
"""Sentences of theirs, those with most of the question's words, that are then compared by meaning.

Over 221 answerable questions (SQuAD 2.0, starter, HotpotQA) the first quote held the answer to 141;
the sentence that scores best, its neighbours counted, to 132. Comparing takes most of the time
until it is shown.
"""

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


def nearest(
    question: str,
    passages: Sequence[Passage],
    *,
    embedder: SentenceEmbedder,
    terms: WeightedTerms,
) -> Sentence | None:
    """The sentence that seems to answer, sooner than by scoring all; None where there is none.

    Args:
        question: Standing alone.
        passages: Best first.
        embedder: Gives the cosine between the question and a sentence.
        terms: The question's words.
    """
    worded = _worded(question, passages[:FIRST_READ], terms)
    likely = sorted(worded, key=lambda each: (each.is_bare, -each.alone))[:FIRST_LIKELY]
    compared = _compared(question, likely, embedder)
    return max(compared, key=lambda each: (not each.is_bare, each.alone), default=None)


def scored(
    question: str,
    passages: Sequence[Passage],
    *,
    embedder: SentenceEmbedder,
    terms: WeightedTerms,
) -> list[Sentence]:
    """Every sentence of the passages with its scores, in order; see `nearest`."""
    rated = _compared(question, _worded(question, passages, terms), embedder)
    fits = [each.cosine + COVERAGE_WEIGHT * each.coverage for each in rated]
    return [
        replace(each, score=each.alone + NEIGHBOUR_WEIGHT * _beside(rated, fits, at))
        for at, each in enumerate(rated)
    ]


def _worded(question: str, passages: Sequence[Passage], terms: WeightedTerms) -> list[Sentence]:
    """The passages' sentences, with all that is known of them without comparing vectors."""
    worded = []
    for rank, passage in enumerate(passages):
        for start, end, asked in _spans(passage.chunk):
            text = passage.chunk.text[start:end]
            sentence = Sentence(
                passage.chunk,
                rank,
                passage.chunk.start + start,
                passage.chunk.start + end,
                text,
                coverage=_coverage(text, passage.chunk, terms),
                asked=asked,
            )
            alone = (
                COVERAGE_WEIGHT * sentence.coverage
                + KIND_WEIGHT * is_of_the_kind(question, sentence.says)
                + RANK_WEIGHT / (1 + rank)
            )
            worded.append(replace(sentence, alone=alone))
    return worded


def _compared(
    question: str, worded: Sequence[Sentence], embedder: SentenceEmbedder
) -> list[Sentence]:
    cosines = embedder.encode_documents([each.text for each in worded]) @ _meaning(
        question, embedder
    )
    return [
        replace(each, cosine=float(cosine), alone=each.alone + float(cosine))
        for each, cosine in zip(worded, cosines, strict=True)
    ]


def _meaning(question: str, embedder: SentenceEmbedder) -> Vectors:
    """A question's unit vector, shape (dimensions,), nearer to that of the sentence that asks."""
    asked = asking(question)
    whole: Vectors = embedder.encode_queries([question])[0]
    if asked == question:
        return whole
    mixed: Vectors = ASKED_SHARE * embedder.encode_queries([asked])[0] + (1 - ASKED_SHARE) * whole
    return mixed / np.float32(np.linalg.norm(mixed))


def _spans(chunk: Chunk) -> Iterator[tuple[int, int, int]]:
    """Start and end of a chunk's sentences, and how many of the characters are a question.

    A heading is no evidence, only a sentence's context. Nor is what a document says to a machine:
    the model never reads it.
    """
    text = chunk.text
    spans = [
        span
        for span in sentences(text)
        if not _HEADING.match(text[slice(*span)]) and not orders_a_machine(text[slice(*span)])
    ]
    at = 0
    while at < len(spans):
        start, end = spans[at]
        asks = bool(_ASKS.search(text[start:end]))
        following = spans[at + 1] if asks and at + 1 < len(spans) else None
        if following and _replies(text, spans[at], following):
            yield start, following[1], following[0] - start
            at += 2
        else:
            yield start, end, end - start if asks else 0
            at += 1


def _replies(text: str, question: tuple[int, int], following: tuple[int, int]) -> bool:
    """Whether what follows a question may answer it: a sentence, or the rest of its paragraph."""
    said = text[slice(*following)]
    apart = "\n\n" in text[question[1] : following[0]]
    return not _ASKS.search(said) and (not apart or bool(_ENDS.search(said)))


def _coverage(text: str, chunk: Chunk, terms: WeightedTerms) -> float:
    own = stems(text)
    context = stems(f"{chunk.title} {chunk.heading}")
    alone = terms.coverage(own)
    return alone + TITLE_SHARE * (terms.coverage([*own, *context]) - alone)


def _beside(among: Sequence[Sentence], fits: Sequence[float], at: int) -> float:
    """How well the better of the two neighbours within the same passage fits."""
    beside = [
        fits[near]
        for near in (at - 1, at + 1)
        if 0 <= near < len(among) and among[near].chunk.id == among[at].chunk.id
    ]
    return max(beside, default=0.0)

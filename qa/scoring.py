"""How likely each sentence of the passages is to answer a question."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from index.document import Chunk
from index.embedder import SentenceEmbedder, Vectors
from qa.answer import Passage
from qa.asked import is_of_the_kind
from qa.question import asking
from qa.sentence import Sentence, spans
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
        for start, end, asked in spans(passage.chunk):
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

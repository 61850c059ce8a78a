"""The sentences of the best passages that a model is given to read, and that answers quote."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.document import Chunk
from index.embedder import SentenceEmbedder
from index.sentences import sentences
from qa.answer import Passage
from qa.asked import is_of_the_kind
from qa.orders import orders_a_machine
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

FEWEST = 4
"""Sentences that are picked whatever the budget, what follows the best among them.

Over the 82 answerable starter questions the three best and what follows the first held the answer
more often (.915) than the four best (.878), in fewer words; and a small model answers as well
from them as from ten.
"""

TOKENS_PER_WORD = 1.35
"""English words to a language model's tokens, roughly, so that packing needs no tokenizer."""


_HEADING = re.compile(r"#{1,6}\s")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage; always `text == document.text[start:end]`."""

    chunk: Chunk
    rank: int
    """Of its passage, from 0."""
    start: int
    end: int
    text: str
    cosine: float = 0.0
    coverage: float = 0.0
    """Weighted share of the question's words that it holds, 0 to 1."""
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What was picked of one document, in its order."""

    number: int
    """As the prompt numbers it, from 1."""
    chunk: Chunk
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """The sentences, with an ellipsis where something between them was left out."""
        parts = [self.sentences[0].text]
        for before, sentence in zip(self.sentences, self.sentences[1:], strict=False):
            parts.append(" " if sentence.start - before.end <= 2 else " … ")
            parts.append(sentence.text)
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentences considered and the excerpts picked from them."""

    ranked: tuple[Sentence, ...]
    """Every sentence of the passages, best first."""
    excerpts: tuple[Excerpt, ...]

    @property
    def best(self) -> Sentence | None:
        return self.ranked[0] if self.ranked else None

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Those that were picked, in the order of the excerpts."""
        return tuple(sentence for excerpt in self.excerpts for sentence in excerpt.sentences)


def gather(
    question: str,
    passages: Sequence[Passage],
    *,
    embedder: SentenceEmbedder,
    terms: WeightedTerms,
    tokens: int,
) -> Evidence:
    """Rank the sentences of the passages and pack the best of them into a budget.

    Args:
        question: Standing alone.
        passages: Best first.
        embedder: Gives the cosine between the question and each sentence.
        terms: The question's words.
        tokens: The budget, in tokens of a language model, estimated from words.
    """
    found = [
        Sentence(passage.chunk, rank, *span)
        for rank, passage in enumerate(passages)
        for span in _spans(passage.chunk)
    ]
    if not found:
        return Evidence((), ())
    ranked = tuple(sorted(_scored(question, found, embedder, terms), key=lambda each: -each.score))
    return Evidence(ranked, _excerpts(_packed(ranked, tokens)))


def _spans(chunk: Chunk) -> list[tuple[int, int, str]]:
    """The sentences of a chunk; a heading is no evidence, only a sentence's context.

    Nor is what a document says to a machine: the model never reads it.
    """
    return [
        (chunk.start + start, chunk.start + end, chunk.text[start:end])
        for start, end in sentences(chunk.text)
        if not _HEADING.match(chunk.text[start:end]) and not orders_a_machine(chunk.text[start:end])
    ]


def _scored(
    question: str, found: list[Sentence], embedder: SentenceEmbedder, terms: WeightedTerms
) -> list[Sentence]:
    vector = embedder.encode_queries([question])[0]
    cosines = embedder.encode_documents([sentence.text for sentence in found]) @ vector
    rated = [
        replace(sentence, cosine=float(cosine), coverage=_coverage(sentence, terms))
        for sentence, cosine in zip(found, cosines, strict=True)
    ]
    alone = np.array([each.cosine + COVERAGE_WEIGHT * each.coverage for each in rated])
    return [
        replace(
            sentence,
            score=float(alone[at] + NEIGHBOUR_WEIGHT * _beside(rated, alone, at))
            + KIND_WEIGHT * is_of_the_kind(question, sentence.text)
            + RANK_WEIGHT / (1 + sentence.rank),
        )
        for at, sentence in enumerate(rated)
    ]


def _coverage(sentence: Sentence, terms: WeightedTerms) -> float:
    own = stems(sentence.text)
    context = stems(f"{sentence.chunk.title} {sentence.chunk.heading}")
    alone = terms.coverage(own)
    return alone + TITLE_SHARE * (terms.coverage([*own, *context]) - alone)


def _beside(
    found: list[Sentence], scores: "np.ndarray[tuple[int], np.dtype[np.float64]]", at: int
) -> float:
    """The better score of the two neighbours within the same passage."""
    beside = [
        float(scores[near])
        for near in (at - 1, at + 1)
        if 0 <= near < len(found) and found[near].chunk.id == found[at].chunk.id
    ]
    return max(beside, default=0.0)


def _packed(ranked: Sequence[Sentence], tokens: int) -> list[Sentence]:
    """The best sentences and what follows the very best: "They stay for 60 days" names nobody."""
    budget = tokens / TOKENS_PER_WORD
    picked = _after(ranked[0], ranked)
    used = sum(len(sentence.text.split()) for sentence in picked)
    for sentence in ranked:
        if sentence in picked:
            continue
        size = len(sentence.text.split())
        if len(picked) >= FEWEST and used + size > budget:
            if used > 0.85 * budget:
                break
            continue
        picked.append(sentence)
        used += size
    return picked


def _after(sentence: Sentence, among: Sequence[Sentence]) -> list[Sentence]:
    """The sentence that follows within the same passage, if there is one."""
    behind = [each for each in among if each.rank == sentence.rank and each.start > sentence.start]
    return sorted(behind, key=lambda each: each.start)[:1]


def _excerpts(picked: Sequence[Sentence]) -> tuple[Excerpt, ...]:
    """One excerpt a document, the documents in order of their best passage."""
    by_document: dict[int, list[Sentence]] = {}
    for sentence in sorted(picked, key=lambda each: (each.rank, each.start)):
        by_document.setdefault(sentence.chunk.document_id, []).append(sentence)
    return tuple(
        Excerpt(number, group[0].chunk, tuple(sorted(group, key=lambda each: each.start)))
        for number, group in enumerate(by_document.values(), start=1)
    )

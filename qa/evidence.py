"""The sentences of the best passages that a model is given to read, and that answers quote."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.document import Chunk
from index.embedder import SentenceEmbedder
from qa.answer import Passage
from qa.sentence import Sentence, scored
from qa.terms import WeightedTerms

FEWEST = 4
"""Sentences that are picked whatever the budget, what follows the best among them.

Over the 82 answerable starter questions the three best and what follows the first held the answer
more often (.915) than the four best (.878), in fewer words; and a small model answers as well
from them as from ten.
"""

TOKENS_PER_WORD = 1.35
"""English words to a language model's tokens, roughly, so that packing needs no tokenizer."""


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
    rated = scored(question, passages, embedder=embedder, terms=terms)
    if not rated:
        return Evidence((), ())
    ranked = tuple(sorted(rated, key=lambda each: -each.score))
    return Evidence(ranked, _excerpts(_packed(ranked, tokens)))


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

"""The sentences of the best passages that a model is given to read, and that answers quote."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from unicodedata import east_asian_width

from index.document import Chunk
from index.embedder import SentenceEmbedder
from qa.answer import Passage
from qa.scoring import scored
from qa.sentence import Sentence
from qa.terms import WeightedTerms

FEWEST = 4
"""Sentences that are picked whatever the budget, what follows the best among them.

Over the 82 answerable starter questions the three best and what follows the first held the answer
more often (.915) than the four best (.878), in fewer words; and a small model answers as well
from them as from ten.
"""

TOKENS_PER_WORD = 1.35
"""English words to a language model's tokens, roughly, so that packing needs no tokenizer."""

LONGEST_WORD = 24
"""Characters; what is longer is no word (a hash, an address) and read some three at a time."""

MOST_OF_FEWEST = 400
"""Words that the `FEWEST` may hold together: four lines of figures must not fill the context."""


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
        """The first that says something; None where there is none at all."""
        first = self.ranked[0] if self.ranked else None
        return next((each for each in self.ranked if not each.is_bare), first)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Those that were picked, in the order of the excerpts."""
        return tuple(sentence for excerpt in self.excerpts for sentence in excerpt.sentences)

    @property
    def text(self) -> str:
        """All the words of these sentences."""
        return " ".join(sentence.text for sentence in self.sentences)


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
    return Evidence(ranked, excerpted(_packed(ranked, tokens)))


def _packed(ranked: Sequence[Sentence], tokens: int) -> list[Sentence]:
    """The best sentences and what follows the very best: "They stay for 60 days" names nobody."""
    budget = tokens / TOKENS_PER_WORD
    picked = _after(ranked[0], ranked)
    used = sum(_words(sentence.text) for sentence in picked)
    for sentence in ranked:
        if sentence in picked:
            continue
        size = _words(sentence.text)
        room = max(budget, MOST_OF_FEWEST) if len(picked) < FEWEST else budget
        if sentence is not ranked[0] and used + size > room:
            if used > 0.85 * budget:
                break
            continue
        picked.append(sentence)
        used += size
    return picked


def _words(text: str) -> int:
    """How many words a text is worth to a reader who counts tokens.

    >>> _words("The lamp was lit."), _words("灯塔亮了。"), _words("0f" * 30)
    (4, 5, 20)
    """
    wide = 0 if text.isascii() else sum(east_asian_width(each) in "WF" for each in text)
    return wide + sum(
        ceil(len(word) / 3) if len(word) > LONGEST_WORD else 1
        for word in text.split()
        if not wide or word.isascii()
    )


def _after(sentence: Sentence, among: Sequence[Sentence]) -> list[Sentence]:
    """The sentence that follows within the same passage, if there is one."""
    behind = [each for each in among if each.rank == sentence.rank and each.start > sentence.start]
    return sorted(behind, key=lambda each: each.start)[:1]


def excerpted(picked: Sequence[Sentence]) -> tuple[Excerpt, ...]:
    """One excerpt a document, the documents in order of their best passage."""
    by_document: dict[int, list[Sentence]] = {}
    for sentence in sorted(picked, key=lambda each: (each.rank, each.start)):
        by_document.setdefault(sentence.chunk.document_id, []).append(sentence)
    return tuple(
        Excerpt(number, group[0].chunk, tuple(sorted(group, key=lambda each: each.start)))
        for number, group in enumerate(by_document.values(), start=1)
    )

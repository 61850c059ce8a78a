"""The words of a question, brought to their stems and weighed by how rare they are."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, cast

from index.words import STOPWORDS, terms
from qa.question import asking

ASKED = 3
"""What a word counts for in the sentence that asks, where others lead up to it.

Over the 19 such questions among the starter and the news questions, with `qa.scoring.ASKED_SHARE`
of .67: the evidence held the answer to 14 and not 12, the best sentence to 12 and not 7; 2 and .5
do half as much.
"""


class WordCounts(Protocol):
    """What knows in how many chunks a word stands."""

    @property
    def chunk_count(self) -> int: ...

    def document_frequency(self, words: list[str], /) -> dict[str, int]: ...


class Stemmer(Protocol):
    """Snowball's, which publishes no types."""

    def stemWord(self, word: str, /) -> str: ...  # noqa: N802  # its own name


@dataclass(frozen=True, slots=True)
class WeightedTerms:
    """The telling words of a question."""

    weights: Mapping[str, float]
    """Stem to inverse document frequency."""

    def coverage(self, stems: Iterable[str]) -> float:
        """The weighted share of the question's words among `stems`, 0 to 1."""
        total = sum(self.weights.values())
        if not total:
            return 0.0
        return sum(self.weights.get(stem, 0.0) for stem in set(stems)) / total


def stems(text: str) -> list[str]:
    """The telling words of a text, in order, as Snowball's English stems.

    >>> stems("Who signed the memos?")
    ['sign', 'memo']
    """
    return [_stem(word) for word in terms(text) if word not in STOPWORDS]


def weigh(question: str, counts: WordCounts) -> WeightedTerms:
    """The question's telling words, each by its inverse document frequency over the chunks.

    The weight is BM25's (Robertson and Spärck Jones 1976), kept above zero; words of the sentence
    that asks count more than those that lead up to it.
    """
    words = list(dict.fromkeys(word for word in terms(question) if word not in STOPWORDS))
    frequencies = counts.document_frequency(words)
    total = counts.chunk_count
    weights: dict[str, float] = {}
    for word in words:
        held = frequencies[word]
        weights[_stem(word)] = math.log(1 + (total - held + 0.5) / (held + 0.5))
    if (asked := asking(question)) != question:
        for stem in weights.keys() & set(stems(asked)):
            weights[stem] *= ASKED
    return WeightedTerms(weights)


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    return _stemmer().stemWord(word)


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer:
    import snowballstemmer

    return cast("Stemmer", snowballstemmer.stemmer("english"))

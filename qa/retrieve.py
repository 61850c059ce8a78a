"""Hybrid retrieval: the passages that share the question's words or its meaning."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from index.embedder import SentenceEmbedder
from index.shelf import Shelf
from qa.answer import Passage
from qa.moment import nearness

DEPTH = 50
"""Candidates taken from each list."""

RRF_K = 60
"""Reciprocal rank fusion's constant (Cormack, Clarke and Büttcher 2009)."""

DATED_DEPTH = 200
"""Candidates from each list for a question about a day: older pages use the same words."""


def retrieve(
    question: str,
    shelf: Shelf,
    embedder: SentenceEmbedder,
    *,
    limit: int,
    within: str | None = None,
    near: date | None = None,
) -> tuple[Passage, ...]:
    """The `limit` best passages for a question, best first.

    Args:
        question: As it is searched for.
        shelf: The index.
        embedder: The model that built the index's vectors.
        limit: How many passages at most.
        within: A glob that a document's path must match.
        near: A day; a document of that day counts twice as much as one without a date.
    """
    depth = max(DATED_DEPTH if near else DEPTH, limit)
    vector = embedder.encode_queries([question])[0]
    lists = {
        "words": [key for key, _ in shelf.words(question, depth, within)],
        "vectors": [key for key, _ in shelf.nearest(vector, depth, within)],
    }
    best = fuse(lists, limit=2 * depth if near else limit)
    chunks = shelf.chunks([key for key, _, _ in best])
    passages = [Passage(chunks[key], score, ranks) for key, score, ranks in best if key in chunks]
    return tuple(_nearest(passages, near)[:limit] if near else passages)


def _nearest(passages: Sequence[Passage], day: date) -> list[Passage]:
    dated = [
        replace(passage, score=passage.score * (1 + nearness(passage.chunk.date, day)))
        for passage in passages
    ]
    return sorted(dated, key=lambda passage: -passage.score)


def fuse(
    lists: dict[str, Sequence[int]] | dict[str, list[int]], *, limit: int
) -> list[tuple[int, float, tuple[tuple[str, int], ...]]]:
    """Fuse ranked lists by reciprocal rank: (key, score, its ranks), best first.

    >>> fuse({"words": [7, 8], "vectors": [8]}, limit=1)[0][0]
    8
    """
    ranks: dict[int, list[tuple[str, int]]] = {}
    for name, keys in lists.items():
        for rank, key in enumerate(keys, start=1):
            ranks.setdefault(key, []).append((name, rank))
    scored = [
        (key, sum(1 / (RRF_K + rank) for _, rank in found), tuple(found))
        for key, found in ranks.items()
    ]
    return sorted(scored, key=lambda entry: (-entry[1], entry[0]))[:limit]

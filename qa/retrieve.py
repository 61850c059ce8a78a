"""Hybrid retrieval: the passages that share the question's words or its meaning."""

from collections.abc import Sequence
from dataclasses import replace

from index.embedder import SentenceEmbedder
from index.reranker import PassageReranker
from index.shelf import Shelf
from qa.answer import Passage

DEPTH = 100
"""Candidates taken from each list."""

WORDS_WEIGHT = 0.4
"""What the words count for in the fusion; the meaning counts for the rest."""

RERANKED = 24
"""Passages that a reranker reads: a small one needs one or two seconds for them on 2 cores."""

Ranked = Sequence[tuple[int, float]]
"""Chunks and their scores, best first."""


def retrieve(
    question: str,
    shelf: Shelf,
    embedder: SentenceEmbedder,
    *,
    limit: int,
    within: str | None = None,
    reranker: PassageReranker | None = None,
) -> tuple[Passage, ...]:
    """The `limit` best passages for a question, best first.

    Args:
        question: As it is searched for.
        shelf: The index.
        embedder: The model that built the index's vectors.
        limit: How many passages at most.
        within: A glob that a document's path must match.
        reranker: Has the last word on the order of the best passages.

    Raises:
        StoreError: If the index cannot be read.
        ModelError: If a model cannot be loaded.
    """
    depth = max(DEPTH, limit)
    vector = embedder.encode_queries([question])[0]
    words, vectors = shelf.words(question, depth, within), shelf.nearest(vector, depth, within)
    return ranked(question, words, vectors, shelf, limit=limit, reranker=reranker)


def ranked(
    question: str,
    words: Ranked,
    vectors: Ranked,
    shelf: Shelf,
    *,
    limit: int,
    reranker: PassageReranker | None = None,
) -> tuple[Passage, ...]:
    """The `limit` best of what the two searches found, best first."""
    best = fuse(words, vectors, limit=max(limit, RERANKED) if reranker else limit)
    chunks = shelf.chunks([key for key, _, _ in best])
    found = [Passage(chunks[key], score, ranks) for key, score, ranks in best if key in chunks]
    return tuple(_reranked(question, found, reranker)[:limit] if reranker else found)


def fuse(
    words: Ranked, vectors: Ranked, *, limit: int
) -> list[tuple[int, float, tuple[tuple[str, int], ...]]]:
    """Add up two scores of each chunk, each as a share of the best in its list.

    A convex combination keeps how far apart the candidates are, which their ranks alone do not
    tell (Bruch, Gai and Ingber 2023, "An Analysis of Fusion Functions for Hybrid Retrieval").
    What the words did not find counts as 0 there; what the vectors did not find is taken to be
    as near as the furthest that they did, since it cannot be nearer.

    Args:
        words: With BM25 scores, above 0.
        vectors: With cosines.
        limit: How many at most.

    Returns:
        (key, score from 0 to 1, its ranks), best first.

    >>> fuse([(7, 6.0), (8, 5.0)], [(8, 0.7)], limit=1)[0][0]
    8
    """
    by_words, by_vectors = _shares(words), _shares(vectors)
    furthest = min(by_vectors.values(), default=0.0)
    ranks: dict[int, list[tuple[str, int]]] = {}
    for name, keys in (("words", by_words), ("vectors", by_vectors)):
        for rank, key in enumerate(keys, start=1):
            ranks.setdefault(key, []).append((name, rank))
    scored = [
        (
            key,
            WORDS_WEIGHT * by_words.get(key, 0.0)
            + (1 - WORDS_WEIGHT) * by_vectors.get(key, furthest),
            tuple(found),
        )
        for key, found in ranks.items()
    ]
    return sorted(scored, key=lambda entry: (-entry[1], entry[0]))[:limit]


def _shares(found: Ranked) -> dict[int, float]:
    """Each score as a share of the best, 0 to 1; a negative cosine counts as 0."""
    best = max((score for _, score in found), default=0.0)
    return {key: max(score, 0.0) / best if best > 0 else 0.0 for key, score in found}


def _reranked(
    question: str, passages: Sequence[Passage], reranker: PassageReranker
) -> list[Passage]:
    """The first `RERANKED` passages in the reranker's order, then the others as they were."""
    head = passages[:RERANKED]
    scores = reranker.scores(question, [f"{each.chunk.title}\n{each.chunk.text}" for each in head])
    # Above every fused score, which is at most 1.
    read = [replace(each, score=1 + float(s)) for each, s in zip(head, scores, strict=True)]
    return [*sorted(read, key=lambda each: -each.score), *passages[RERANKED:]]

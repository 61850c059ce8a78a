"""Hybrid retrieval: the passages that share the question's words or its meaning."""

from collections.abc import Sequence
from dataclasses import replace

from index.embedder import SentenceEmbedder
from index.reranker import PassageReranker
from index.scope import Within
from index.shelf import Shelf
from qa.answer import Passage
from qa.moment import Period

DEPTH = 100
"""Candidates taken from each list."""

DATED_DEPTH = 200
"""The same for a question about a day: older documents use the same words."""

WORDS_WEIGHT = 0.4
"""What the words count for in the fusion; the meaning counts for the rest."""

RERANKED = 24
"""Passages that a reranker reads: it reads each of them anew, with the question."""

Ranked = Sequence[tuple[int, float]]
"""Chunks and their scores, best first."""


def retrieve(
    question: str,
    shelf: Shelf,
    embedder: SentenceEmbedder,
    *,
    limit: int,
    within: Within | None = None,
    during: Period | None = None,
    reranker: PassageReranker | None = None,
) -> tuple[Passage, ...]:
    """The `limit` best passages for a question, best first; as `candidates`."""
    depth = depth_for(limit, during)
    found = candidates(
        question, shelf, embedder, depth=depth, within=within, during=during, reranker=reranker
    )
    return found[:limit]


def depth_for(limit: int, during: Period | None) -> int:
    """How many candidates are taken from each list."""
    return max(DATED_DEPTH if during else DEPTH, limit)


def candidates(
    question: str,
    shelf: Shelf,
    embedder: SentenceEmbedder,
    *,
    depth: int,
    within: Within | None = None,
    during: Period | None = None,
    reranker: PassageReranker | None = None,
) -> tuple[Passage, ...]:
    """All passages that were found for a question, best first.

    Args:
        question: As it is searched for.
        shelf: The index.
        embedder: The model that built the index's vectors.
        depth: How many are taken from each list.
        within: Which documents to look in; None for all.
        during: The time that the question is about; a document of its day counts twice as much as
            one without a date.
        reranker: Has the last word on the order of the best passages.

    Raises:
        StoreError: If the index cannot be read.
        ModelError: If a model cannot be loaded.
    """
    vector = embedder.encode_queries([question])[0]
    words, vectors = shelf.words(question, depth, within), shelf.nearest(vector, depth, within)
    best = fuse(words, vectors)
    chunks = shelf.chunks([key for key, _, _ in best])
    found = [Passage(chunks[key], score, ranks) for key, score, ranks in best if key in chunks]
    if during:
        found = _dated(found, during)
    if reranker:
        found = _reranked(question, found, reranker)
    return tuple(found)


def _dated(passages: Sequence[Passage], period: Period) -> list[Passage]:
    """In the order of their scores times one to two, by how near to its day they are.

    What was written later is left out, as it was not known on that day, and so is what is too old
    to tell of "this week".
    """
    rated = [
        replace(passage, score=passage.score * (1 + period.nearness(passage.chunk.date)))
        for passage in passages
        if not period.ends_before(passage.chunk.date)
        and not period.begins_after(passage.chunk.date)
    ]
    return sorted(rated, key=lambda passage: -passage.score)


def fuse(words: Ranked, vectors: Ranked) -> list[tuple[int, float, tuple[tuple[str, int], ...]]]:
    """Add up two scores of each chunk, each as a share of the best in its list.

    A convex combination keeps how far apart the candidates are, which their ranks alone do not
    tell (Bruch, Gai and Ingber 2023, "An Analysis of Fusion Functions for Hybrid Retrieval").
    What the words did not find counts as 0 there; what the vectors did not find is taken to be
    as near as the furthest that they did, since it cannot be nearer.

    Args:
        words: With BM25 scores, above 0.
        vectors: With cosines.

    Returns:
        (key, score from 0 to 1, its ranks), best first.

    >>> fuse([(7, 6.0), (8, 5.0)], [(8, 0.7), (7, 0.2)])[0][0]
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
    return sorted(scored, key=lambda entry: (-entry[1], entry[0]))


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
    # Above every other score, which is at most 2.
    read = [replace(each, score=2 + float(s)) for each, s in zip(head, scores, strict=True)]
    return [*sorted(read, key=lambda each: -each.score), *passages[RERANKED:]]

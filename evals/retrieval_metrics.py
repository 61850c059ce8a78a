"""How well search did, counted in documents, with trec's own definitions."""

from collections.abc import Sequence

from qa.answer import Passage

NAMES = ("recall@1", "recall@5", "recall@20", "mrr@10", "ndcg@10")


def ranked_documents(passages: Sequence[Passage]) -> list[str]:
    """The documents of ranked passages, best first: a document stands where its best passage does.

    Passages that follow each other with the same score share a rank. Such ties are broken as
    trec_eval does, by the document's id, last first, so that no ranking gains from chance order.
    """
    ranks: dict[str, int] = {}
    rank = 0
    for position, passage in enumerate(passages):
        if position and passage.score != passages[position - 1].score:
            rank = position
        ranks.setdefault(passage.chunk.document, rank)
    return sorted(sorted(ranks, reverse=True), key=ranks.__getitem__)


def retrieval_scores(
    passages: Sequence[Passage], relevant: Sequence[str]
) -> dict[str, float | None]:
    """Each retrieval metric of one question, 0 to 1; None for all where nothing is relevant."""
    if not relevant:
        return dict.fromkeys(NAMES)
    # Imports pytrec_eval and numpy: 0.3 s.
    import ir_measures
    from ir_measures import RR, Qrel, R, ScoredDoc, nDCG

    measures = dict(zip((R @ 1, R @ 5, R @ 20, RR @ 10, nDCG @ 10), NAMES, strict=True))
    wanted = [Qrel("case", document, 1) for document in dict.fromkeys(relevant)]
    # Ranks without ties: the library computes RR@10 elsewhere than the others, with other ties.
    found = [
        ScoredDoc("case", document, -float(rank))
        for rank, document in enumerate(ranked_documents(passages))
    ]
    scores = ir_measures.iter_calc(list(measures), wanted, found)
    return {measures[score.measure]: float(score.value) for score in scores}

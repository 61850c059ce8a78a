"""At which stage between a question and its answer a document was lost, and what helps."""

import glob
import math
import shlex
from collections.abc import Collection, Iterable, Sequence

from index.embedder import SentenceEmbedder
from index.shelf import Shelf
from index.shelved import ShelvedDocument
from index.words import MOST_TERMS, STOPWORDS, terms
from qa.answer import Answer, Passage
from qa.evidence import TOKENS_PER_WORD, Evidence
from qa.moment import Period
from qa.retrieve import DEPTH, Ranked, depth_for
from qa.sentence import Sentence
from qa.stages import ByVectors, ByWords, Cited, Indexed, Picked, Stage, Taken, lost

FURTHEST = 20_000
"""Passages among which a rank by vectors is told. Asking Chroma's own index for so many of 21,000
took 0.1 s (2 cores)."""

WIDEST = 1_000
"""Tokens of evidence up to which a larger budget is advised; a model's context holds not much
more, and reads it slowly."""


def trace(
    question: str,
    document: ShelvedDocument,
    ranked: Sequence[Passage],
    evidence: Evidence,
    *,
    shelf: Shelf,
    embedder: SentenceEmbedder,
    limit: int,
    during: Period | None = None,
) -> tuple[Stage, ...]:
    """How far a document came, up to where a model would be asked.

    Args:
        question: As it is searched for.
        document: Whose way is followed.
        ranked: What was found for the question, best first, more than is taken of it.
        evidence: What was picked of the passages that were taken.
        shelf: The index.
        embedder: The model that built the index's vectors.
        limit: How many passages were to be taken at most.
        during: The time that the question is about, if its words tell.

    Raises:
        StoreError: If the index cannot be read.
    """
    depth, count, only = depth_for(limit, during), shelf.chunk_count, glob.escape(document.id)
    vector = embedder.encode_queries([question])[0]
    # Asked for alone as well: it may lie further down than a list reaches.
    alone = shelf.nearest(vector, count, only)
    chunks = shelf.chunks([key for key, _ in alone])  # another source may have the same id
    own = {key for key, chunk in chunks.items() if chunk.document_id == document.key}
    words = shelf.words(question, count)
    vectors = shelf.nearest(vector, min(count, FURTHEST))
    return (
        Indexed(reached=True, passages=document.chunks),
        _by_words(words, own, depth, _lacking(question, only, own, shelf)),
        _by_vectors(vectors, alone, own, depth),
        _taken(document, ranked, limit, during),
        _picked(document, evidence),
    )


def _place(found: Ranked, own: Collection[int]) -> tuple[int | None, float | None]:
    """Rank, from 1, and score of the best of a document's own chunks."""
    for rank, (key, score) in enumerate(found, start=1):
        if key in own:
            return rank, score
    return None, None


def _within(rank: int | None, depth: int) -> bool:
    return rank is not None and rank <= depth


def _by_words(found: Ranked, own: Collection[int], depth: int, lacking: tuple[str, ...]) -> ByWords:
    rank, score = _place(found, own)
    return ByWords(_within(rank, depth), rank, len(found), score, depth, lacking)


def _lacking(question: str, only: str, own: Collection[int], shelf: Shelf) -> tuple[str, ...]:
    """The words that search by words looked for, in vain, in the document."""
    telling = [word for word in dict.fromkeys(terms(question)) if word not in STOPWORDS]
    return tuple(
        word
        for word in telling[:MOST_TERMS]
        if not any(key in own for key, _ in shelf.words(word, shelf.chunk_count, only))
    )


def _by_vectors(found: Ranked, alone: Ranked, own: Collection[int], depth: int) -> ByVectors:
    rank, _ = _place(found, own)
    _, cosine = _place(alone, own)
    return ByVectors(_within(rank, depth), rank, len(found), cosine, depth)


def _taken(
    document: ShelvedDocument, ranked: Sequence[Passage], limit: int, during: Period | None
) -> Taken:
    keys = [each.chunk.document_id for each in ranked]
    rank = keys.index(document.key) + 1 if document.key in keys else None
    taken = keys[:limit].count(document.key)
    later = document.date if during and during.ends_before(document.date) else ""
    earlier = document.date if during and during.begins_after(document.date) else ""
    return Taken(taken > 0, rank, len(ranked), limit, taken, later, earlier)


def _picked(document: ShelvedDocument, evidence: Evidence) -> Picked:
    picked, ranked = evidence.sentences, evidence.ranked
    at = next(
        (at for at, each in enumerate(ranked) if each.chunk.document_id == document.key), None
    )
    best = None if at is None else ranked[at]
    better = () if at is None else ranked[: at + 1]
    return Picked(
        reached=any(each.chunk.document_id == document.key for each in picked),
        sentence=best.text if best else None,
        rank=None if at is None else at + 1,
        of=len(ranked),
        score=best.score if best else None,
        picked=len(picked),
        lowest_picked=min((each.score for each in picked), default=None),
        enough_tokens=_tokens([*better, *(each for each in picked if each not in better)])
        if better
        else None,
    )


def _tokens(sentences: Iterable[Sentence]) -> int:
    """The budget that holds these sentences, by the evidence's own estimate."""
    return math.ceil(TOKENS_PER_WORD * sum(len(each.text.split()) for each in sentences))


def cited(document: ShelvedDocument, answer: Answer, *, caution: float) -> Cited:
    """Whether an answer rests on a document; the nearest passage of a refusal does not count.

    Args:
        document: Whose way is followed.
        answer: To the question.
        caution: How likely an answer had to be, 0 to 1.
    """
    keys = {citation.document_id for citation in answer.citations}
    return Cited(
        reached=document.key in keys and not answer.abstained,
        answer=answer.text,
        abstained=answer.abstained,
        quoted=answer.quoted,
        confidence=answer.confidence,
        caution=caution,
        model=answer.model,
        citations=tuple(citation.document for citation in answer.citations),
    )


def advice(stages: Sequence[Stage], document: str) -> str:
    """One sentence on what would help; empty where nothing honest can be said.

    Args:
        stages: In order, of one document.
        document: Its id.
    """
    at = lost(stages)
    dated = next((each for each in stages if isinstance(each, Taken)), None)
    if at and dated and dated.later:
        return (
            f"Ask without a day, or as of {dated.later}: it is dated after the day of the question."
        )
    if at and dated and dated.earlier:
        return f"Ask as of {dated.earlier}, or leave out words such as “this week”."
    match at:
        case None:
            return ""
        case Indexed(hint=hint):
            return hint
        case ByVectors() | Taken() as at:
            better = _setting(at) or _other_words(stages)
        case at:
            better = _setting(at)
    only = shlex.quote(glob.escape(document))
    return better or f"Ask it of this document alone: lectern ask QUESTION --in {only}"


def _setting(stage: Stage) -> str:
    """The setting that would have let the document through, if there is one."""
    match stage:
        case Taken(rank=int(rank), limit=limit) if limit < rank <= DEPTH:
            return f"Raise `passages` to {rank} or more."
        case Picked(enough_tokens=int(tokens)) if tokens <= WIDEST:
            return f"Raise `evidence_tokens` to {tokens} or more."
        case Cited(abstained=True, confidence=likely, caution=caution) if 0 < likely < caution:
            down = f"{math.floor(100 * likely) / 100:.2f}"
            return f"Lower `caution` to {down}: the likeliest answer is then given, right or wrong."
    return ""


def _other_words(stages: Sequence[Stage]) -> str:
    lacking = [word for stage in stages if isinstance(stage, ByWords) for word in stage.lacking]
    if not lacking:
        return ""
    words = ", ".join(f"“{word}”" for word in lacking)
    return f"Ask with the document's own words: it does not hold {words}."

"""The stages between a document and an answer that rests on it, and how it fared at each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Indexed:
    """Whether the document is on the shelf."""

    stage: ClassVar[str] = "index"
    reached: bool
    passages: int = 0
    """Chunks that it was cut into."""
    reason: str = ""
    """Why it is not on the shelf."""
    nearest: tuple[str, ...] = ()
    """Documents with a name like it."""
    hint: str = ""
    """The next step; empty where there is none."""


@dataclass(frozen=True, slots=True)
class ByWords:
    """Where the search by words put its best passage."""

    stage: ClassVar[str] = "words"
    reached: bool
    rank: int | None
    """From 1; None where it shares no word with the question."""
    of: int
    """Passages that share a word with the question."""
    bm25: float | None
    """Higher is better."""
    depth: int
    """Ranks that go on to the fusion."""
    lacking: tuple[str, ...]
    """Telling words of the question that the document holds in no form."""


@dataclass(frozen=True, slots=True)
class ByVectors:
    """Where the search by meaning put its best passage."""

    stage: ClassVar[str] = "vectors"
    reached: bool
    rank: int | None
    """From 1; None where it lies beyond the `of` nearest."""
    of: int
    """Passages that were ranked."""
    cosine: float | None
    depth: int
    """Ranks that go on to the fusion."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Where fusion, and a reranker after it, put its best passage, and whether that was enough."""

    stage: ClassVar[str] = "passages"
    reached: bool
    rank: int | None
    """From 1; None where no list handed it on."""
    of: int
    """Passages that were fused."""
    limit: int
    """Passages that are taken at most."""
    taken: int
    """Of those, the document's own."""
    later: str = ""
    """The document's date, where it lies behind the day of the question: it was then left out."""
    earlier: str = ""
    """The document's date, where it is too old to tell of "this week": it was then left out."""


@dataclass(frozen=True, slots=True)
class Picked:
    """Whether the evidence, which is what a model reads, holds a sentence of the document."""

    stage: ClassVar[str] = "evidence"
    reached: bool
    sentence: str | None
    """The document's best; None where none of it was ranked."""
    rank: int | None
    """That sentence's, from 1."""
    of: int
    """Sentences that were ranked."""
    score: float | None
    picked: int
    """Sentences in the evidence, of any document."""
    lowest_picked: float | None
    """The lowest score among them."""
    enough_tokens: int | None
    """An evidence budget that holds the sentence and every better one."""


@dataclass(frozen=True, slots=True)
class Cited:
    """Whether the answer rests on the document."""

    stage: ClassVar[str] = "answer"
    reached: bool
    answer: str
    abstained: bool
    quoted: bool
    """Whether it is a document's own sentence rather than a model's."""
    confidence: float
    """Estimated probability that it is right, 0 to 1; after a refusal, of the likeliest answer."""
    caution: float
    """What that has to come up to."""
    model: str
    citations: tuple[str, ...]
    """The document of each citation, in order of their numbers."""


Stage = Indexed | ByWords | ByVectors | Taken | Picked | Cited


def lost(stages: Sequence[Stage]) -> Stage | None:
    """The first stage that the document did not survive; None where it reached the last.

    One of the two searches is enough: where both fail, the second has lost it.

    >>> lost([Indexed(reached=True), Indexed(reached=False, reason="gone")]).reason
    'gone'
    """
    if not stages or stages[-1].reached:
        return None
    by_words = any(isinstance(stage, ByWords) and stage.reached for stage in stages)
    return next(
        stage
        for stage in stages
        if not (stage.reached or isinstance(stage, ByWords))
        and not (by_words and isinstance(stage, ByVectors))
    )

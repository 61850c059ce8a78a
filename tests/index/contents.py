"""What an index holds and answers, for comparing two of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.places import Places
from index.shelf import Shelf
from index.vectors import Vectors
from qa.answer import Finished
from qa.assistant import Assistant, Policy
from tests.hashing_embedder import HashingEmbedder

_POLICY = Policy(passages=8, evidence_tokens=120, caution=0.0)


@dataclass(frozen=True)
class Contents:
    texts: list[tuple[str, str]]
    """(document, text), in order of source and path."""
    chunks: list[tuple[str, int, int, str]]
    """(document, start, end, text)."""
    rows: NDArray[np.float32]
    """(len(chunks), dim): the vector of each chunk; zeros where it has none."""
    vectors: int
    """How many there are."""

    def same(self, other: "Contents") -> bool:
        return (
            (self.texts, self.chunks, self.vectors) == (other.texts, other.chunks, other.vectors)
            and self.vectors == len(self.chunks)
            and self.rows.shape == other.rows.shape
            # Chroma scales vectors to unit length on their way from its journal to its graph.
            and bool(np.allclose(self.rows, other.rows, atol=1e-5))
        )


def contents(home: Path) -> Contents:
    with Shelf.open(home) as shelf:
        documents = shelf.documents()
        texts = [(each.id, shelf.text(each.key)) for each in documents]
        order = {each.key: at for at, each in enumerate(documents)}
        keys = [key for (key,) in shelf._rows("SELECT id FROM chunks")]
        chunks = shelf.chunks(keys).values()
        ordered = sorted(chunks, key=lambda chunk: (order[chunk.document_id], chunk.start))
        name = shelf.built.collection
    vectors = Vectors.open(Places(home).chroma, name, create=False)
    held, count = vectors.get([chunk.id for chunk in ordered]), vectors.count()
    vectors.close()
    nothing = np.zeros(len(next(iter(held.values()))) if held else 0, np.float32)
    return Contents(
        texts,
        [(chunk.document, chunk.start, chunk.end, chunk.text) for chunk in ordered],
        np.array([held.get(chunk.id, nothing) for chunk in ordered], np.float32),
        count,
    )


@dataclass(frozen=True)
class Cited:
    text: str
    places: tuple[tuple[str, int, int, str], ...]
    """(document, start, end, quote) of each citation."""


def answer(shelf: Shelf, question: str) -> Cited:
    """What the index alone answers, without a language model."""
    *_, last = Assistant(shelf, HashingEmbedder(), None, _POLICY).ask(question)
    assert isinstance(last, Finished)
    citations = last.answer.citations
    return Cited(last.answer.text, tuple((c.document, c.start, c.end, c.quote) for c in citations))


def answers(home: Path, questions: Iterable[str]) -> list[Cited]:
    with Shelf.open(home) as shelf:
        return [answer(shelf, question) for question in questions]

"""Passages are found by their words and by their meaning, fused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.shelf import Shelf
from qa.answer import Passage
from qa.retrieve import fuse, retrieve
from tests.hashing_embedder import HashingEmbedder

RANKED = st.lists(st.integers(0, 30), unique=True, max_size=20)


def search(shelf: Shelf, question: str, *, limit: int = 8, within: str | None = None) -> list[str]:
    passages = retrieve(question, shelf, HashingEmbedder(), limit=limit, within=within)
    return [passage.chunk.document for passage in passages]


@given(words=RANKED, vectors=RANKED, limit=st.integers(1, 50))
def test_fusing_ranks_every_key_once_the_best_first(
    words: list[int], vectors: list[int], limit: int
) -> None:
    fused = fuse({"words": words, "vectors": vectors}, limit=limit)
    keys = [key for key, _, _ in fused]
    scores = [score for _, score, _ in fused]
    assert len(keys) == len(set(keys)) == min(limit, len({*words, *vectors}))
    assert scores == sorted(scores, reverse=True)
    for key, _, ranks in fused:
        for name, rank in ranks:
            assert {"words": words, "vectors": vectors}[name][rank - 1] == key


def test_what_both_lists_hold_beats_what_one_of_them_holds() -> None:
    assert fuse({"words": [1, 2], "vectors": [3, 2]}, limit=1)[0][0] == 2


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("What do bees tell by their dance?", "bees.txt"),
        ("Who steers the ferry?", "ferry.txt"),
        ("How high is the tower that Anna Holm designed?", "lights/skerry.md"),
    ],
)
def test_the_document_that_shares_the_question_s_words_comes_first(
    shelf: Shelf, question: str, document: str
) -> None:
    assert search(shelf, question)[0] == document


def test_passages_come_with_falling_scores_and_the_ranks_they_had(shelf: Shelf) -> None:
    passages = retrieve("When do bees dance?", shelf, HashingEmbedder(), limit=8)
    scores = [passage.score for passage in passages]
    assert scores == sorted(scores, reverse=True)
    assert dict(passages[0].ranks)["words"] == 1
    assert all({name for name, _ in each.ranks} <= {"words", "vectors"} for each in passages)


def test_no_more_passages_than_asked_for(shelf: Shelf) -> None:
    assert len(search(shelf, "the light", limit=2)) == 2


def test_a_glob_keeps_other_documents_out(shelf: Shelf) -> None:
    assert set(search(shelf, "bees dance", within="lights/*")) == {
        "lights/skerry.md",
        "lights/almanac.md",
    }
    assert search(shelf, "bees dance", within="nothing/*") == []


def test_a_passage_is_the_document_s_own_text(shelf: Shelf) -> None:
    passages: tuple[Passage, ...] = retrieve("light", shelf, HashingEmbedder(), limit=8)
    assert passages
    for passage in passages:
        chunk = passage.chunk
        assert shelf.text(chunk.document_id)[chunk.start : chunk.end] == chunk.text


@pytest.mark.parametrize("question", ["?!", '"NEAR(" OR *', "the", "🐝", "a" * 5000])
def test_no_question_is_taken_for_a_query_language(shelf: Shelf, question: str) -> None:
    assert len(search(shelf, question, limit=3)) <= 3

"""Passages are found by their words and by their meaning, fused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.shelf import Shelf
from qa.answer import Passage
from qa.retrieve import fuse, retrieve
from tests.hashing_embedder import HashingEmbedder
from tests.scripted_reranker import ReadsFor

Ranked = list[tuple[int, float]]


def by_score(low: float, high: float) -> st.SearchStrategy[Ranked]:
    """Ranked chunks, the best first."""
    scored = st.dictionaries(st.integers(0, 30), st.floats(low, high), max_size=20)
    return scored.map(lambda found: sorted(found.items(), key=lambda each: -each[1]))


def search(shelf: Shelf, question: str, *, limit: int = 8, within: str | None = None) -> list[str]:
    passages = retrieve(question, shelf, HashingEmbedder(), limit=limit, within=within)
    return [passage.chunk.document for passage in passages]


@given(words=by_score(0.001, 40), vectors=by_score(-1, 1))
def test_fusing_ranks_every_key_once_the_best_first(words: Ranked, vectors: Ranked) -> None:
    fused = fuse(words, vectors)
    keys = [key for key, _, _ in fused]
    scores = [score for _, score, _ in fused]
    assert len(keys) == len(set(keys)) == len({*dict(words), *dict(vectors)})
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 + 1e-9 for score in scores)
    for key, _, ranks in fused:
        for name, rank in ranks:
            assert {"words": words, "vectors": vectors}[name][rank - 1][0] == key


def test_what_both_lists_hold_beats_what_one_of_them_holds() -> None:
    vectors = [(3, 0.6), (2, 0.59), (4, 0.2)]
    assert fuse([(1, 5.0), (2, 4.9)], vectors)[0][0] == 2


def test_how_far_apart_two_are_counts_and_not_their_ranks_alone() -> None:
    near, far = [(1, 0.60), (2, 0.59)], [(1, 0.60), (2, 0.20)]
    assert fuse([(2, 5.0), (1, 4.0)], near)[0][0] == 2
    assert fuse([(2, 5.0), (1, 4.0)], far)[0][0] == 1


def test_one_list_alone_keeps_its_order() -> None:
    found = [(4, 3.0), (2, 2.0), (9, 1.0)]
    assert [key for key, _, _ in fuse(found, [])] == [4, 2, 9]
    assert [key for key, _, _ in fuse([], found)] == [4, 2, 9]


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


def test_a_reranker_has_the_last_word_on_the_order(shelf: Shelf) -> None:
    reader = ReadsFor("Jonas Berg")
    question = "Where do bees dance?"
    passages = retrieve(question, shelf, HashingEmbedder(), limit=2, reranker=reader)
    assert passages[0].chunk.document == "ferry.txt"
    assert len(passages) == 2
    assert reader.asked == [question]


def test_what_a_reranker_does_not_read_stands_behind_what_it_reads(
    monkeypatch: pytest.MonkeyPatch, shelf: Shelf
) -> None:
    monkeypatch.setattr("qa.retrieve.RERANKED", 2)
    question = "When do bees dance?"
    plain = retrieve(question, shelf, HashingEmbedder(), limit=8)
    second = plain[1].chunk
    reader = ReadsFor(second.text)
    found = retrieve(question, shelf, HashingEmbedder(), limit=8, reranker=reader)
    assert [each.chunk.id for each in found] == [
        second.id,
        plain[0].chunk.id,
        *(each.chunk.id for each in plain[2:]),
    ]
    scores = [each.score for each in found]
    assert scores == sorted(scores, reverse=True)

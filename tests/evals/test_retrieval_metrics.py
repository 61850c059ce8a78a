import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.retrieval_metrics import NAMES, ranked_documents, retrieval_scores
from tests.evals.build import passage


def ranking(*documents):
    return [passage(name, 1 / (rank + 1)) for rank, name in enumerate(documents)]


def test_a_document_stands_where_its_best_passage_does():
    assert ranked_documents(ranking("b", "a", "b", "c", "a")) == ["b", "a", "c"]


def test_ties_are_broken_as_trec_does_by_the_id_last_first():
    tied = [passage("a", 0.5), passage("c", 0.5), passage("b", 0.5), passage("z", 0.4)]
    assert ranked_documents(tied) == ["c", "b", "a", "z"]


def test_scores_by_hand():
    # Relevant: a at rank 2, b at rank 6, c not found.
    scores = retrieval_scores(ranking("x", "a", "a", "y", "z", "v", "b"), ["a", "b", "c"])
    gain = 1 / math.log2(3) + 1 / math.log2(7)
    ideal = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert scores == {
        "recall@1": 0,
        "recall@5": pytest.approx(1 / 3),
        "recall@20": pytest.approx(2 / 3),
        "mrr@10": pytest.approx(1 / 2),
        "ndcg@10": pytest.approx(gain / ideal),
    }


def test_tied_documents_count_the_same_in_every_metric():
    scores = retrieval_scores([passage("a", 1.0), passage("c", 1.0)], ["a"])
    assert scores["recall@1"] == 0
    assert scores["mrr@10"] == pytest.approx(1 / 2)


def test_the_eleventh_document_has_no_reciprocal_rank():
    scores = retrieval_scores(ranking(*"bcdefghijka"), ["a"])
    assert (scores["mrr@10"], scores["ndcg@10"], scores["recall@20"]) == (0, 0, 1)


def test_a_search_that_found_nothing_scores_0():
    assert retrieval_scores([], ["a"]) == dict.fromkeys(NAMES, 0.0)


def test_a_question_without_relevant_documents_has_no_score():
    assert retrieval_scores(ranking("a"), []) == dict.fromkeys(NAMES)


@given(st.lists(st.sampled_from("abcdefgh")), st.sets(st.sampled_from("abcdefgh"), min_size=1))
def test_recall_and_reciprocal_rank_follow_their_definitions(found, relevant):
    scores = retrieval_scores(ranking(*found), sorted(relevant))
    order = list(dict.fromkeys(found))
    for name, depth in (("recall@1", 1), ("recall@5", 5), ("recall@20", 20)):
        assert scores[name] == pytest.approx(len(relevant & set(order[:depth])) / len(relevant))
    first = next((rank for rank, name in enumerate(order, 1) if name in relevant), 0)
    assert scores["mrr@10"] == pytest.approx(1 / first if first else 0)

"""The sentences that questions are asked about."""

from itertools import islice

import pytest

from evals.drafts.askable import askables, stands_alone
from tests.evals.drafts.conftest import CRANES


def chosen(shelf, seed=0):
    return list(askables(shelf, seed=seed))


def test_each_sentence_is_a_document_s_own_words_and_holds_the_answer(shelf):
    assert chosen(shelf)
    for each in chosen(shelf):
        text = shelf.text(each.sentence.chunk.document_id)
        assert text[each.sentence.start : each.sentence.end] == each.sentence.text
        assert each.sentence.text[each.answer.start : each.answer.end] == each.answer.text
        assert each.sentence.text in each.sentence.chunk.text


def test_the_documents_take_turns_and_no_sentence_comes_twice(shelf):
    first = list(islice(askables(shelf, seed=0), 3))
    assert len({each.sentence.chunk.document for each in first}) == 3
    texts = [each.sentence.text for each in chosen(shelf)]
    assert len(texts) == len(set(texts)) == 5


def test_what_leans_on_its_neighbours_lists_and_orders_are_passed_over(shelf):
    texts = " ".join(each.sentence.text for each in chosen(shelf))
    assert "painted green" not in texts
    assert "12 cranes" not in texts
    assert "Olga Ruud" not in texts


def test_a_seed_always_gives_the_same_and_another_gives_another(shelf):
    assert chosen(shelf) == chosen(shelf)
    orders = {tuple(each.sentence.text for each in chosen(shelf, seed)) for seed in range(6)}
    assert len(orders) > 1


@pytest.mark.parametrize(
    "text",
    [
        "In that year the Velm Harbour Board bought 48 cranes.",
        "The same board bought 48 cranes for Velm in 1931.",
        "Last week the Velm Harbour Board bought 48 cranes.",
        "When she came, Eva Brandt had 48 cranes in Velm.",
        "Cranes were bought, and 48 of them are there today.",
        "- The Velm Harbour Board bought 48 cranes in 1931.",
        "The Velm Harbour Board bought 48 cranes in 1931",
        "“The Velm Harbour Board bought 48 cranes in 1931.”",
        "The Velm Harbour Board bought 48 cranes and ...",
        "Velm has 48 cranes.",
    ],
)
def test_a_sentence_that_needs_another_one_is_not_asked_about(text):
    assert stands_alone(CRANES)
    assert not stands_alone(text)

"""A question counts as unanswerable only where all the documents were searched in vain."""

import pytest

from evals.drafts.askable import askables
from evals.drafts.name_swaps import NameSwaps
from evals.drafts.near_miss import changed, facts_left_open, left_open, write_open_question
from qa.prompts import FACTS
from tests.evals.drafts.conftest import CRANES, DOCUMENTS

OPEN = "How old was the Velm Harbour Board in those days?"
IN_1931 = "How many cranes did the Velm Harbour Board buy in 1931?"


@pytest.fixture
def cranes(shelf):
    (found,) = [each for each in askables(shelf, seed=0) if each.sentence.text == CRANES]
    return found


@pytest.fixture
def doubting(model):
    """A model that stands by nothing it has said."""
    model.states = 0.1
    return model


def test_what_a_sentence_states_is_not_what_it_leaves_open():
    assert facts_left_open("Eva Brandt spoke of Velm.") == list(FACTS)
    assert facts_left_open(CRANES) == ["how much it cost", "how old"]


def test_an_open_question_is_asked_for_with_the_sentence_and_the_fact(cranes, model):
    model.question = lambda asked: f"What of {CRANES in asked} and {'how old' in asked}?"
    assert write_open_question(cranes, "how old", model) == "What of True and True?"


def test_a_near_miss_shows_the_nearest_that_the_documents_say(cranes, library, doubting):
    made = left_open(cranes, "how old", OPEN, library)
    assert (made.case.answerable, made.case.answers, made.case.documents) == (False, (), ())
    assert (made.case.draft, made.kind) == (True, "left open")
    assert made.evidence[0].quote == CRANES
    assert 1 < len(made.evidence) == len({each.quote for each in made.evidence})
    for shown in made.evidence:
        assert DOCUMENTS[shown.document][shown.start : shown.end] == shown.quote


def test_an_open_question_that_a_document_answers_is_turned_down(cranes, library, model):
    assert left_open(cranes, "how old", OPEN, library) is None


def test_a_model_that_finds_nothing_need_not_be_doubted(cranes, library, model):
    model.answer = lambda asked: "The excerpts do not mention it."
    assert left_open(cranes, "how old", OPEN, library) is not None


def test_an_open_question_has_to_be_worded_well(cranes, library, doubting):
    assert left_open(cranes, "how old", "How old was it in those days?", library) is None
    assert doubting.written == []


def test_a_changed_question_is_a_near_miss(cranes, library, doubting):
    swaps = NameSwaps(library.shelf, seed=0)
    (made,) = changed(IN_1931, cranes, swaps, library)
    assert made.kind == "another year"
    assert made.case.question.startswith("How many cranes did the Velm Harbour Board buy in 19")
    assert made.case.question != IN_1931


def test_a_changed_question_of_which_a_document_speaks_is_turned_down(shelve, model):
    model.states = 0.1
    sold = "Eva Brandt, a sailor, sold the wooden boats of Velm to a dealer."
    library = shelve({"a.md": sold, "b.md": sold.replace("Eva Brandt", "Carl Ohm")})
    sold = next(askables(library.shelf, seed=0))
    swaps = NameSwaps(library.shelf, seed=0)
    asked = "Who bought the wooden boats of Velm that Eva Brandt sold?"
    assert list(swaps.of(asked, around=""))
    assert list(changed(asked, sold, swaps, library)) == []

"""A question counts as answerable only where everything speaks for it."""

import pytest

from evals.drafts.answerable import answerable, write_question
from evals.drafts.askable import askables
from tests.evals.drafts.conftest import CRANES, DOCUMENTS
from tests.evals.drafts.obliging_model import quoting

QUESTION = "How many cranes did the Velm Harbour Board buy in 1931?"


@pytest.fixture
def cranes(shelf):
    """The sentence about cranes, to be asked for their number."""
    (found,) = [each for each in askables(shelf, seed=0) if each.sentence.text == CRANES]
    assert found.answer.text == "48"
    return found


def test_a_question_is_asked_for_with_the_sentence_and_the_answer(cranes, model):
    model.question = lambda asked: f"What of {asked.count(CRANES)} and {asked.count('48')}?"
    assert write_question(cranes, model) == "What of 1 and 2?"


def test_a_case_holds_its_answer_its_document_and_the_exact_words(cranes, library):
    made = answerable(cranes, QUESTION, library)
    assert (made.case.question, made.case.answers) == (QUESTION, ("48",))
    assert made.case.documents == ("harbour.md",)
    assert (made.case.answerable, made.case.draft, made.kind) == (True, True, "number")
    (shown,) = made.evidence
    assert DOCUMENTS[shown.document][shown.start : shown.end] == shown.quote == CRANES


def test_a_badly_worded_question_is_turned_down_before_the_model_is_asked(cranes, library, model):
    assert answerable(cranes, "How many cranes did they buy?", library) is None
    assert model.written == []


def test_the_model_has_to_find_the_answer_in_the_sentence(cranes, library, model):
    model.answer = lambda asked: "The board bought 12 cranes."
    assert answerable(cranes, QUESTION, library) is None


def test_the_model_has_to_say_that_the_sentence_states_it(cranes, library, model):
    model.states = 0.6
    assert answerable(cranes, QUESTION, library) is None


def test_what_the_model_believes_without_the_sentence_proves_nothing(cranes, library, model):
    model.choose = lambda messages, choices: type(model).choose(
        model, [type(messages[-1])("user", "[1] shown\nQuestion:")], choices
    )
    assert answerable(cranes, QUESTION, library) is None


def test_a_document_that_says_the_same_is_among_the_case_s_documents(shelve, model):
    library = shelve({"a.md": CRANES, "b.md": f"On cranes\n\n{CRANES}", "c.md": "Seals rest."})
    cranes = next(askables(library.shelf, seed=0))
    made = answerable(cranes, QUESTION, library)
    assert sorted(made.case.documents) == ["a.md", "b.md"]
    assert {each.quote for each in made.evidence} == {CRANES}


def test_a_question_that_documents_answer_differently_is_left_to_a_person(shelve, model):
    library = shelve({"a.md": CRANES, "b.md": CRANES.replace("48", "52")})
    cranes = next(askables(library.shelf, seed=0))
    assert quoting("[1] (from “a”) It has 48.\nQuestion: How many?") == "It has 48."
    assert answerable(cranes, QUESTION, library) is None

"""The model is asked again about what it wrote, beside what is to be cited."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.check import SUREST, affirmed, plausible, stated
from tests.qa.conftest import LIT, scripted, sentence

QUESTION = "When was the Skerry light first lit?"
ANSWER = "In 1846."
CITED = (sentence(LIT),)


def test_a_model_that_is_of_two_minds_speaks_neither_way() -> None:
    assert stated(QUESTION, ANSWER, CITED, scripted(states=0.5)) == pytest.approx(0)


@given(st.floats(0, 1))
def test_an_opinion_rises_with_the_probability_and_has_bounds(probability: float) -> None:
    odds = stated(QUESTION, ANSWER, CITED, scripted(states=probability))
    assert -SUREST <= odds <= SUREST
    assert (odds > 0) == (probability > 0.5)


@pytest.mark.parametrize(("ask", "shown"), [(stated, True), (plausible, False)])
def test_an_answer_is_judged_with_the_cited_words_or_by_its_looks(ask, shown) -> None:  # type: ignore[no-untyped-def]
    model = scripted()
    ask(QUESTION, ANSWER, CITED, model)
    (asked,) = model.chosen
    words = " ".join(message.content for message in asked)
    assert (LIT in words) is shown
    assert QUESTION in words
    assert ANSWER in words


def test_words_are_read_for_a_yes_with_the_question_and_without_an_answer() -> None:
    model = scripted(states=0.9)
    assert affirmed("Was it lit?", LIT.replace(" ", "\n"), model) == pytest.approx(2.197, abs=0.001)
    (asked,) = model.chosen
    assert asked[-1].content.endswith(f"{LIT}\nQuestion: Was it lit?\nAnswer:")

"""The model is asked again about what it wrote, beside what is to be cited."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.check import SUREST, opinion
from tests.qa.conftest import LIT, scripted, sentence
from tests.scripted_model import ScriptedModel

QUESTION = "When was the Skerry light first lit?"
CITED = (sentence(LIT),)


def test_a_model_that_is_of_two_minds_speaks_neither_way() -> None:
    assert opinion(QUESTION, "In 1846.", CITED, scripted(states=0.5)).stated == pytest.approx(0)


@given(st.floats(0, 1))
def test_an_opinion_rises_with_the_probability_and_has_bounds(probability: float) -> None:
    said = opinion(QUESTION, "In 1846.", CITED, scripted(states=probability)).stated
    assert -SUREST <= said <= SUREST
    assert (said > 0) == (probability > 0.5)


def test_the_model_is_asked_with_the_evidence_and_without_it() -> None:
    model = ScriptedModel(probabilities=((0.9, 0.1), (0.2, 0.8)))
    said = opinion(QUESTION, "In 1846.", CITED, model)
    assert said.stated > 0 > said.plausible
    with_it, without = (" ".join(each.content for each in asked) for asked in model.chosen)
    assert LIT in with_it
    assert LIT not in without
    assert "In 1846." in without

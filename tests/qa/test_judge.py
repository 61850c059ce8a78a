"""What speaks for an answer, and the probability made of it."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.judge import (
    CLAIM,
    QUOTE,
    UNREAD,
    Signals,
    Weights,
    is_of_another_year,
    likelihood,
    signals,
)
from tests.qa.conftest import LIT, TALL, evidence_of, sentence

QUESTION = "When was the Skerry light first lit?"
EVIDENCE = evidence_of(sentence(LIT), sentence(TALL, document=2, score=0.5))
BEST, SECOND = EVIDENCE.ranked
READ = (CLAIM, QUOTE)


def test_where_a_sentence_stands_among_the_others_is_a_signal() -> None:
    best, second = (signals(QUESTION, (each,), EVIDENCE) for each in (BEST, SECOND))
    assert best.standing > 1 > second.standing


def test_what_the_model_says_is_a_signal_and_without_one_there_is_none() -> None:
    assert signals(QUESTION, (BEST,), EVIDENCE, stated=2.5).stated == 2.5
    assert signals(QUESTION, (BEST,), EVIDENCE).stated == 0


def test_a_question_for_one_year_is_not_answered_from_another() -> None:
    first, second = sentence("It burned 4 tons in 1846."), sentence("It burned oil for long.")
    among = evidence_of(first, second)
    assert is_of_another_year("How much did it burn in 1850?", (first,), among)
    assert is_of_another_year("How much did it burn in 1850?", (second,), among)
    assert not is_of_another_year("How much did it burn in 1846?", (first,), among)
    assert not is_of_another_year("How much did it burn?", (first,), among)


@pytest.mark.parametrize(
    "question",
    ["When did Margrethe see the Skerry light?", "What was lit at Skerry in 1777?"],
)
def test_a_name_or_a_number_that_stands_nowhere_near_is_missing(question: str) -> None:
    missing = signals(question, (BEST,), EVIDENCE).missing
    assert missing > signals(QUESTION, (BEST,), EVIDENCE).missing == 0


@given(question=st.text(max_size=60), text=st.text(min_size=1), stated=st.floats(-6, 6))
def test_a_likelihood_is_a_probability_whatever_is_asked(
    question: str, text: str, stated: float
) -> None:
    cited = sentence(text)
    seen = signals(question, (cited,), evidence_of(cited), stated=stated)
    assert all(0 <= likelihood(seen, weights) <= 1 for weights in (*READ, UNREAD))


def test_there_is_a_weight_for_every_signal() -> None:
    for weights in (*READ, UNREAD):
        assert len(weights.signals) == len(fields(Signals))


@pytest.mark.parametrize("weights", READ)
@pytest.mark.parametrize("signal", ["stated", "sensed"])
def test_an_answer_is_likelier_where_the_model_speaks_for_it(signal: str, weights: Weights) -> None:
    seen = signals(QUESTION, (BEST,), EVIDENCE)
    sure, unsure = replace(seen, **{signal: 3.0}), replace(seen, **{signal: -3.0})
    assert likelihood(sure, weights) > likelihood(unsure, weights)


def test_what_meets_the_question_is_likelier_than_what_does_not() -> None:
    stray = replace(sentence("Seals sleep there all day."), cosine=0.0, coverage=0.0)
    near = signals(QUESTION, (BEST,), EVIDENCE)
    far = signals(QUESTION, (stray,), evidence_of(stray))
    assert likelihood(near, UNREAD) > likelihood(far, UNREAD)

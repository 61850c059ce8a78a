"""A question that leans on the conversation is told apart, and its rewrite is checked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer import Turn
from qa.follow_up import faithful, leans, with_context
from tests.qa.conftest import HISTORY


@pytest.mark.parametrize(
    "question",
    ["How high is it?", "And when?", "What about the ferry?", "Why?", "Who are they?", "His age?"],
)
def test_what_points_back_leans(question: str) -> None:
    assert leans(question, HISTORY)


@pytest.mark.parametrize(
    "question", ["Who steers the ferry to Skerry?", "When do bees dance for nectar?"]
)
def test_what_stands_alone_does_not_lean(question: str) -> None:
    assert not leans(question, HISTORY)


@given(st.text(max_size=60))
def test_nothing_leans_on_no_conversation(question: str) -> None:
    assert not leans(question, ())


def test_a_rewrite_with_names_from_the_conversation_is_faithful() -> None:
    assert faithful("How high is the Skerry light?", "How high is it?", HISTORY)
    assert faithful("When did Anna Holm design it?", "When?", HISTORY)


@pytest.mark.parametrize(
    "rewrite",
    [
        "",
        "How high is the Eiffel Tower?",
        "How high was the Skerry light in 1846?",
        "word " * 200,
    ],
)
def test_a_rewrite_that_is_empty_endless_or_brings_in_something_new_is_not(rewrite: str) -> None:
    assert not faithful(rewrite, "How high is it?", HISTORY)


@pytest.mark.parametrize(
    "rewrite",
    [
        "The Skerry light is 42 metres high.",
        "How high is it?",
        HISTORY[0].content,
        "how HIGH is  it?",
    ],
)
def test_a_rewrite_that_answers_or_repeats_what_was_asked_is_not(rewrite: str) -> None:
    assert not faithful(rewrite, "How high is it?", HISTORY)


def test_what_is_no_question_need_not_become_one() -> None:
    assert faithful("the height of the Skerry light", "its height", HISTORY)


def test_without_a_rewrite_the_question_before_gives_the_context() -> None:
    assert with_context("How high is it?", HISTORY) == (
        "Who designed the Skerry light? How high is it?"
    )
    assert with_context("How high is it?", (Turn("assistant", "Hello."),)) == "How high is it?"


def test_only_the_last_of_several_questions_gives_the_context() -> None:
    history = (Turn("user", "Do bees dance?"), Turn("assistant", "They do."), *HISTORY)
    assert "bees" not in with_context("How high is it?", history)

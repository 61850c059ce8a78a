"""A question that leans on the conversation is told apart, and its rewrite is checked."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer import Turn
from qa.follow_up import faithful, leans, moment_in, with_context
from tests.qa.conftest import HISTORY


@pytest.mark.parametrize(
    "question",
    [
        *("How high is it?", "And when?", "What about the ferry?", "Why?", "Who are they?"),
        *("His age?", "Did Noem send it to Bessent?", "Did Noem meet them in Oslo?"),
        *("What did Noem say she wanted from it?", "Are they late?", "Are those the only steps?"),
        *("How many in Oslo?", "Where in Norway?", "How long did it take to build?"),
        *("How long did it take to repair it?", "Is it safe to drink?", "Is it ready to sail?"),
        *("Which ones resigned?", "Could I cook on those camp sites of Skerry?"),
        *("who wrote its anthem?", "what did they say about their boat"),
        *(
            "When was the last one built?",
            "Why did the older one close?",
            "How much does one cost?",
        ),
        *("What did it mean to Holm?", "what percentage of the vote did he get"),
        *("How old is the red one?", "Which one was painted white that summer?"),
    ],
)
def test_what_points_back_leans(question: str) -> None:
    assert leans(question, HISTORY)


@pytest.mark.parametrize(
    "question",
    [
        *("Who steers the ferry to Skerry?", "When do bees dance for nectar?"),
        *("Who won the race this week?", "Why did no one help?", "Why did no-one stop the ferry?"),
        *("How long does it take to fly to Paris?", "How much does it cost to park in Oslo?"),
        *("Is it legal to fish in Norway?", "Was it true that the ferry sank?"),
        *("Is it safe for children to swim in Lake Tarnish?", "How many people live in Oslo?"),
        *("Who in Oslo resigned?", "What did Noem say she wanted?", "Who is Kristi Noem?"),
        *("Who owns the Arle bridge, and how long is this bridge today?",),
        *("where did the tom turkey get its name", "where does water go after it enters a drain"),
        *("What does it mean when a light is green?",),
        *("How long is one term of a mayor?", "Which lights are one of the oldest sights?"),
    ],
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


@pytest.mark.parametrize(
    ("rewrite", "question"),
    [
        ("Who lit the Skerry light?", "How high is it?"),
        ("How high is the Skerry light?", "When was it built?"),
        ("When was the Skerry light lit?", "When was it painted white?"),
        ("Why did Anna Holm design the light?", "Why did she not design the ferry?"),
        ("Why did Anna Holm not design it?", "Why did she design it?"),
    ],
)
def test_a_rewrite_that_asks_something_else_is_not(rewrite: str, question: str) -> None:
    assert not faithful(rewrite, question, HISTORY)


@pytest.mark.parametrize(
    ("rewrite", "question"),
    [
        ("Who steers the Skerry ferry?", "What about the ferry?"),
        ("Who else designed the Skerry light?", "And who else?"),
        ("Whom did Anna Holm help at Skerry?", "Who did she help?"),
        ("Which lights did Anna Holm design?", "What lights did she design?"),
        ("Did Anna Holm not design the ferry?", "Did she not design the ferry?"),
    ],
)
def test_a_rewrite_that_asks_the_same_is_faithful(rewrite: str, question: str) -> None:
    assert faithful(rewrite, question, HISTORY)


def test_a_not_may_come_from_what_was_said() -> None:
    history = (*HISTORY, Turn("user", "Did Jonas help?"), Turn("assistant", "He did not. [1]"))
    assert faithful("Why did Jonas not help?", "Why did he do that?", history)


DATED = (Turn("user", "As of 2024-05-07: Which horse won the derby?"), Turn("assistant", "Quarry."))


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("Who rode it?", date(2024, 5, 7)),
        ("As of 2026-05-05: Who rode it?", date(2026, 5, 5)),
        ("Who steers the ferry to Skerry?", None),
    ],
)
def test_a_follow_up_is_asked_on_the_day_that_was_named_last(
    question: str, day: date | None
) -> None:
    earlier = (Turn("user", "As of 2020-01-01: Who won?"), Turn("assistant", "Nobody."))
    moment, history = moment_in(question, (*earlier, *DATED, Turn("user", "And who lost?")))
    assert moment.day == day
    assert [turn.content for turn in history if turn.role == "user"] == [
        *("Who won?", "Which horse won the derby?", "And who lost?"),
    ]


@pytest.mark.parametrize(
    ("question", "now", "reach"),
    [
        ("And who rode it?", True, 14),
        ("And who rode it last month?", True, 62),
        ("And who rode it three years ago?", False, None),
        ("Who steers the ferry to Skerry?", False, None),
    ],
)
def test_a_follow_up_is_about_the_newest_if_what_it_leans_on_was(
    question: str, now: bool, reach: int | None
) -> None:
    history = (Turn("user", "Which horse won this week?"), Turn("user", "And who lost it?"))
    moment, _ = moment_in(question, history)
    assert (moment.now, moment.reach) == (now, reach)


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

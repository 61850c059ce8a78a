"""What a question asks for, and what holds such a thing."""

import pytest

from qa.asked import (
    asks_for_a_value,
    asks_for_one,
    asks_whether,
    is_of_the_kind,
    may_answer,
)


def test_how_long_is_answered_by_a_time() -> None:
    assert not is_of_the_kind("How long is the loan?", "The loan is 100 marshals.")
    assert is_of_the_kind("How long is the loan?", "The loan is for 60 days.")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How many agents did it send?", "It sent 250 agents."),
        ("How many agents did it send?", "It sent dozens of agents."),
        ("When was it lit?", "It was lit in 1846."),
        ("Who designed the tower?", "Anna Holm designed the tower."),
        ("Why was it lit?", "Ships had run aground on the rocks."),
        ("It burned in 1846, when the mill was new. Who lit it?", "Anna Holm lit it."),
    ],
)
def test_an_answer_of_the_kind_that_is_asked_for_is_known(question: str, said: str) -> None:
    assert is_of_the_kind(question, said)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How many agents did it send?", "It sent agents."),
        ("How many of the 250 agents came?", "The 250 agents came."),
        ("It burned in 1846, when the mill was new. How many died?", "The mill was new."),
        ("Why was the light lit?", "The light was lit."),
    ],
)
def test_an_answer_of_another_kind_is_told_apart(question: str, said: str) -> None:
    assert not is_of_the_kind(question, said)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Does the lease allow pets?", "The lease does not allow pets."),
        ("Does the lease allow pets?", "No."),
        ("Which company is older, Acme or Borg?", "Acme is older."),
        ("Who is taller, Anna or Jonas?", "Anna is taller."),
        ("Who pays for repairs?", "The tenant pays for repairs."),
        ("How long is the trail?", "The trail is 57 km long."),
        ("How long does the ferry take?", "The ferry takes 20 min."),
        ("How old is Anna Holm?", "Anna Holm, 45, designed the tower."),
        ("When do the geese leave?", "The geese leave in spring."),
        ("When does the gate close?", "The gate closes at noon."),
        ("When is the rent due?", "The rent is due as soon as the tenant moves in."),
        ("How often is the bin emptied?", "The bin is emptied every Monday."),
        ("How much is the ferry?", "The ferry is free."),
        ("How many doors has the tower?", "The tower has a single door."),
    ],
)
def test_what_answers_in_plain_words_may_answer(question: str, said: str) -> None:
    assert may_answer(question, said)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How many doors has the tower?", "The tower has doors."),
        ("How often is the bin emptied?", "The bin is emptied."),
        ("Who lit the light?", "The light was lit."),
        ("When was the light lit?", "The light was lit."),
        ("How long is the loan?", "The loan is 100 marshals."),
    ],
)
def test_what_only_repeats_a_question_does_not(question: str, said: str) -> None:
    assert not may_answer(question, said)


@pytest.mark.parametrize(
    "question",
    [
        "How many eggs?",
        "When was it lit?",
        "In what year?",
        "On which date did it open?",
        "What percentage?",
        "The total?",
    ],
)
def test_questions_for_a_value(question: str) -> None:
    assert asks_for_a_value(question)


@pytest.mark.parametrize("question", ["Who lit it?", "Why is it red?", "Where are seals?"])
def test_questions_for_something_else(question: str) -> None:
    assert not asks_for_a_value(question)


@pytest.mark.parametrize(
    "question",
    [
        "Which bird is on the arms?",
        "On which coin is the bird?",
        "What colour is the door?",
        "What musical instrument does she play?",
        "Which material covers the roof?",
        "Which class is it?",
        "Where is the office?",
        "The door is new. What colour was it?",
    ],
)
def test_a_question_for_one_of_a_kind_is_known(question: str) -> None:
    assert asks_for_one(question)


@pytest.mark.parametrize(
    "question",
    [
        "Which birds are on the arms?",
        "Which two birds are on the arms?",
        "Which of these is allowed?",
        "What people live there?",
        "What other animals live there?",
        "What happened in 1846?",
        "What caused the fire?",
        "What led to the fire?",
        "What about the ferry?",
        "What if it rains?",
        "What else is there?",
        "What exactly is it?",
        "What isn't allowed?",
        "What is it?",
        "What's it for?",
        "What to bring?",
        "Why is it there?",
    ],
)
def test_a_question_that_several_things_answer_is_not_one_of_these(question: str) -> None:
    assert not asks_for_one(question)


@pytest.mark.parametrize(
    ("question", "whether"),
    [
        ("Is the ferry free?", True),
        ("The ferry is old. Is it free?", True),
        ("And is it free?", True),
        ("Isn't the ferry free?", True),
        ("Won't it sail?", True),
        ("Are dogs allowed when the beach is open?", True),
        ("Is the ferry free or not?", False),
        ("Who says that it is free?", False),
        ("Can you tell me where the office is?", False),
        ("Do you know who built it?", False),
        ("May 2020: what happened?", False),
    ],
)
def test_a_question_for_yes_or_no_is_known(question: str, whether: bool) -> None:
    assert asks_whether(question) is whether

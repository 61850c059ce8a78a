"""What speaks for an answer, and the probability made of it."""

from dataclasses import astuple, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.cite import Alignment
from qa.draft import Draft
from qa.judge import (
    CLAIM,
    QUOTE,
    UNREAD,
    Signals,
    is_of_the_kind,
    likelihood,
    of_claims,
    of_quote,
    to_quote,
)
from tests.qa.conftest import LIT, TALL, evidence_of, sentence

QUESTION = "When was the Skerry light first lit?"
EVIDENCE = evidence_of(sentence(LIT), sentence(TALL, document=2, score=0.5))
READ = (CLAIM, QUOTE)


def draft(*claims: Alignment, found: float = 0.9) -> Draft:
    text = " ".join(claim.text for claim in claims)
    return Draft(text, claims, found, prompt_tokens=9, completion_tokens=9, first_token=0.1)


def carried(at: int = 0) -> Alignment:
    by = EVIDENCE.ranked[at]
    return Alignment(by.text, (by,), frozenset())


def uncarried(text: str) -> Alignment:
    return Alignment(text, (), frozenset())


def test_nothing_speaks_for_a_quotation_of_nothing() -> None:
    assert of_quote(QUESTION, evidence_of(), None) is None


def test_nothing_speaks_for_claims_that_no_evidence_carries() -> None:
    assert of_claims(QUESTION, EVIDENCE, draft()) is None
    assert of_claims(QUESTION, EVIDENCE, draft(uncarried("It was red."))) is None


def test_where_nothing_speaks_for_it_an_answer_is_as_unlikely_as_can_be() -> None:
    assert [likelihood(None, weights) for weights in (*READ, UNREAD)] == [0, 0, 0]


def test_without_a_draft_nothing_is_said_about_a_model() -> None:
    seen = of_quote(QUESTION, EVIDENCE, None)
    assert seen is not None
    assert (seen.found, seen.agreed) == (0.0, 0.0)


def test_what_the_model_thinks_and_where_it_points_are_signals() -> None:
    best = of_claims(QUESTION, EVIDENCE, draft(carried(), found=0.7))
    poor = of_claims(QUESTION, EVIDENCE, draft(carried(at=1), found=0.2))
    assert best is not None
    assert poor is not None
    assert (best.found, poor.found) == (0.7, 0.2)
    assert best.standing > poor.standing


def test_a_quotation_agrees_with_a_claim_that_the_evidence_carries() -> None:
    agreed = of_quote(QUESTION, EVIDENCE, draft(carried()))
    alone = of_quote(QUESTION, EVIDENCE, draft(uncarried("It was red.")))
    assert agreed is not None
    assert alone is not None
    assert (agreed.agreed, alone.agreed) == (1.0, 0.0)


def test_what_a_draft_is_drawn_from_is_quoted_rather_than_the_best() -> None:
    second = EVIDENCE.ranked[1]
    unsure = Alignment("It is 43 metres high.", (), frozenset({"43"}), nearest=second)
    assert to_quote(EVIDENCE, draft(unsure)) == second
    assert to_quote(EVIDENCE, None) == EVIDENCE.best


def test_how_long_is_answered_by_a_time() -> None:
    assert not is_of_the_kind("How long is the loan?", "The loan is 100 marshals.")
    assert is_of_the_kind("How long is the loan?", "The loan is for 60 days.")


def test_an_answer_of_the_wrong_kind_is_as_unlikely_as_can_be() -> None:
    seen = of_quote("How many keepers were there?", evidence_of(sentence("Keepers came.")), None)
    assert seen is not None
    assert likelihood(seen, UNREAD) == 0


@pytest.mark.parametrize(
    "question",
    ["When did Margrethe see the Skerry light?", "What was lit at Skerry in 1777?"],
)
def test_a_name_or_a_number_that_stands_nowhere_near_is_missing(question: str) -> None:
    seen, complete = of_quote(question, EVIDENCE, None), of_quote(QUESTION, EVIDENCE, None)
    assert seen is not None
    assert complete is not None
    assert seen.missing > complete.missing == 0


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How many agents did it send?", "It sent 250 agents."),
        ("How many agents did it send?", "It sent dozens of agents."),
        ("When was it lit?", "It was lit in 1846."),
        ("Who designed the tower?", "Anna Holm designed the tower."),
        ("Why was it lit?", "Ships had run aground on the rocks."),
    ],
)
def test_an_answer_of_the_kind_that_is_asked_for_is_known(question: str, said: str) -> None:
    assert is_of_the_kind(question, said)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How many agents did it send?", "It sent agents."),
        ("How many of the 250 agents came?", "The 250 agents came."),
        ("Why was the light lit?", "The light was lit."),
    ],
)
def test_an_answer_of_another_kind_is_told_apart(question: str, said: str) -> None:
    assert not is_of_the_kind(question, said)


@given(question=st.text(max_size=60), said=st.text(min_size=1), found=st.floats(0, 1))
def test_a_likelihood_is_a_probability_whatever_is_asked(
    question: str, said: str, found: float
) -> None:
    best = sentence(said)
    written = draft(Alignment(said, (best,), frozenset()), found=found)
    seen = of_claims(question, evidence_of(best), written)
    assert seen is not None
    assert all(0 <= likelihood(seen, weights) <= 1 for weights in (*READ, UNREAD))


def test_there_is_a_weight_for_every_signal() -> None:
    for weights in (*READ, UNREAD):
        assert len(weights.signals) == len(fields(Signals))


def test_a_claim_is_likelier_where_the_model_finds_what_is_asked() -> None:
    seen = of_claims(QUESTION, EVIDENCE, draft(carried()))
    assert seen is not None
    sure, unsure = replace(seen, found=0.95), replace(seen, found=0.05)
    assert likelihood(sure, CLAIM) > likelihood(unsure, CLAIM)


def test_what_meets_the_question_is_likelier_than_what_does_not() -> None:
    stray = replace(sentence("Seals sleep there all day."), cosine=0.0, coverage=0.0)
    near = of_quote(QUESTION, EVIDENCE, None)
    far = of_quote(QUESTION, evidence_of(stray), None)
    assert near is not None
    assert far is not None
    assert astuple(near) != astuple(far)
    assert likelihood(near, UNREAD) > likelihood(far, UNREAD)

"""A citation is found by what a sentence says; a number or a name that is not there is caught."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.cite import align, carries
from tests.qa.conftest import LIT, sentence

QUESTION = "When was the light lit?"
TOWER = sentence("Anna Holm designed the tower, which stands 42 metres high.", document=1)
LIGHT = sentence("The light was first lit in 1846 and burned whale oil.", document=2)
BEES = sentence("Bees dance to tell where nectar is.", document=3)
EVIDENCE = (BEES, TOWER, LIGHT)


def test_a_sentence_is_cited_to_what_says_it() -> None:
    (claim,) = align("The light was first lit in 1846.", QUESTION, EVIDENCE)
    assert claim.supported
    assert claim.sentences == (LIGHT,)


def test_each_sentence_of_a_draft_is_a_claim_of_its_own() -> None:
    first, second = align("It was first lit in 1846. Anna Holm designed it.", QUESTION, EVIDENCE)
    assert (first.sentences, second.sentences) == ((LIGHT,), (TOWER,))


@given(st.integers(2, 10**6))
def test_a_number_that_the_evidence_lacks_is_caught(metres: int) -> None:
    (claim,) = align(f"The tower stands {metres:,} metres high.", QUESTION, EVIDENCE)
    assert claim.supported == (metres == 42)
    assert str(metres) in claim.missing or claim.supported


@pytest.mark.parametrize(
    "draft",
    [
        "The tower was designed by Queen Margrethe.",
        "The light was first lit in March 1846.",
        "The light was first lit in 1846 by John Smith.",
        "Whales swim around the rocks at night.",
        "The light was not lit in 1846.",
    ],
)
def test_what_no_evidence_says_is_unsupported(draft: str) -> None:
    (claim,) = align(draft, QUESTION, EVIDENCE)
    assert not claim.supported
    assert claim.sentences == ()


def test_what_is_missing_is_named() -> None:
    (claim,) = align("It was designed by Queen Margrethe in 1777.", QUESTION, EVIDENCE)
    assert claim.missing == {"queen", "margrethe", "1777"}


def test_two_sentences_may_carry_a_claim_together() -> None:
    (claim,) = align(
        "Anna Holm designed the tower, and it was first lit in 1846.", QUESTION, EVIDENCE
    )
    assert set(claim.sentences) == {TOWER, LIGHT}


@pytest.mark.parametrize("marker", ["[3]", "[1, 9]", "[12][13]", "[1-2]", " [2] [99]"])
def test_the_model_s_own_markers_are_not_believed(marker: str) -> None:
    (claim,) = align(f"The light was first lit in 1846{marker}.", QUESTION, EVIDENCE)
    assert claim.sentences == (LIGHT,)
    assert "[" not in claim.text


def test_nothing_but_a_marker_claims_nothing() -> None:
    assert align("[1]", QUESTION, EVIDENCE) == ()


def test_no_evidence_carries_nothing() -> None:
    (claim,) = align(LIT, QUESTION, ())
    assert not claim.supported


def test_of_two_that_say_it_the_fitter_one_is_cited() -> None:
    poor = sentence("The light was first lit in 1846.", document=8, score=0.1)
    good = sentence("The light was first lit in 1846.", document=9, score=0.9)
    (claim,) = align("The light was first lit in 1846.", QUESTION, (poor, good))
    assert claim.sentences == (good,)


def test_the_title_completes_a_sentence_but_does_not_speak_for_it() -> None:
    titled = sentence("It was first lit in 1846.", title="The Skerry light")
    assert carries([titled], "The Skerry light was first lit in 1846.", "When?")
    silent = sentence("Seals sleep on the rocks all day.", title="The Skerry light was first lit")
    assert not carries([silent], "The Skerry light was first lit.", "When?")


@given(st.text(max_size=60), st.text(max_size=60))
def test_only_given_sentences_are_cited_and_only_in_support(draft: str, question: str) -> None:
    for claim in align(draft, question, EVIDENCE):
        assert set(claim.sentences) <= set(EVIDENCE)
        assert claim.supported == bool(claim.sentences)
        assert len(claim.sentences) <= 2

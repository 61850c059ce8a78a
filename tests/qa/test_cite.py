"""A citation is found by what a sentence says; a number or a name that is not there is caught."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.cite import align
from tests.qa.conftest import LIT, following, sentence
from tests.qa.paraphrases import PAIRS, Pair, aligned

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


@given(st.integers(2, 10**6).filter(lambda metres: metres != 1846))  # the evidence has that one
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


def test_what_a_document_asks_itself_carries_nothing() -> None:
    asks = "Who designed the tower? "
    told = replace(sentence(f"{asks}Anna Holm did."), asked=len(asks))
    (claim,) = align("Anna Holm designed the tower.", "Who designed the tower?", (told,))
    assert claim.sentences == (told,)
    asks = "Did Anna Holm design the tower in 1846? "
    open_still = replace(sentence(f"{asks}The records burned."), asked=len(asks))
    for draft in ("Anna Holm designed the tower.", "The tower is of 1846."):
        (claim,) = align(draft, "Who designed the tower?", (open_still,))
        assert not claim.supported, draft
    asks = "Was Anna Holm the architect of the tower? "
    open_still = replace(sentence(f"{asks}Its architect is unknown."), asked=len(asks))
    (claim,) = align("Anna Holm was its architect.", "Who designed the tower?", (open_still,))
    assert not claim.supported


@pytest.mark.parametrize(
    ("claim", "reworded"),
    [
        ("The mill was destroyed by fire.", True),
        ("The mill was closed for good.", True),  # nothing but a reader tells that it is not so
        ("The mill was destroyed by fire in 1846.", False),
        ("The mill was not destroyed by fire.", False),
        ("The mill happened.", False),
        ("Destroyed by fire.", False),  # it could be said of anything
        ("The mill burned to the ground.", False),  # carried as it is
    ],
)
def test_what_may_be_said_in_other_words_is_left_to_a_reader(claim: str, *, reworded: bool) -> None:
    burned = sentence("The mill burned to the ground in the spring.", score=1.5)
    (found,) = align(claim, "What happened to the mill?", (BEES, burned))
    assert found.reworded == reworded
    if reworded:
        assert not found.supported
        assert found.by_nearest.sentences == (burned,)


@pytest.mark.parametrize("pair", PAIRS)
def test_words_alone_carry_no_paraphrase(pair: Pair) -> None:
    assert not aligned(pair.in_other_words, pair).supported
    assert not aligned(pair.something_else, pair).supported


@pytest.mark.parametrize(
    ("claim", "verbatim"),
    [
        ("The light was first lit in 1846, and burned whale oil.", True),
        ("The light was first lit in 1846.", False),  # what was left out may have turned it
        ("In 1846 the light was first lit and burned whale oil.", False),
    ],
)
def test_only_a_whole_sentence_is_a_copy(claim: str, *, verbatim: bool) -> None:
    (found,) = align(claim, QUESTION, EVIDENCE)
    assert found.supported
    assert found.is_verbatim == verbatim


def test_a_sentence_that_says_nothing_is_no_other_wording() -> None:
    bare = replace(sentence("What became of it?"), asked=len("What became of it?"))
    (found,) = align("The mill burned down.", "What happened to the mill?", (bare,))
    assert not found.reworded


def test_what_is_missing_is_named() -> None:
    (claim,) = align("It was designed by Queen Margrethe in 1777.", QUESTION, EVIDENCE)
    assert claim.missing == {"queen", "margrethe", "1777"}


def test_two_sentences_that_follow_each_other_may_carry_a_claim_together() -> None:
    pair = following("Anna Holm designed the tower.", "It was lit in 1846 with whale oil.")
    (claim,) = align("Anna Holm designed the tower, lit in 1846 with whale oil.", QUESTION, pair)
    assert set(claim.sentences) == set(pair)


def test_two_sentences_from_different_places_carry_nothing_together() -> None:
    draft = "Anna Holm designed the tower, and it was first lit in 1846."
    (claim,) = align(draft, QUESTION, EVIDENCE)
    assert not claim.supported


def test_a_number_is_not_moved_from_one_sentence_to_the_other() -> None:
    pair = following("It was built in 1846 by Anna Holm.", "It burned in 1902 in the war.")
    (claim,) = align("It was built in 1902 by Anna Holm.", QUESTION, pair)
    assert not claim.supported


def test_a_name_is_not_moved_from_one_sentence_to_the_other() -> None:
    pair = following(
        "The mill was built by Anna Holm of Arle.", "It was burned in 1902 by Jonas Berg."
    )
    (claim,) = align("The mill was burned in 1902 by Anna Holm.", "Who burned the mill?", pair)
    assert not claim.supported
    (claim,) = align("The mill was burned in 1902 by Jonas Berg.", "Who burned the mill?", pair)
    assert claim.supported


@pytest.mark.parametrize("draft", ["It is so.", "..."])
def test_a_claim_that_says_nothing_is_carried_by_nothing(draft: str) -> None:
    assert not any(claim.supported for claim in align(draft, QUESTION, EVIDENCE))


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


def test_of_two_that_say_it_equally_the_shorter_one_is_cited() -> None:
    long = sentence(
        "The lamp of the light was first lit in 1846, as the town's paper and harbour book tell."
    )
    short = sentence("The light was lit in 1846.")
    (claim,) = align("The light was lit in 1846.", QUESTION, [long, short])
    assert claim.sentences == (short,)


@given(st.text(max_size=60), st.text(max_size=60))
def test_only_given_sentences_are_cited_and_only_in_support(draft: str, question: str) -> None:
    for claim in align(draft, question, EVIDENCE):
        assert set(claim.sentences) <= set(EVIDENCE)
        assert claim.supported == bool(claim.sentences)
        assert len(claim.sentences) <= 2

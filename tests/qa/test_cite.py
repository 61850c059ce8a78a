"""A citation is found by what a sentence says; a number or a name that is not there is caught."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.cite import align
from qa.entailment import carries
from qa.sentence import Sentence
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
        assert found.as_reworded.sentences == (burned,)
        assert not found.as_reworded.reworded


def test_a_sentence_that_says_nothing_is_no_other_wording() -> None:
    bare = replace(sentence("What became of it?"), asked=len("What became of it?"))
    (found,) = align("The mill burned down.", "What happened to the mill?", (bare,))
    assert not found.reworded


def test_what_is_missing_is_named() -> None:
    (claim,) = align("It was designed by Queen Margrethe in 1777.", QUESTION, EVIDENCE)
    assert claim.missing == {"queen", "margrethe", "1777"}


def following(first: str, second: str) -> tuple[Sentence, Sentence]:
    """Two sentences of one passage, one behind the other."""
    both = sentence(f"{first} {second}")
    return (
        replace(both, end=len(first), text=first),
        replace(both, start=len(first) + 1, text=second),
    )


def test_two_sentences_that_follow_each_other_may_carry_a_claim_together() -> None:
    pair = following("Anna Holm designed the tower.", "It was lit in 1846 with whale oil.")
    (claim,) = align("Anna Holm designed the tower, lit in 1846 with whale oil.", QUESTION, pair)
    assert set(claim.sentences) == set(pair)


def test_two_sentences_from_different_places_carry_nothing_together() -> None:
    draft = "Anna Holm designed the tower, and it was first lit in 1846."
    (claim,) = align(draft, QUESTION, EVIDENCE)
    assert not claim.supported


def test_a_year_that_only_a_later_sentence_gives_is_another_one_s() -> None:
    first, second = following("They counted 787 boats.", "In 2024 there were 498 of them.")
    claim = "They counted 787 boats in 2024."
    assert not carries((first,), claim, "How many boats were counted in 2024?")
    first, second = following("It was a bad year, 2024.", "They counted 787 boats.")
    assert carries((second,), claim, "How many boats were counted in 2024?")


def test_a_date_that_a_document_writes_in_figures_carries_the_month_s_name() -> None:
    dated = sentence("Date: 2025-06-13")
    assert carries((dated,), "It is dated June 13, 2025.", "Which date does it bear?")
    assert not carries((dated,), "It is dated May 13, 2025.", "Which date does it bear?")


def test_a_number_is_not_moved_from_one_sentence_to_the_other() -> None:
    pair = following("It was built in 1846 by Anna Holm.", "It burned in 1902 in the war.")
    (claim,) = align("It was built in 1902 by Anna Holm.", QUESTION, pair)
    assert not claim.supported


@pytest.mark.parametrize(
    ("evidence", "claim"),
    [
        ("Smith signed the memo yesterday in Oslo.", "Jones signed the memo yesterday in Oslo."),
        ("The agency did not sign the treaty.", "The agency signed the treaty."),
        ("It cost 5 million dollars.", "It cost 5 billion dollars."),
        ("Robert came to Niger.", "Robertson came to Niger."),
        ("Detainees are held in four facilities.", "Detainees are held in four states."),
        ("Another 100 employees of IRS Crime are there.", "The IRS has 100 investigators there."),
        ("Walker leads Chapter 247 of the national union.", "Walker's union has 247 members."),
        ("The bridge cost €5 million.", "The bridge cost $5 million."),
        ("It cost 5 million euros.", "It cost 5 million dollars."),
        ("The trail is 42km long.", "The trail is 43km long."),
        ("It opens at 10am on Sundays.", "It opens at 11am on Sundays."),
        ("It was built by Åkesson in 1846.", "It was built by Østergaard in 1846."),
        ("It may open at Arle in 1931.", "It opened at Arle in May 1931."),
        ("The agency failed to sign the treaty.", "The agency signed the treaty."),
    ],
)
def test_what_differs_in_what_matters_is_not_carried(evidence: str, claim: str) -> None:
    assert not carries((sentence(evidence),), claim, QUESTION)


def test_what_stands_in_a_denial_alone_is_not_carried() -> None:
    asked, said = "What did the agency sign?", "The agency signed the treaty, but not the protocol."
    assert not carries((sentence(said),), "The agency signed the protocol.", asked)
    assert carries((sentence(said),), "The agency signed the treaty.", asked)


def test_a_sentence_about_somebody_else_does_not_speak_for_a_name_before_it() -> None:
    _, second = following("Anna Holm designed the tower.", "Jonas Berg was born in 1801.")
    asked = "When was Anna Holm born?"
    assert not carries((second,), "Anna Holm was born in 1801.", asked)
    _, third = following("Anna Holm designed the tower.", "She was born in 1801.")
    assert carries((third,), "Anna Holm was born in 1801.", asked)


def test_a_name_is_not_moved_from_one_sentence_to_the_other() -> None:
    pair = following(
        "The mill was built by Anna Holm of Arle.", "It was burned in 1902 by Jonas Berg."
    )
    (claim,) = align("The mill was burned in 1902 by Anna Holm.", "Who burned the mill?", pair)
    assert not claim.supported
    (claim,) = align("The mill was burned in 1902 by Jonas Berg.", "Who burned the mill?", pair)
    assert claim.supported


def test_a_denial_elsewhere_in_the_sentence_is_not_the_claim_s() -> None:
    text = "The agency lends 100 marshals, in a partnership that did not exist before."
    assert carries((sentence(text),), "The agency lends 100 marshals.", QUESTION)


@pytest.mark.parametrize("draft", ["It is so.", "..."])
def test_a_claim_that_says_nothing_is_carried_by_nothing(draft: str) -> None:
    assert not any(claim.supported for claim in align(draft, QUESTION, EVIDENCE))


def test_a_name_in_the_question_may_stand_in_the_passage_around() -> None:
    first, second = following("DECnet came from Digital.", "It has 7 layers.")
    asked = "How many layers has DECnet?"
    assert carries((second,), "DECnet has 7 layers.", asked)
    assert not carries((second,), "Ethernet has 7 layers.", "How many layers has Ethernet?")
    assert first.text in second.chunk.text


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

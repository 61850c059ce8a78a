"""What a sentence says carries a claim; what it lacks, denies or says of another does not."""

import pytest

from qa.entailment import carries
from tests.qa.conftest import following, sentence

QUESTION = "When was the light lit?"


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


@pytest.mark.parametrize(
    ("evidence", "claim"),
    [
        ("Smith signed the memo yesterday in Oslo.", "Jones signed the memo yesterday in Oslo."),
        ("The agency did not sign the treaty.", "The agency signed the treaty."),
        ("It cost 5 million dollars.", "It cost 5 billion dollars."),
        ("Robert came to Niger.", "Robertson came to Niger."),
        ("Another 100 employees of IRS Crime are there.", "The IRS has 100 investigators there."),
        ("Walker leads Chapter 247 of the national union.", "Walker's union has 247 members."),
        ("It cost 5 million euros.", "It cost 5 million dollars."),
        ("The trail is 42km long.", "The trail is 43km long."),
        ("It opens at 10am on Sundays.", "It opens at 11am on Sundays."),
        ("It was built by Åkesson in 1846.", "It was built by Østergaard in 1846."),
        ("It may open at Arle in 1931.", "It opened at Arle in May 1931."),
        ("The agency failed to sign the treaty.", "The agency signed the treaty."),
        ("The agency rarely inspects the port.", "The agency inspects the port."),
        ("It closed on 7 June 1950, not on 3 May 1931.", "It closed on 7 May 1950."),
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


def test_a_denial_elsewhere_in_the_sentence_is_not_the_claim_s() -> None:
    text = "The agency lends 100 marshals, in a partnership that did not exist before."
    assert carries((sentence(text),), "The agency lends 100 marshals.", QUESTION)


def test_a_name_in_the_question_may_stand_in_the_passage_around() -> None:
    first, second = following("DECnet came from Digital.", "It has 7 layers.")
    asked = "How many layers has DECnet?"
    assert carries((second,), "DECnet has 7 layers.", asked)
    assert not carries((second,), "Ethernet has 7 layers.", "How many layers has Ethernet?")
    assert first.text in second.chunk.text


def test_the_title_completes_a_sentence_but_does_not_speak_for_it() -> None:
    titled = sentence("It was first lit in 1846.", title="The Skerry light")
    assert carries([titled], "The Skerry light was first lit in 1846.", "When?")
    silent = sentence("Seals sleep on the rocks all day.", title="The Skerry light was first lit")
    assert not carries([silent], "The Skerry light was first lit.", "When?")

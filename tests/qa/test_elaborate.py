"""More of the documents' own words, where a question wants more than one fact."""

import pytest

from qa.elaborate import MOST, MOST_WORDS, further, wants_length
from qa.evidence import Evidence
from tests.qa.test_evidence import gathered

TOWER = (
    "The tower fell because its ground gave way. Rain had washed out the ground beneath the tower. "
    "The council had ignored three warnings that the tower would fall. "
    "The tower fell because its ground gave way."
)
OTHER = "At Tonne the tower fell by day, when its ground gave way in a storm."


def said_further(question: str, evidence: Evidence) -> list[str]:
    best = evidence.best
    assert best is not None
    return [each.text for each in further(question, best.text, (best,), evidence)]


@pytest.mark.parametrize(
    "question",
    [
        "Why did the tower fall?",
        "Explain how the pumps work.",
        "What are the parts of the engine?",
        "What is the difference between the two lamps?",
        "what is the book about",
        "List the keepers.",
        "Name the three keepers.",
        "Name two of its rooms.",
        "What is the difference in height between the two lamps?",
    ],
)
def test_explanations_lists_and_comparisons_are_told_by_how_they_are_asked_for(
    question: str,
) -> None:
    assert wants_length(question)


@pytest.mark.parametrize(
    "question",
    [
        "When did it fall?",
        "How many steps are there?",
        "Who is the keeper?",
        "What is its height?",
        "Who is on the list?",
        "Name the author of the report.",
        "What is the name of its keeper?",
    ],
)
def test_a_question_for_one_fact_is_told_too(question: str) -> None:
    assert not wants_length(question)


def test_an_answer_goes_on_in_the_cited_document_s_words_and_repeats_nothing() -> None:
    evidence = gathered("Why did the tower fall?", TOWER, OTHER, size=400)
    best = evidence.best
    assert best is not None
    more = said_further("Why did the tower fall?", evidence)
    assert more
    assert best.text not in more
    assert OTHER not in more
    assert all(text in TOWER for text in more)


def test_a_comparison_takes_from_every_document_that_was_read() -> None:
    question = "Compare how the tower fell at Arle and at Tonne."
    evidence = gathered(question, "At Arle the tower fell at night, in the rain.", OTHER, size=400)
    assert OTHER in [evidence.ranked[0].text, *said_further(question, evidence)]
    assert len(said_further(question, evidence)) == 1


def test_a_question_for_one_fact_gets_no_more() -> None:
    question = "When did the tower fall?"
    assert said_further(question, gathered(question, TOWER, size=400)) == []


def test_there_is_an_end_to_it() -> None:
    causes = "rain wind frost floods moles greed haste rust ice roots quakes fire".split()
    text = " ".join(f"The tower fell by {cause}: {cause}y men saw {cause}s." for cause in causes)
    question = "Why did the tower fall?"
    more = said_further(question, gathered(question, text, size=2000))
    assert 0 < len(more) <= MOST
    assert sum(len(each.split()) for each in more) <= MOST_WORDS

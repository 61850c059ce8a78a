"""Questions that are turned down for their wording."""

import pytest

from evals.drafts.wording_faults import fault
from tests.evals.drafts.conftest import CRANES
from tests.qa.conftest import chunk_of

SOURCE = chunk_of(f"{CRANES} They were painted.", title="The harbour of Velm")


@pytest.mark.parametrize(
    ("question", "asks_for", "answers"),
    [
        ("How many cranes did the Velm Harbour Board buy?", "number", ("48",)),
        ("In which year did the Velm Harbour Board buy 48 cranes?", "date", ("1931",)),
        ("Where did the Velm Harbour Board buy its cranes in 1931?", "name", ("Osterby",)),
        ("How much did the Velm Harbour Board pay for the 48 cranes?", "number", ()),
    ],
)
def test_a_question_that_stands_alone_has_no_fault(question, asks_for, answers):
    assert fault(question, asks_for=asks_for, answers=answers, source=SOURCE) == ""


@pytest.mark.parametrize(
    ("question", "asks_for", "why"),
    [
        ("The Velm Harbour Board bought how many cranes.", "number", "no question"),
        ("How many in Velm?", "number", "too short"),
        ("How many of the 48 cranes did Velm buy?", "number", "holds its answer"),
        ("How many cranes does the text give for Velm?", "number", "speaks of the text"),
        ("How many cranes are mentioned as bought in Velm?", "number", "speaks of the text"),
        ("How many cranes did it buy from a dealer?", "number", "leans"),
        ("How many cranes did they buy for Velm?", "number", "leans"),
        ("How many cranes did the harbour company buy in Velm?", "number", "leans"),
        ("Who sold cranes to the Velm Harbour Board?", "number", "something else"),
        ("How many cranes did Velm buy from Tonne?", "number", "does not stand there"),
        ("How many cranes did Velm buy in 1956?", "number", "does not stand there"),
    ],
)
def test_what_is_wrong_with_a_question_is_found(question, asks_for, why):
    assert why in fault(question, asks_for=asks_for, answers=("48",), source=SOURCE)


def test_a_question_for_a_name_has_to_name_enough():
    vague = "Which town sold cranes to Velm?"
    assert "many ways" in fault(vague, asks_for="name", answers=("Osterby",), source=SOURCE)

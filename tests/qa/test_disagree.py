"""Where documents give different values, each is asked on its own."""

import pytest

from qa.cite import Alignment
from qa.disagree import Rival, rivals, value_in
from qa.evidence import Evidence
from tests.qa.conftest import ALSO_LIT, LIT, evidence_of, said, scripted, sentence
from tests.scripted_model import ScriptedModel

QUESTION = "When was the Skerry light first lit?"
OWN, OTHER = sentence(LIT, document=1), sentence(ALSO_LIT, document=2)
CITED = Alignment(LIT, (OWN,), frozenset())
BOTH = evidence_of(OWN, OTHER)


def differing(
    model: ScriptedModel, evidence: Evidence = BOTH, question: str = QUESTION
) -> list[Rival]:
    return list(rivals(question, CITED, evidence, model))


def test_another_document_with_another_value_is_asked_and_cited() -> None:
    model = scripted(said(ALSO_LIT))
    (rival,) = differing(model)
    assert (rival.value, rival.claim.sentences) == ("1851", (OTHER,))
    shown = "".join(message.content for message in model.generated[0])
    assert ALSO_LIT in shown
    assert LIT not in shown


@pytest.mark.parametrize(
    "reply",
    [
        "Missing.",
        said("The Skerry light was first lit in 1777."),
        said("It was first lit by Queen Margrethe."),
        said("The Skerry light was first lit."),
    ],
)
def test_a_reply_without_a_carried_value_is_no_disagreement(reply: str) -> None:
    assert differing(scripted(reply)) == []


def test_a_document_that_says_the_same_is_not_asked() -> None:
    model = scripted()
    assert differing(model, evidence_of(OWN, sentence(LIT, document=2))) == []
    assert model.generated == []


def test_the_same_document_does_not_disagree_with_itself() -> None:
    model = scripted()
    assert differing(model, evidence_of(OWN, sentence(ALSO_LIT, document=1))) == []
    assert model.generated == []


def test_a_document_that_hardly_fits_the_question_is_not_asked() -> None:
    model = scripted()
    assert differing(model, evidence_of(OWN, sentence(ALSO_LIT, document=2, score=0.01))) == []
    assert model.generated == []


def test_only_a_question_for_a_value_is_compared() -> None:
    model = scripted(said(ALSO_LIT))
    assert differing(model, question="What is the Skerry light?") == []
    assert model.generated == []


def test_a_number_of_the_question_itself_is_no_other_value() -> None:
    question = "How many lights were lit in 1846?"
    other = sentence("Some lights were lit in 1846.", document=2)
    model = scripted()
    assert differing(model, evidence_of(OWN, other), question) == []
    assert model.generated == []


@pytest.mark.parametrize(
    ("own", "other", "agree"),
    [
        ("It holds 1,987 books.", "It holds about 2,000 books.", True),
        ("It holds 1,987 books.", "It holds 2,000 books.", False),
        ("It raised 3.47 million crowns.", "It raised 3.5 million crowns.", True),
        ("It raised 3.47 million crowns.", "It raised 3.6 million crowns.", False),
        ("It weighs 2.4 tonnes.", "It weighs 2,400 kilograms.", True),
        ("It lost 24 boats.", "It lost two dozen boats.", True),
        ("It has 140 berths.", "It has 160 berths.", False),
        ("It has some 11,000 sheep.", "It has 11,791 sheep.", False),
        ("It won 57% of the votes.", "It won 57 votes.", False),
    ],
)
def test_one_value_told_more_or_less_exactly_is_no_disagreement(
    own: str, other: str, agree: bool
) -> None:
    cited = sentence(own, document=1)
    evidence = evidence_of(cited, sentence(other, document=2))
    claim = Alignment(own, (cited,), frozenset())
    found = list(rivals("How many are there?", claim, evidence, scripted(said(other))))
    assert (not found) is agree


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It has about 2,100 agents.", "2,100"),
        ("It cost $1.5, or 40% more.", "$1.5, 40%"),
        ("It took six months.", "It took six months."),
        ("In 2024 it had 2,100 agents.", "2,100"),
    ],
)
def test_a_value_is_the_numbers_as_they_are_written(text: str, value: str) -> None:
    assert value_in(text, "How much or how many in 2024?") == value


def test_a_name_is_told_as_it_is_written() -> None:
    assert value_in("The tower is by Anna Holm.", "Who designed the tower?") == "Anna Holm"


@pytest.mark.parametrize(
    ("other", "differ"),
    [
        ("The tower was designed by Jonas Berg.", True),
        ("The tower was designed by the engineer Holm.", False),
        ("The tower was designed by somebody else.", False),
    ],
)
def test_another_document_with_another_name_differs(other: str, differ: bool) -> None:
    own = sentence("The tower was designed by Anna Holm.", document=1)
    evidence = evidence_of(own, sentence(other, document=2))
    claim = Alignment(own.text, (own,), frozenset())
    found = rivals("Who designed the tower?", claim, evidence, scripted(said(other)))
    assert [rival.value for rival in found] == (["Jonas Berg"] if differ else [])

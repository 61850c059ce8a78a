"""Where documents give different values, each is asked on its own."""

from dataclasses import replace

import pytest

from qa.cite import Alignment
from qa.disagree import rivals
from qa.evidence import Evidence
from qa.rival import Rival, quotation, value_in
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


MANNED = "The Skerry light has 12 keepers."


def asked_of(other: str, *replies: str, states: float, own: str = MANNED) -> list[Rival]:
    """The rivals of an answer to how many keepers there are."""
    question = "How many keepers does the Skerry light have?"
    cited = sentence(own, document=1)
    claim = Alignment(own, (cited,), frozenset())
    evidence = evidence_of(cited, sentence(other, document=2))
    return list(rivals(question, claim, evidence, scripted(*replies, states=states)))


def test_a_sentence_that_counts_by_another_name_is_quoted_where_it_surely_answers() -> None:
    other = "The keepers of the Skerry light are 14 watchmen, who sleep by turns."
    reply = said("The Skerry light has 14 keepers.")
    (rival,) = asked_of(other, reply, states=0.97)
    assert (rival.value, rival.claim.text, rival.quoted) == ("14", other, True)
    assert asked_of(other, reply, states=0.9) == []


def test_another_thing_that_is_counted_is_no_rival_however_sure_the_model_is() -> None:
    lamps = "The Skerry light has 14 lamps."
    assert asked_of(lamps, said(lamps), states=0.99) == []
    keepers = "The Skerry light has 14 keepers."
    assert len(asked_of(keepers, said(keepers), states=0.99)) == 1


def test_a_document_without_the_names_of_the_question_is_not_asked() -> None:
    model = scripted()
    other = sentence("The Velm bridge has 14 keepers.", document=2)
    question = "How many keepers does the Skerry light have?"
    cited = sentence(MANNED, document=1)
    claim = Alignment(MANNED, (cited,), frozenset())
    assert list(rivals(question, claim, evidence_of(cited, other), model)) == []
    assert model.generated == []


def test_what_says_nothing_is_not_asked() -> None:
    asks = "May dogs swim in the lake?"
    cited = sentence(MAY, document=1)
    bare = replace(sentence(asks, document=2), asked=len(asks))
    model = ScriptedModel()
    claim = Alignment(MAY, (cited,), frozenset())
    assert list(rivals(asks, claim, evidence_of(cited, bare), model)) == []


def test_of_a_quotation_the_value_is_what_the_model_drew_from_it() -> None:
    text = "The keepers of the light, 42 metres high,[7] are 14 watchmen."
    question = "How many keepers are there?"
    quoted = quotation(sentence(text), question, drafted="There are 14 keepers.")
    assert (quoted.value, quoted.claim.text, quoted.quoted) == ("14", text, True)
    assert quotation(sentence(text), question, drafted="It has 9.").value == "42, 14"


def test_a_word_that_the_other_document_lacks_asks_for_more() -> None:
    own, other = "The old light has 12 keepers.", "The light has 14 keepers."
    question = "How many keepers does the old light have?"
    cited = sentence(own, document=1)
    claim, evidence = (
        Alignment(own, (cited,), frozenset()),
        evidence_of(cited, sentence(other, document=2)),
    )
    for states, found in ((0.9, 0), (0.97, 1)):
        model = scripted(said(other), states=states)
        assert len(list(rivals(question, claim, evidence, model))) == found


def test_which_of_its_kind_something_is_may_be_a_name() -> None:
    question = "In which town does the company have its office?"
    own, other = "The company has its office in Velm.", "The company has its office in Arle."
    assert differ(question, own, other)
    assert not differ(question, own, "The company has an office in Velm, the town of its founder.")


def test_the_value_may_stand_in_another_than_the_best_sentence_of_a_document() -> None:
    other = "The Skerry light has 14 keepers."
    question = "How many keepers does the Skerry light have?"
    cited = sentence(MANNED, document=1)
    decoy = sentence("The Skerry light had 3 owners.", document=2, score=0.9)
    value = replace(sentence(other, document=2, score=0.8), start=40, end=40 + len(other))
    claim = Alignment(MANNED, (cited,), frozenset())
    evidence = evidence_of(cited, decoy, value)
    (rival,) = rivals(question, claim, evidence, scripted(said(other)))
    assert (rival.value, rival.claim.sentences) == ("14", (value,))


MAY, MAY_NOT = "Dogs may swim in the lake.", "Dogs are forbidden to swim in the lake."
YES, NO, BLIND = (0.95, 0.05), (0.6, 0.4), (0.5, 0.5)


def whether(own: str, other: str, *probabilities: tuple[float, float]) -> list[Rival]:
    """The rivals where the model reads the answer, no words, the other document, and that again."""
    cited = sentence(own, document=1)
    claim = Alignment(own, (cited,), frozenset())
    evidence = evidence_of(cited, sentence(other, document=2))
    model = ScriptedModel(probabilities=probabilities)
    return list(rivals("May dogs swim in the lake?", claim, evidence, model))


def test_a_no_beside_a_yes_is_quoted() -> None:
    (rival,) = whether(MAY, MAY_NOT, YES, BLIND, NO, (0.5, 0.5))
    assert (rival.value, rival.claim.text, rival.quoted) == (MAY_NOT, MAY_NOT, True)
    (rival,) = whether(MAY_NOT, MAY, NO, BLIND, YES, YES)
    assert rival.claim.text == MAY


def test_two_documents_that_both_say_yes_or_both_say_no_agree() -> None:
    assert whether(MAY, "Dogs may swim in the lake, and do.", YES, BLIND, YES) == []
    assert whether(MAY_NOT, "No dog may swim in the lake.", NO, BLIND, NO) == []


def test_a_sentence_that_says_neither_yes_nor_no_is_none() -> None:
    deep, like = "The lake, where dogs may drink, is deep.", "Dogs like to swim in the lake."
    assert whether(MAY, deep, YES, BLIND, NO, (0.4, 0.6)) == []
    assert whether(MAY_NOT, like, NO, BLIND, YES, (0.8, 0.2)) == []


OTTER, BEAVER = "The animal on the arms is an otter.", "The animal on the arms is a beaver."


def of_a_kind(states: tuple[float, ...], other: str = BEAVER) -> list[Rival]:
    """The rivals where it states this of its answer there, the first one there, its answer here."""
    cited = sentence(OTTER, document=1)
    claim = Alignment(OTTER, (cited,), frozenset())
    evidence = evidence_of(cited, sentence(other, document=2))
    model = ScriptedModel((said(other),), tuple((each, 1 - each) for each in states))
    return list(rivals("Which animal is on the arms?", claim, evidence, model))


def test_another_thing_differs_where_neither_document_states_both() -> None:
    (rival,) = of_a_kind((0.97, 0.3, 0.3))
    assert (rival.value, rival.quoted) == (BEAVER, False)


@pytest.mark.parametrize("states", [(0.8,), (0.97, 0.9), (0.97, 0.3, 0.9)])
def test_a_thing_that_is_not_stated_or_is_the_same_in_other_words_agrees(
    states: tuple[float, ...],
) -> None:
    assert of_a_kind(states) == []


def test_the_same_thing_with_more_told_agrees_and_no_model_need_say_so() -> None:
    assert of_a_kind((), "The animal on the arms is an otter, silver on green.") == []


def test_what_has_no_single_answer_is_not_compared() -> None:
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


def differ(question: str, own: str, other: str) -> bool:
    """Whether the second of two documents, which says the words of its text, is a rival."""
    cited = sentence(own, document=1)
    evidence = evidence_of(cited, sentence(other, document=2))
    claim = Alignment(own, (cited,), frozenset())
    return bool(list(rivals(question, claim, evidence, scripted(said(other)))))


@pytest.mark.parametrize(
    ("question", "own", "other"),
    [
        (
            "Who shot down the drone?",
            "Israeli F-16s shot down the drone.",
            "Two American F-35s shot down the drone.",
        ),
        ("When did the bridge open?", "The bridge opened in 2020.", "The bridge opened in 2024."),
        ("When did the bridge open?", "The bridge opened in 1990.", "The bridge opened in 1993."),
        ("How many rooms are there?", "It has 120 rooms.", "It has 124 rooms."),
        ("How many staff does it have?", "It has 12 staff.", "It has 12,000 staff."),
        ("How long is it?", "It is 5 kilometres long.", "It is 5 miles long."),
        (
            "How many agents did it have?",
            "In 2025 it had 2,100 agents.",
            "In 2025 it had 2,290 agents.",
        ),
        ("When was it lit?", "It was lit on 12 May 1846.", "It was lit on 12 June 1846."),
        ("When was it lit?", "It was lit on 3 May 1846.", "It was lit on May 4, 1846."),
        ("How long did it take?", "It took 6 months.", "It took 90 days."),
        ("Who sank it?", "It was sunk by the Italian navy.", "It was sunk by Germany."),
    ],
)
def test_what_cannot_both_be_so_differs_either_way(question: str, own: str, other: str) -> None:
    assert differ(question, own, other)
    assert differ(question, other, own)


@pytest.mark.parametrize(
    ("question", "own", "other"),
    [
        ("Who levies it?", "It is levied by the IRS.", "The Internal Revenue Service levies it."),
        ("Who sank it?", "It was sunk by the German navy.", "It was sunk by Germany."),
        ("How long did it take?", "It took two weeks.", "It took 14 days."),
        ("How long did it take?", "It took 6 months.", "It took 180 days."),
        ("How long is it?", "It is 12 kilometers long.", "It is about 7.5 miles long."),
        ("How many rooms are there?", "It has about 120 rooms.", "It has 124 rooms."),
        ("How many books are there?", "It has 12,300 books.", "It has 12,345 books."),
        ("What share burned?", "57.3% of it burned.", "57 per cent of it burned."),
        ("How many rooms are there?", "It has 40 rooms on 3 floors.", "It has 40 rooms, 2 halls."),
        ("How many were there?", "On 3 May 2020 40 were there.", "On 5 May 2020 40 were there."),
        ("When was it lit?", "It was lit on 12 May 1846.", "It was lit on May 12, 1846."),
        ("When was it lit?", "It was lit on 12 May 1846.", "It was lit in May 1846."),
        ("When was it lit?", "It was lit on 1846-05-12.", "It was lit on the 12th of May 1846."),
        ("When was it lit?", "It was lit about 1850.", "It was lit in 1846."),
    ],
)
def test_what_says_the_same_in_other_words_does_not_differ(
    question: str, own: str, other: str
) -> None:
    assert not differ(question, own, other)
    assert not differ(question, other, own)


def test_about_in_the_document_holds_for_the_claim_that_left_it_out() -> None:
    cited = sentence("It holds 1,987 books.", document=1)
    other = sentence("It holds about 2,000 books.", document=2)
    claim = Alignment(cited.text, (cited,), frozenset())
    model = scripted(said("It holds 2,000 books."))
    assert list(rivals("How many books?", claim, evidence_of(cited, other), model)) == []


def test_the_sentence_that_holds_the_value_is_told_from_its_neighbour() -> None:
    first, second = sentence("The tower was planned for years."), sentence("It has 2,100 steps.")
    claim = Alignment("The tower has 2,100 steps.", (first, second), frozenset())
    assert Rival(claim, "2,100").holder is second
    assert Rival(claim, "The tower").holder is first


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It has about 2,100 agents.", "2,100"),
        ("It raised 3.47 million crowns.", "3.47 million"),
        ("It fell by 40 percent in 2023.", "40 percent"),
        ("It fell by 40 per cent.", "40 per cent"),
        ("It has 40 rooms. One is on 3 May 2021 free.", "40"),
        ("It cost $1.5, or 40% more.", "$1.5, 40%"),
        ("It took six months.", "It took six months."),
        ("In 2024 it had 2,100 agents.", "2,100"),
    ],
)
def test_a_value_is_the_numbers_as_they_are_written(text: str, value: str) -> None:
    assert value_in(text, "How much or how many in 2024?") == value


def test_a_date_is_told_whole() -> None:
    text = "It opened on 3 May 2021, and was shut in June 2023."
    assert value_in(text, "When did it open?") == "3 May 2021, June 2023"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The tower is by Anna Holm.", "Anna Holm"),
        ("Anna Holm and Jonas Berg designed it.", "Anna Holm and Jonas Berg"),
        ("The tower is by Dr. Anna M. Holm's office.", "Dr. Anna M. Holm"),
        ("The tower is by Anna Holm, with a stair by Jonas Berg.", "Anna Holm, Jonas Berg"),
        ("It is by the Ministry of Public Works.", "Ministry of Public Works"),
    ],
)
def test_a_name_is_told_as_it_is_written(text: str, name: str) -> None:
    assert value_in(text, "Who designed the tower?") == name


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

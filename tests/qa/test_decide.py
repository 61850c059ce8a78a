"""The model's claim or a document's sentence is the answer, if either is likely enough."""

import math
from dataclasses import fields, replace

import pytest

from index.errors import ModelDied
from qa.cite import Alignment
from qa.decide import decide, to_quote
from qa.draft import Draft
from qa.judge import Signals, Weights
from qa.probe import Probe
from tests.qa.conftest import LIT, TALL, evidence_of, scripted, sentence
from tests.scripted_model import ScriptedModel

QUESTION = "When was the Skerry light first lit?"
EVIDENCE = evidence_of(sentence(LIT), sentence(TALL, document=2, score=0.5))
BEST, SECOND = EVIDENCE.ranked
CARRIED = Alignment("It was first lit in 1846.", (BEST,), frozenset(), BEST)
REWORDED = Alignment("It began to shine in 1846.", (), frozenset(), SECOND, reworded=True)
LOOSE = Alignment("It was first lit in 1777.", (), frozenset({"1777"}), SECOND)


@pytest.fixture(autouse=True)
def the_model_s_word_and_state_alone_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """How well the weights are fitted is for the evaluation to say."""
    names = [field.name for field in fields(Signals)]
    asked = tuple(float(name in ("stated", "sensed")) for name in names)
    for name in ("CLAIM", "QUOTE"):
        monkeypatch.setattr(f"qa.decide.{name}", Weights(0.0, asked))
    monkeypatch.setattr("qa.decide.UNREAD", Weights(2.0, (0.0,) * len(names)))


def draft(*claims: Alignment) -> Draft:
    text = " ".join(claim.text for claim in claims)
    return Draft(text, claims, first_token=0.1)


def test_a_carried_claim_that_the_model_stands_by_is_the_answer() -> None:
    decision = decide(QUESTION, EVIDENCE, draft(CARRIED), scripted(states=0.9), caution=0.5)
    assert decision.answer is not None
    assert (decision.answer.said, decision.answer.quoted) == (CARRIED.text, False)
    assert decision.likely == pytest.approx(0.9)


def test_what_the_model_takes_back_is_refused() -> None:
    decision = decide(QUESTION, EVIDENCE, draft(CARRIED), scripted(states=0.1), caution=0.5)
    assert decision.answer is None
    assert decision.likely == pytest.approx(0.1)


def test_a_claim_that_says_yes_where_its_words_say_no_gives_way_to_these() -> None:
    banned = sentence("Dogs are forbidden on the sands.")
    claim = Alignment("Dogs are allowed on the sands.", (banned,), frozenset(), banned)
    yes, no, even = (0.95, 0.05), (0.6, 0.4), (0.5, 0.5)
    model = ScriptedModel(probabilities=((0.9, 0.1), even, yes, even, no, (0.9, 0.1)))
    asked = "Are dogs allowed on the sands?"
    decision = decide(asked, evidence_of(banned), draft(claim), model, caution=0.5)
    assert decision.answer is not None
    assert (decision.answer.said, decision.answer.quoted) == (banned.text, True)
    model = ScriptedModel(probabilities=((0.9, 0.1), even, yes, even, yes))
    decision = decide(asked, evidence_of(banned), draft(claim), model, caution=0.5)
    assert decision.answer is not None
    assert decision.answer.said == claim.text


def test_a_claim_that_nothing_carries_gives_way_to_the_sentence_it_comes_from() -> None:
    seen = replace(LOOSE, nearest=BEST)
    decision = decide(QUESTION, EVIDENCE, draft(seen), scripted(states=0.9), caution=0.5)
    assert decision.answer is not None
    assert (decision.answer.said, decision.answer.quoted) == (LIT, True)


def test_a_claim_in_other_words_is_the_answer_where_the_model_finds_it_stated() -> None:
    decision = decide(QUESTION, EVIDENCE, draft(LOOSE, REWORDED), scripted(states=0.9), caution=0.5)
    assert decision.answer is not None
    assert (decision.answer.said, decision.answer.cited) == (REWORDED.text, (SECOND,))
    assert [claim.sentences for claim in decision.answer.claims] == [(), (SECOND,)]
    model = ScriptedModel((), [(0.1, 0.9), (0.1, 0.9), (0.9, 0.1)])
    decision = decide(QUESTION, EVIDENCE, draft(REWORDED), model, caution=0.5)
    assert decision.answer is not None
    assert (decision.answer.said, decision.answer.quoted) == (SECOND.says, True)


def test_however_little_caution_a_claim_in_other_words_has_to_be_likely() -> None:
    seen = draft(REWORDED)
    decision = decide(QUESTION, EVIDENCE, seen, scripted(states=0.55), caution=0.0)
    assert decision.answer is not None
    assert decision.answer.quoted
    decision = decide(QUESTION, EVIDENCE, seen, scripted(states=0.65), caution=0.0)
    assert decision.answer is not None
    assert not decision.answer.quoted


TURNED = Alignment("High 42 metres the tower stands.", (SECOND,), frozenset(), SECOND)
COPIED = Alignment(SECOND.text, (SECOND,), frozenset(), SECOND)


@pytest.mark.parametrize(
    ("further", "states", "stands"),
    [
        (REWORDED, 0.9, True),
        (REWORDED, 0.4, False),
        (TURNED, 0.4, True),
        (TURNED, 0.1, False),
        (COPIED, 0.1, True),  # nobody is asked
        (LOOSE, 0.9, False),
    ],
)
def test_a_further_claim_is_read_beside_its_own_words(
    further: Alignment, states: float, *, stands: bool
) -> None:
    sure, judged = (0.9, 0.1), (states, 1 - states)
    model = ScriptedModel((), [sure, sure, judged, judged])
    decision = decide(QUESTION, EVIDENCE, draft(CARRIED, further), model, caution=0.5)
    assert decision.answer is not None
    assert decision.answer.leading is CARRIED
    assert [claim.supported for claim in decision.answer.claims] == [True, stands]
    for asked in model.chosen[2:3]:
        assert further.text in asked[-1].content
        assert SECOND.text in asked[-1].content
        assert BEST.text not in asked[-1].content
    assert len(model.chosen) == (2 if further in (COPIED, LOOSE) else 4)


def test_the_answer_is_what_is_carried_and_not_what_may_be_said_in_other_words() -> None:
    seen = draft(REWORDED, CARRIED)
    decision = decide(QUESTION, EVIDENCE, seen, scripted(states=0.9), caution=0.5)
    assert decision.answer is not None
    assert decision.answer.leading is CARRIED
    assert decision.answer.cited == (SECOND, BEST)  # of both, once the first was read


def test_a_further_claim_that_says_yes_where_its_words_say_no_is_not_carried() -> None:
    banned = sentence("Dogs are kept off the sands.", document=2)
    opened = sentence("The sands are open all year.")
    first = Alignment("The sands are open all year.", (opened,), frozenset(), opened)
    second = Alignment("Dogs are welcome on the sands.", (), frozenset(), banned, reworded=True)
    sure, even, yes, no = (0.9, 0.1), (0.5, 0.5), (0.95, 0.05), (0.05, 0.95)
    for said in (no, yes):
        script = [sure, even, even, even, sure, even, yes, said]
        model = ScriptedModel((), script)
        asked = "Are dogs allowed on the sands?"
        seen = draft(first, second)
        decision = decide(asked, evidence_of(opened, banned), seen, model, caution=0.5)
        assert decision.answer is not None
        assert [claim.supported for claim in decision.answer.claims] == [True, said is yes]


def test_where_the_answer_is_what_was_denied_the_rest_is_none() -> None:
    stands = Alignment("The tower was built by Anna.", (SECOND,), frozenset(), SECOND)
    high = Alignment("It is high: 42 metres, the tower.", (SECOND,), frozenset(), SECOND)
    sure, never = (0.9, 0.1), (0.01, 0.99)
    model = ScriptedModel((), [sure, sure, never, never, never, never])
    asked = "How high is the tower?"
    decision = decide(asked, EVIDENCE, draft(stands, high), model, caution=0.5)
    assert decision.answer is None
    assert decision.likely < 0.5


def test_an_answer_of_two_sentences_is_judged_beside_the_words_of_both() -> None:
    model = scripted(states=0.9)
    decision = decide(QUESTION, EVIDENCE, draft(CARRIED, COPIED), model, caution=0.5)
    assert decision.answer is not None
    assert decision.answer.cited == (BEST, SECOND)
    assert BEST.text in model.chosen[0][-1].content
    assert SECOND.text in model.chosen[0][-1].content


def test_a_question_is_not_quoted_as_an_answer() -> None:
    asks = sentence("When was the Skerry light first lit?")
    asks = replace(asks, asked=len(asks.text))
    decision = decide(QUESTION, evidence_of(asks), None, None, caution=0.5)
    assert decision.answer is None
    told = replace(sentence(f"When was it lit? {LIT}"), asked=len("When was it lit? "))
    decision = decide(QUESTION, evidence_of(told), None, None, caution=0.5)
    assert decision.answer is not None
    assert (decision.answer.said, decision.answer.cited) == (LIT, (told,))


def test_a_sentence_of_another_kind_is_no_answer_whatever_the_model_says() -> None:
    lit = sentence("it was lit.")
    seen = draft(replace(LOOSE, nearest=lit))
    decision = decide("Who lit it?", evidence_of(lit), seen, scripted(states=0.99), caution=0.5)
    assert (decision.answer, decision.likely) == (None, 0)


def test_without_a_draft_the_best_sentence_is_judged_and_no_model_is_asked() -> None:
    model = scripted(states=0.01)
    decision = decide(QUESTION, EVIDENCE, None, model, caution=0.5)
    assert decision.answer is not None
    assert decision.answer.cited == (BEST,)
    assert model.chosen == []


def test_a_sentence_that_no_model_read_needs_two_thirds_of_the_odds() -> None:
    likely = decide(QUESTION, EVIDENCE, None, None, caution=0.0).likely
    odds = 1.5 * likely / (1 - likely)
    just, beyond = (each / (1 + each) for each in (odds * 0.99, odds * 1.01))
    assert likely < just
    assert decide(QUESTION, EVIDENCE, None, None, caution=just).answer is not None
    assert decide(QUESTION, EVIDENCE, None, None, caution=beyond).answer is None


@pytest.mark.parametrize("model", [None, scripted(states=0.9)])
def test_what_is_likely_enough_is_never_so_at_the_greatest_caution(
    model: ScriptedModel | None,
) -> None:
    seen = draft(LOOSE) if model else None
    assert decide(QUESTION, EVIDENCE, seen, model, caution=1.0).answer is None


def test_the_sentence_is_judged_only_where_the_claim_was_refused() -> None:
    sure, unsure = scripted(states=0.9), scripted(states=0.1)
    decide(QUESTION, EVIDENCE, draft(CARRIED), sure, caution=0.5)
    decide(QUESTION, EVIDENCE, draft(CARRIED), unsure, caution=0.5)
    assert (len(sure.chosen), len(unsure.chosen)) == (2, 3)  # a claim by its looks too


@pytest.mark.parametrize("claim", [CARRIED, LOOSE])
def test_a_state_that_can_be_looked_into_counts_beside_the_model_s_word(
    claim: Alignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.check.probe_of", {"scripted": Probe(0, 0.0, (1.0,))}.get)
    model = scripted(states=0.5)
    for state, likely in ((math.log(9), 0.9), (-math.log(9), 0.1)):
        model.state = (state,)
        decision = decide(QUESTION, EVIDENCE, draft(claim), model, caution=0.5)
        assert decision.likely == pytest.approx(likely)


def test_a_draft_from_the_wrong_sentence_does_not_speak_against_the_best_one() -> None:
    model = ScriptedModel((), [(0.1, 0.9), (0.9, 0.1)])
    decision = decide(QUESTION, EVIDENCE, draft(LOOSE), model, caution=0.5)
    assert decision.answer is not None
    assert (decision.answer.cited, decision.answer.quoted) == ((BEST,), True)


def test_nothing_found_is_refused() -> None:
    decision = decide(QUESTION, evidence_of(), draft(), scripted(), caution=0.0)
    assert (decision.answer, decision.likely) == (None, 0)


def test_what_a_draft_is_drawn_from_is_quoted_rather_than_the_best() -> None:
    assert to_quote(EVIDENCE, draft(LOOSE)) == SECOND
    assert to_quote(EVIDENCE, None) == EVIDENCE.best


def test_a_model_s_death_reaches_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    model = scripted()

    def die(*_: object) -> None:
        raise ModelDied("It died.")

    monkeypatch.setattr(model, "choose", die)
    with pytest.raises(ModelDied):
        decide(QUESTION, EVIDENCE, draft(CARRIED), model, caution=0.5)

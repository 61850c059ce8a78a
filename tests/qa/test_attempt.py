"""Where the best few sentences give no answer, more of them are read, once."""

from collections.abc import Sequence

import pytest

from index.errors import ModelDied
from qa.answer import Token
from qa.attempt import Attempt, attempt
from qa.evidence import Evidence
from tests.qa.conftest import LIT, MISSING, said, sentence
from tests.scripted_model import ScriptedModel

WHEN = "When was the Skerry light first lit?"
LIT_IN = "The Skerry light was first lit in 1846."
SEALS = [f"Seals rest beside the Skerry light in cove {number}." for number in range(1, 9)]
TOKENS = 40
SURE, WEAK, UNSURE = (0.99, 0.01), (0.8, 0.2), (0.01, 0.99)
DIED = ModelDied("The answering model stopped.")


def evidence(*texts: str) -> Evidence:
    """The best first; what fits into `TOKENS` is picked."""
    ranked = [
        sentence(text, document=number, score=1 - number / 100)
        for number, text in enumerate(texts, 1)
    ]
    return Evidence(tuple(ranked), ()).widened(TOKENS)


def tried(
    found: Evidence,
    *replies: str | Exception,
    opinions: Sequence[tuple[float, float]] = (),
    believed: bool = True,
) -> tuple[Attempt, ScriptedModel, str]:
    """What came of it, the model, and the words that were shown."""
    model = ScriptedModel(replies, opinions)
    attempting = attempt(WHEN, found, model, tokens=TOKENS, caution=0.5, believed=believed)
    shown = ""
    while True:
        try:
            event = next(attempting)
        except StopIteration as end:
            result = end.value
            assert isinstance(result, Attempt)
            return result, model, shown
        shown += event.text if isinstance(event, Token) else ""


def read(model: ScriptedModel, request: int) -> str:
    return model.generated[request][-1].content


def test_what_the_first_sentences_lack_is_found_in_the_next() -> None:
    found = evidence(*SEALS[:5], LIT)
    result, model, shown = tried(found, MISSING, said(LIT_IN), opinions=[WEAK, SURE, UNSURE])
    assert LIT not in read(model, 0)
    assert LIT in read(model, 1)
    assert result.answered
    assert result.decision.answer is not None
    assert result.decision.answer.said == LIT_IN
    assert LIT in [each.text for each in result.evidence.sentences]
    assert LIT_IN not in shown


def test_an_answer_is_enough() -> None:
    result, model, shown = tried(evidence(LIT, *SEALS), said(LIT_IN), opinions=[SURE, UNSURE])
    assert result.answered
    assert len(model.generated) == 1
    assert shown.strip() == LIT_IN


def test_after_two_refusals_the_likelier_is_told() -> None:
    better = (0.88, 0.12)
    for opinions, first_kept in (([WEAK, UNSURE], True), ([WEAK, better], False)):
        result, model, _ = tried(evidence(*SEALS), MISSING, MISSING, opinions=opinions)
        assert not result.answered
        assert len(model.generated) == 2
        kept = [each.text for each in result.evidence.sentences]
        assert (kept[-1] in read(model, 0)) is first_kept


def test_nothing_is_read_twice_where_there_is_no_more() -> None:
    _, model, _ = tried(evidence(*SEALS[:3]), MISSING, opinions=[WEAK])
    assert len(model.generated) == 1


def test_what_the_documents_do_not_speak_of_is_refused_at_once() -> None:
    _, model, _ = tried(evidence(*SEALS), MISSING, opinions=[UNSURE])
    assert len(model.generated) == 1


def test_a_model_that_is_not_believed_reads_once() -> None:
    _, model, _ = tried(evidence(*SEALS), said(LIT_IN), believed=False)
    assert len(model.generated) == 1


@pytest.mark.parametrize("replies", [(DIED,), (MISSING, DIED)])
def test_the_death_of_the_model_ends_the_reading_and_is_told(
    replies: tuple[str | Exception, ...],
) -> None:
    result, model, _ = tried(evidence(*SEALS), *replies, opinions=[WEAK])
    assert len(model.generated) == len(replies)
    assert str(DIED) in result.notes[0]

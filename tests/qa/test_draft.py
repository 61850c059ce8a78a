"""A model's draft is streamed, counted and aligned to the evidence."""

import pytest

from index.errors import Cancelled, ModelDied
from qa.answer import Reading, Token
from qa.draft import Draft, reply, write
from qa.language_model import Message
from tests.qa.conftest import LIT, MISSING, TALL, evidence_of, said, scripted, sentence
from tests.scripted_model import ScriptedModel

QUESTION = "When was the Skerry light first lit?"
EVIDENCE = evidence_of(sentence(LIT), sentence(TALL, document=2))


def drafted(model: ScriptedModel) -> tuple[list[Reading | Token], Draft]:
    events: list[Reading | Token] = []
    writing = write(QUESTION, EVIDENCE, model)
    while True:
        try:
            events.append(next(writing))
        except StopIteration as end:
            return events, end.value


def test_what_is_shown_while_it_is_written_is_what_the_draft_says() -> None:
    events, draft = drafted(scripted(said(f"{LIT} {TALL}")))
    assert draft.text == f"{LIT} {TALL}"
    assert "".join(e.text for e in events if isinstance(e, Token)).strip() == draft.text
    assert [claim.supported for claim in draft.claims] == [True, True]


def test_reading_is_told_before_anything_is_written() -> None:
    events, _ = drafted(scripted(said(LIT)))
    kinds = [type(event) for event in events]
    assert kinds == sorted(kinds, key=[Reading, Token].index)
    assert kinds[0] is Reading


def test_a_model_that_finds_nothing_drafts_nothing() -> None:
    _, draft = drafted(scripted(MISSING))
    assert (draft.text, draft.claims) == ("", ())


def test_the_time_to_the_first_token_is_told() -> None:
    model = scripted(said(LIT))
    _, draft = drafted(model)
    assert draft.first_token is not None


@pytest.mark.parametrize("error", [ModelDied("It died."), Cancelled()])
def test_what_befalls_the_model_reaches_the_caller(error: Exception) -> None:
    with pytest.raises(type(error)):
        drafted(scripted(error))


def test_a_short_reply_comes_whole_and_trimmed() -> None:
    said = [Message("user", "Say it.")]
    assert reply(said, scripted("  How high is it?\n"), max_tokens=20) == "How high is it?"
    assert reply(said, scripted("one two three four"), max_tokens=2) == "one two"

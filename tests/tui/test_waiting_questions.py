"""Asking on while an answer is in progress."""

import threading

from textual.widgets import Input

from index.errors import StoreError
from qa.answer import Token, Turn
from tests.tui.fake_desk import FIRST, OTHER_HEIGHT, FakeAssistant, answer, script
from tests.tui.pilots import AppPilot, app_with, ask, shown, until
from tui.source_view import SourceView

SECOND = script(answer("43 metres [3].", citations=answer().citations[2:]))


async def ask_meanwhile(pilot: AppPilot, question: str) -> None:
    pilot.app.query_one(Input).value = question
    await pilot.press("enter")
    await until(pilot, lambda: "waits for the answer before it" in shown(pilot))


async def test_a_question_asked_meanwhile_waits_and_carries_the_answer_that_it_waited_for() -> None:
    written = threading.Event()
    fake = FakeAssistant((*script()[:3], written, *script()[3:]), SECOND)
    async with app_with(fake).run_test(size=(140, 40)) as pilot:
        await ask(pilot, seen="The lamp")
        await ask_meanwhile(pilot, "How high?")
        assert len(fake.asked) == 1
        assert fake.cancelled == 0
        written.set()
        await until(pilot, lambda: "43 metres [3]." in shown(pilot))
        first = Turn("user", "When was it lit?"), Turn("assistant", answer().text)
        assert fake.asked[1] == ("How high?", first)


async def test_escape_takes_back_what_waits_and_then_stops_the_answer() -> None:
    fake = FakeAssistant((*script()[:3], threading.Event()))
    async with app_with(fake).run_test(size=(140, 40)) as pilot:
        await ask(pilot, seen="The lamp")
        await ask_meanwhile(pilot, "How high?")
        await pilot.press("escape")
        await until(pilot, lambda: "waits for" not in shown(pilot))
        assert pilot.app.query_one(Input).value == "How high?"
        assert fake.cancelled == 0
        await pilot.press("escape")
        await until(pilot, lambda: "■ cancelled" in shown(pilot))
        assert "The lamp" in shown(pilot)
        assert len(fake.asked) == 1


async def test_what_is_typed_is_kept_where_a_waiting_question_is_taken_back() -> None:
    fake = FakeAssistant((*script()[:3], threading.Event()))
    async with app_with(fake).run_test(size=(140, 40)) as pilot:
        await ask(pilot, seen="The lamp")
        await ask_meanwhile(pilot, "How high?")
        await pilot.press(*"And", "escape")
        await until(pilot, lambda: "waits for" not in shown(pilot))
        assert pilot.app.query_one(Input).value == "And"


async def test_an_answer_that_is_being_read_is_not_pushed_away_by_the_next() -> None:
    written = threading.Event()
    fake = FakeAssistant((*script()[:3], written, *script()[3:]), SECOND)
    async with app_with(fake).run_test(size=(140, 40)) as pilot:
        view = pilot.app.query_one(SourceView)
        await ask(pilot, seen="The lamp")
        await ask_meanwhile(pilot, "How high?")
        written.set()
        await until(pilot, lambda: "another answer: Ctrl+Down" in shown(pilot))
        assert view.quote == FIRST
        await pilot.press("ctrl+down")
        await until(pilot, lambda: view.quote == OTHER_HEIGHT)
        assert "another answer" not in shown(pilot)


async def test_a_question_that_waits_is_asked_though_the_one_before_failed() -> None:
    failing = threading.Event()
    fake = FakeAssistant((*script()[:3], failing, StoreError("The index is broken.")), SECOND)
    async with app_with(fake).run_test(size=(140, 40)) as pilot:
        await ask(pilot, seen="The lamp")
        await ask_meanwhile(pilot, "How high?")
        failing.set()
        await until(pilot, lambda: "43 metres [3]." in shown(pilot))
        await until(pilot, lambda: pilot.app.query_one(SourceView).quote == OTHER_HEIGHT)
        assert "✖ The index is broken." in shown(pilot)


async def test_a_new_conversation_forgets_what_waits() -> None:
    fake = FakeAssistant((*script()[:3], threading.Event(), Token("late")))
    async with app_with(fake).run_test(size=(140, 40)) as pilot:
        await ask(pilot, seen="The lamp")
        await ask_meanwhile(pilot, "How high?")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "12 documents are on your shelf" in shown(pilot))
        assert [question for question, _ in fake.asked] == ["When was it lit?"]


async def test_a_desk_that_opens_meanwhile_does_not_ask_again_what_is_being_answered() -> None:
    written = threading.Event()
    fake = FakeAssistant((*script()[:3], written, *script()[3:]))
    app = app_with(fake)
    async with app.run_test(size=(140, 40)) as pilot:
        await ask(pilot, seen="The lamp")
        app.on_desk_opened()
        await pilot.pause(0.3)
        written.set()
        await until(pilot, lambda: "6.2 s" in shown(pilot))
        assert len(fake.asked) == 1

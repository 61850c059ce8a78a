"""The help with every key: `?` and F1, on every screen."""

import pytest
from textual import events
from textual.widgets import HelpPanel

from tests.tui.fake_desk import FakeAssistant
from tests.tui.pilots import app_with, ask, shown, until
from tui.question import QuestionInput

SIZE = (140, 40)


@pytest.mark.parametrize("key", ["question_mark", "f1"])
async def test_in_an_empty_question_either_key_opens_the_help_and_closes_it(key: str) -> None:
    async with app_with(FakeAssistant()).run_test(size=SIZE) as pilot:
        await pilot.press(key)
        await until(pilot, lambda: pilot.app.screen.query(HelpPanel))
        await until(pilot, lambda: "Type a question and press" in shown(pilot))
        await pilot.press(key)
        await until(pilot, lambda: not pilot.app.screen.query(HelpPanel))


async def test_within_a_question_its_mark_is_a_letter() -> None:
    async with app_with(FakeAssistant()).run_test(size=SIZE) as pilot:
        for key, letter in zip(("w", "h", "y", "question_mark"), "why?", strict=True):
            pilot.app.post_message(events.Key(key, letter))  # all at once, as from a fast hand
        await until(pilot, lambda: len(pilot.app.query_one(QuestionInput).value) == 4)
        assert pilot.app.query_one(QuestionInput).value == "why?"
        assert not pilot.app.screen.query(HelpPanel)


@pytest.mark.parametrize("screen", ["f2", "f3", "f4", "f5"])
async def test_every_screen_has_the_help(screen: str) -> None:
    async with app_with(FakeAssistant()).run_test(size=SIZE) as pilot:
        await pilot.press(screen)
        await until(pilot, lambda: "Back" in shown(pilot), seconds=60)
        await pilot.press("f1")
        await until(pilot, lambda: pilot.app.screen.query(HelpPanel))
        assert "Quit" in shown(pilot)


async def test_beside_an_answer_the_help_names_the_keys_of_the_conversation() -> None:
    async with app_with(FakeAssistant()).run_test(size=(140, 60)) as pilot:
        await ask(pilot)
        pilot.app.screen.query_one("#conversation").focus()
        await pilot.press("question_mark")
        await until(pilot, lambda: "Copy the answer" in shown(pilot))
        text = shown(pilot)
        for said in ("Open the file", "Copy the quote", "your documents"):
            assert said in text

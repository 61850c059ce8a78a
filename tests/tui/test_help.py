"""The help with every key: `?` and F1, on every screen."""

import pytest
from textual import events

from tests.tui.every_screen import SCREENS, MakeApp, reached
from tests.tui.fake_desk import FakeAssistant
from tests.tui.pilots import AppPilot, app_with, ask, shown, until
from tui.help import Help
from tui.looks import Looks
from tui.question import QuestionInput

SIZE = (140, 40)


def helped(pilot: AppPilot) -> bool:
    return isinstance(pilot.app.screen, Help)


@pytest.mark.parametrize("key", ["question_mark", "f1"])
async def test_in_an_empty_question_either_key_opens_the_help_and_closes_it(key: str) -> None:
    async with app_with(FakeAssistant()).run_test(size=SIZE) as pilot:
        await pilot.press(key)
        await until(pilot, lambda: "Type a question and press" in shown(pilot))
        assert helped(pilot)
        await pilot.press(key)
        await until(pilot, lambda: not helped(pilot))
        await pilot.press(*"Why")
        assert pilot.app.screen.query_one(QuestionInput).value == "Why"


async def test_within_a_question_its_mark_is_a_letter() -> None:
    async with app_with(FakeAssistant()).run_test(size=SIZE) as pilot:
        for key, letter in zip(("w", "h", "y", "question_mark"), "why?", strict=True):
            pilot.app.post_message(events.Key(key, letter))  # all at once, as from a fast hand
        await until(pilot, lambda: len(pilot.app.query_one(QuestionInput).value) == 4)
        assert pilot.app.query_one(QuestionInput).value == "why?"
        assert not helped(pilot)


@pytest.mark.parametrize("there", SCREENS)
async def test_the_help_names_every_key_of_the_footer(whole_app: MakeApp, there: str) -> None:
    async with whole_app(Looks()).run_test(size=(140, 60)) as pilot:
        await reached(pilot, SCREENS[there])
        footer = {
            each.binding.description
            for each in pilot.app.screen.active_bindings.values()
            if each.binding.show
        }
        await pilot.press("f1")
        await until(pilot, lambda: helped(pilot))
        await until(pilot, lambda: "Everywhere" in shown(pilot))
        assert [name for name in footer if name not in shown(pilot)] == []


async def test_beside_an_answer_the_help_names_the_keys_of_the_conversation() -> None:
    async with app_with(FakeAssistant()).run_test(size=(140, 60)) as pilot:
        await ask(pilot)
        pilot.app.screen.query_one("#conversation").focus()
        await pilot.press("question_mark")
        for said in ("Copy the answer", "Open the file", "Copy the quote", "your documents"):
            await until(pilot, lambda said=said: said in shown(pilot))
        await until(pilot, lambda: "A source by its number" in shown(pilot))


async def test_a_help_that_is_longer_than_the_screen_is_scrolled_by_keys() -> None:
    async with app_with(FakeAssistant()).run_test(size=(80, 24)) as pilot:
        await pilot.press("f1")
        await until(pilot, lambda: "Type a question and press" in shown(pilot))
        assert "Quit" not in shown(pilot)
        await pilot.press("end")
        await until(pilot, lambda: "Quit" in shown(pilot))


async def test_the_palette_opens_the_help_too() -> None:
    app = app_with(FakeAssistant())
    async with app.run_test(size=SIZE) as pilot:
        commands = {command.title: command for command in app.get_system_commands(app.screen)}
        commands["Keys"].callback()
        await until(pilot, lambda: helped(pilot))

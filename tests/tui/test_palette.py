"""Whatever has a key can be found by its name."""

import pytest

from tests.tui.every_screen import SCREENS, MakeApp, reached
from tests.tui.fake_desk import FakeAssistant
from tests.tui.pilots import AppPilot, app_with, ask, until
from tui.conversation import Conversation
from tui.looks import Looks


def offered(pilot: AppPilot) -> dict[str, object]:
    """What the palette offers, each with what it runs."""
    commands = pilot.app.get_system_commands(pilot.app.screen)
    return {command.title: command.callback for command in commands}


async def test_what_can_be_done_with_an_answer_is_offered_once_there_is_one() -> None:
    async with app_with(FakeAssistant()).run_test(size=(140, 40)) as pilot:
        assert "Copy the quote" not in offered(pilot)
        assert "The shelf" in offered(pilot)
        await ask(pilot)
        titles = [each.title for each in pilot.app.get_system_commands(pilot.app.screen)]
        assert {"Copy the answer", "Copy the quote", "Open the file", "Ask again"} <= set(titles)
        assert {"Next source", "Previous source", "Edit the question", "New"} <= set(titles)
        assert len(titles) == len(set(titles))
        assert not any(title.startswith("Source ") for title in titles)


async def test_a_command_does_what_its_key_does() -> None:
    async with app_with(FakeAssistant()).run_test(size=(140, 40)) as pilot:
        await ask(pilot)
        run = offered(pilot)["New"]
        assert callable(run)
        await run()
        await until(pilot, lambda: not pilot.app.screen.query_one(Conversation).turns)


@pytest.mark.parametrize("there", SCREENS)
async def test_on_every_screen_what_the_footer_shows_is_offered(
    whole_app: MakeApp, there: str
) -> None:
    async with whole_app(Looks()).run_test(size=(140, 40)) as pilot:
        await reached(pilot, SCREENS[there])
        titles = offered(pilot)
        keys = [
            each.binding
            for each in pilot.app.screen.active_bindings.values()
            if each.enabled and each.binding.show and each.node is not pilot.app
        ]
        assert keys
        assert [each for each in keys if each.description not in titles] == []
        assert {"Conversations", "The shelf", "Models", "Evaluation", "Quit"} <= titles.keys()

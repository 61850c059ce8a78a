"""Terminals that know few colours, as many do that are reached over ssh."""

import pytest
from rich.color import ColorSystem

from tests.tui.every_screen import DIALOGS, SCREENS, MakeApp, reached
from tests.tui.pilots import AppPilot, strips
from tui.looks import Looks
from tui.themes import THEMES

EVERYWHERE = {**SCREENS, **DIALOGS}


def unseen(pilot: AppPilot, system: ColorSystem) -> list[str]:
    """The words whose colour is that of their ground in a terminal of this kind."""
    return [
        segment.text
        for strip in strips(pilot)
        for segment in strip
        if any(letter.isalnum() for letter in segment.text)
        if segment.style and segment.style.color and segment.style.bgcolor
        if segment.style.color.downgrade(system) == segment.style.bgcolor.downgrade(system)
    ]


@pytest.mark.parametrize("there", EVERYWHERE)
async def test_no_words_are_lost_in_a_terminal_of_few_colours(
    whole_app: MakeApp, there: str
) -> None:
    async with whole_app(Looks()).run_test(size=(120, 40)) as pilot:
        await reached(pilot, EVERYWHERE[there])
        for theme in THEMES:
            pilot.app.theme = theme.name
            await pilot.pause()
            for system in (ColorSystem.STANDARD, ColorSystem.EIGHT_BIT):
                assert unseen(pilot, system) == [], (theme.name, system)

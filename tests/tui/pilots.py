"""Driving the app: ask, wait, and read what is on the screen."""

import asyncio
from collections.abc import Callable
from time import monotonic

from textual.pilot import Pilot
from textual.strip import Strip

from tests.tui.fake_desk import FakeAssistant
from tui.app import LecternApp
from tui.question import QuestionInput
from tui.services import Services

AppPilot = Pilot[None]


def app_with(assistant: FakeAssistant) -> LecternApp:
    return LecternApp(Services(lambda: assistant))


async def until(pilot: AppPilot, true: Callable[[], object], *, seconds: float = 10.0) -> float:
    """Wait for something to become true, and say how long that took."""
    began = monotonic()
    while not true():
        assert monotonic() - began < seconds, f"not within {seconds} s:\n{shown(pilot)}"
        await pilot.pause()
        await asyncio.sleep(0.01)
    await pilot.pause()
    return monotonic() - began


async def ask(pilot: AppPilot, question: str = "When was it lit?", *, seen: str = "6.2 s") -> None:
    """Type a question, and wait until something is to be seen."""
    pilot.app.query_one(QuestionInput).value = question
    await pilot.press("enter")
    await until(pilot, lambda: seen in shown(pilot))


def strips(pilot: AppPilot) -> list[Strip]:
    screen = pilot.app.screen
    return screen._compositor.render_strips(screen.size)


def shown(pilot: AppPilot) -> str:
    """What is on the screen, as text."""
    return "\n".join(strip.text.rstrip() for strip in strips(pilot))

"""Driving the shelf's screen."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.tui.fake_desk import FakeAssistant
from tests.tui.fake_shelf import FakeKeeper
from tests.tui.pilots import AppPilot, shown, until
from tui.app import LecternApp
from tui.services import Services


@asynccontextmanager
async def opened(
    keeper: FakeKeeper | None,
    assistant: FakeAssistant | None = None,
    *,
    size: tuple[int, int] = (140, 40),
) -> AsyncIterator[AppPilot]:
    """The app with the shelf's screen in front."""
    fake = assistant or FakeAssistant()
    app = LecternApp(Services(lambda: fake, shelf_keeper=keeper))
    async with app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, lambda: "on your shelf" in shown(pilot))
        await pilot.press("f3")
        await until(pilot, lambda: "Lectern · The shelf" in shown(pilot))
        if keeper and keeper.shelf:
            await until(pilot, lambda: "Documents · " in shown(pilot))
        yield pilot

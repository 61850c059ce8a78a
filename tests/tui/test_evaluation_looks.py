"""What the evaluation screen and the drafts look like, in a terminal of each kind."""

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.tui.fake_evaluations import FakeEvaluations
from tests.tui.kinds import EACH_KIND
from tests.tui.pilots import shown, until
from tests.tui.test_evaluation import app_with, entered, finished, in_records
from tests.tui.test_review import reviewing
from tui.source_view import SourceView


async def chosen(pilot: Pilot[None]) -> None:
    await entered(pilot)
    for field in pilot.app.screen.query(Input):
        field.cursor_blink = False


async def case_opened(pilot: Pilot[None]) -> None:
    await entered(pilot)
    await finished(pilot)
    await pilot.press("down")
    await until(pilot, lambda: "light-002" in shown(pilot))


async def compared(pilot: Pilot[None]) -> None:
    await in_records(pilot)
    await pilot.press("c", "down", "c")
    await until(pilot, lambda: "light-001" in shown(pilot))


async def drafts(pilot: Pilot[None]) -> None:
    await reviewing(pilot)
    await until(pilot, lambda: pilot.app.screen.query_one(SourceView).quote)


async def made(pilot: Pilot[None]) -> None:
    await entered(pilot)
    await pilot.press("g")
    await until(pilot, lambda: "Begin" in shown(pilot))
    await pilot.press("enter")
    await until(pilot, lambda: "d goes through them" in shown(pilot))


async def ordering(pilot: Pilot[None]) -> None:
    await entered(pilot)
    await pilot.press("g")
    await until(pilot, lambda: "Begin" in shown(pilot))
    for screen in pilot.app.screen_stack:
        for field in screen.query(Input):
            field.cursor_blink = False


@EACH_KIND
@pytest.mark.parametrize("reached", [chosen, case_opened, compared, drafts, ordering, made])
def test_the_evaluation_screen(
    snap_compare: Callable[..., bool],
    size: tuple[int, int],
    theme: str,
    reached: Callable[[Pilot[None]], Awaitable[None]],
) -> None:
    async def reached_so(pilot: Pilot[None]) -> None:
        pilot.app.theme = theme
        await reached(pilot)

    assert snap_compare(app_with(FakeEvaluations()), terminal_size=size, run_before=reached_so)

"""What the evaluation screen and the drafts look like, in a terminal of each kind."""

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.tui.fake_evaluations import FakeEvaluations
from tests.tui.pilots import shown, until
from tests.tui.test_evaluation import app_with, entered, finished, in_records
from tests.tui.test_review import reviewing
from tui.source_view import SourceView

SIZES = pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=["narrow", "wide"])


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


@SIZES
@pytest.mark.parametrize("reached", [chosen, case_opened, compared, drafts])
def test_the_evaluation_screen(
    snap_compare: Callable[..., bool],
    size: tuple[int, int],
    reached: Callable[[Pilot[None]], Awaitable[None]],
) -> None:
    assert snap_compare(app_with(FakeEvaluations()), terminal_size=size, run_before=reached)


@pytest.mark.parametrize("reached", [case_opened, drafts])
def test_the_evaluation_screen_in_a_light_theme(
    snap_compare: Callable[..., bool], reached: Callable[[Pilot[None]], Awaitable[None]]
) -> None:
    app = app_with(FakeEvaluations())

    async def lit(pilot: Pilot[None]) -> None:
        pilot.app.theme = "textual-light"
        await reached(pilot)

    assert snap_compare(app, terminal_size=(140, 40), run_before=lit)

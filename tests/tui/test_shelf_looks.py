"""What the shelf looks like, in a terminal of each kind."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from qa.upkeep_events import Step
from tests.tui.fake_desk import FakeAssistant
from tests.tui.fake_shelf import SHELF, FakeKeeper
from tests.tui.kinds import EACH_KIND
from tests.tui.pilots import shown, until
from tui.app import LecternApp
from tui.path_input import PathInput
from tui.services import Services


def app_with(keeper: FakeKeeper) -> LecternApp:
    return LecternApp(Services(FakeAssistant, shelf_keeper=keeper))


async def opened(pilot: Pilot[None]) -> None:
    await until(pilot, lambda: "on your shelf" in shown(pilot))
    await pilot.press("f3")
    await until(pilot, lambda: "Documents · 3" in shown(pilot))


@EACH_KIND
def test_the_shelf_with_marks_and_work_in_progress(
    snap_compare: Callable[..., bool], size: tuple[int, int], theme: str
) -> None:
    working = (Step("indexing", 3, 12, "history/skerry-light.md"), threading.Event())

    async def marked(pilot: Pilot[None]) -> None:
        pilot.app.theme = theme
        await opened(pilot)
        await pilot.press("tab", "tab", "down", "space", "u")
        await until(pilot, lambda: "Indexing 3 of 12" in shown(pilot))

    app = app_with(FakeKeeper(SHELF, working))
    assert snap_compare(app, terminal_size=size, run_before=marked)


@EACH_KIND
def test_asking_for_a_path(
    snap_compare: Callable[..., bool],
    size: tuple[int, int],
    theme: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("notes", "papers"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path)

    async def asked(pilot: Pilot[None]) -> None:
        pilot.app.theme = theme
        await opened(pilot)
        await pilot.press("a")
        await until(pilot, lambda: "papers/" in shown(pilot))
        pilot.app.screen.query_one(PathInput).cursor_blink = False
        await pilot.press("down")

    assert snap_compare(app_with(FakeKeeper()), terminal_size=size, run_before=asked)


@EACH_KIND
def test_asking_before_a_source_is_removed(
    snap_compare: Callable[..., bool], size: tuple[int, int], theme: str
) -> None:
    async def asked(pilot: Pilot[None]) -> None:
        pilot.app.theme = theme
        await opened(pilot)
        await pilot.press("x")
        await until(pilot, lambda: "off the shelf?" in shown(pilot))

    assert snap_compare(app_with(FakeKeeper()), terminal_size=size, run_before=asked)

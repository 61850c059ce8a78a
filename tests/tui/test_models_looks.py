"""What the models' screen looks like, in a terminal of each kind."""

import threading
from collections.abc import Callable
from dataclasses import replace

from textual.pilot import Pilot

from index.errors import DownloadFailed
from qa.trial import Trying
from tests.tui.fake_desk import FakeAssistant
from tests.tui.fake_keeper import LARGE, OTHER, SMALL, FakeKeeper
from tests.tui.kinds import EACH_KIND
from tests.tui.pilots import shown, until
from tui.app import LecternApp
from tui.services import Services


def app_with(keeper: FakeKeeper) -> LecternApp:
    return LecternApp(Services(FakeAssistant, model_keeper=keeper))


@EACH_KIND
def test_a_model_is_being_tested(
    snap_compare: Callable[..., bool], size: tuple[int, int], theme: str
) -> None:
    keeper = FakeKeeper(
        replace(LARGE, fetched=412_000_000),
        SMALL,
        OTHER,
        work=(Trying("reading", 160, 245), threading.Event()),
    )

    async def testing(pilot: Pilot[None]) -> None:
        pilot.app.theme = theme
        await pilot.press("f4")
        await until(pilot, lambda: "Apache-2.0" in shown(pilot))
        await pilot.press("t")
        await until(pilot, lambda: "160 of 245 tokens" in shown(pilot))
        await until(pilot, lambda: "x Stop" in shown(pilot))

    assert snap_compare(app_with(keeper), terminal_size=size, run_before=testing)


@EACH_KIND
def test_a_fetch_has_failed(
    snap_compare: Callable[..., bool], size: tuple[int, int], theme: str
) -> None:
    failure = DownloadFailed(
        "'large' could not be fetched. https://hub: no answer.",
        hint="Run `lectern models pull large` again: it goes on with what has come.",
    )

    async def failed(pilot: Pilot[None]) -> None:
        pilot.app.theme = theme
        await pilot.press("f4")
        await until(pilot, lambda: "Apache-2.0" in shown(pilot))
        await pilot.press("up", "p")
        await until(pilot, lambda: "✖ 'large' could" in shown(pilot))
        await until(pilot, lambda: "p Fetch" in shown(pilot) and "x Stop" not in shown(pilot))

    keeper = FakeKeeper(work=(failure,))
    assert snap_compare(app_with(keeper), terminal_size=size, run_before=failed)

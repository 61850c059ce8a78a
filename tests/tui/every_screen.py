"""Every screen and every dialog of the app, with something on it, and how one gets there."""

from collections.abc import Awaitable, Callable

from textual.widgets import Input

from tests.tui.pilots import AppPilot, ask, shown, until
from tui.app import LecternApp
from tui.looks import Looks
from tui.source_view import SourceView

ASKED = "When was the lamp of Skerry Light first lit?"
MakeApp = Callable[[Looks], LecternApp]
"""The fixture `whole_app`: with all that lies behind the screens."""
STILL = 4
"""Looks in a row at which a screen that has settled is the same."""
Reach = Callable[[AppPilot], Awaitable[object]]


def _by(*keys: str, seen: str, after: "Reach | None" = None) -> Reach:
    """Press keys, from the first screen or from another, until something is to be seen."""

    async def reach(pilot: AppPilot) -> None:
        await (after or _welcome)(pilot)
        await pilot.press(*keys)
        await until(pilot, lambda: seen in shown(pilot))

    return reach


async def _welcome(pilot: AppPilot) -> None:
    await until(pilot, lambda: "How high is it?" in shown(pilot))


async def _answered(pilot: AppPilot) -> None:
    await _welcome(pilot)
    await ask(pilot, seen="▸ When")
    view = pilot.app.screen.query_one(SourceView)
    await until(pilot, lambda: view.quote and not pilot.app.screen.query(".draft"))


async def _helped(pilot: AppPilot) -> None:
    await _answered(pilot)
    pilot.app.screen.query_one("#conversation").focus()
    await pilot.press("f1")
    await until(pilot, lambda: "The conversation." in shown(pilot))


async def _choosing_model(pilot: AppPilot) -> None:
    await _answered(pilot)
    await pilot.app.action_choose_model()  # type: ignore[attr-defined]
    await until(pilot, lambda: "own.gguf" in shown(pilot))


_sessions = _by("f2", seen=ASKED)
_shelf = _by("f3", seen="Documents · 3")
_models = _by("f4", seen="Apache-2.0")
_evaluation = _by("f5", seen="126 cases")

SCREENS: dict[str, Reach] = {
    "welcome": _welcome,
    "answered": _answered,
    "conversations": _sessions,
    "shelf": _shelf,
    "models": _models,
    "evaluation": _evaluation,
    "cases": _by("enter", seen="Kept as", after=_evaluation),
    "drafts": _by("down", "d", seen="Evidence 1 of 2", after=_evaluation),
}
DIALOGS: dict[str, Reach] = {
    "another title": _by("r", seen="Another title", after=_sessions),
    "deleting": _by("d", seen="for good?", after=_sessions),
    "adding": _by("a", seen="papers/", after=_shelf),
    "removing": _by("x", seen="off the shelf?", after=_shelf),
    "another model": _by("slash", seen="A hub REPO:FILE", after=_models),
    "drafting": _by("g", seen="Begin", after=_evaluation),
    "asking again": _choosing_model,
    "help": _helped,
}


async def reached(pilot: AppPilot, reach: Reach) -> None:
    """Go there, with no cursor blinking on any screen, and wait until all of it is laid out."""
    await reach(pilot)
    for screen in pilot.app.screen_stack:
        for line in screen.query(Input):
            line.cursor_blink = False
    await pilot.pause()
    seen: list[str] = []

    def settled() -> bool:
        seen.append(shown(pilot))
        return len(seen) >= STILL and len(set(seen[-STILL:])) == 1

    await until(pilot, settled)

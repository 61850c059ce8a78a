"""Nothing flickers: what stays on the screen is in every paint of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

from textual.screen import Screen

from tests.tui.fake_desk import FIRST, FakeAssistant, Step, script
from tests.tui.pilots import AppPilot, app_with, ask, shown, until
from tui.source_view import SourceView
from tui.turn import TurnView


@contextmanager
def paints(pilot: AppPilot) -> Iterator[list[str]]:
    """What is on the screen after every paint."""
    seen: list[str] = []
    paint = Screen._compositor_refresh

    def noted(screen: Screen[object]) -> None:
        paint(screen)
        if screen.is_current and not pilot.app._batch_count:
            seen.append(shown(pilot))

    with patch.object(Screen, "_compositor_refresh", noted):
        yield seen


def slowly() -> tuple[Step, ...]:
    """An ordinary answer, with time for a paint after every step."""
    return tuple(each for step in script() for each in (step, 0.05))


async def answered(pilot: AppPilot, question: str) -> None:
    await ask(pilot, question, seen=f"▸ {question}")
    await until(pilot, lambda: all(turn.over for turn in pilot.app.screen.query(TurnView)))
    await pilot.pause(0.2)


def from_the_first(seen: list[str], true: Callable[[str], bool]) -> list[str]:
    """The paints from the first for which something is true."""
    return seen[next(at for at, screen in enumerate(seen) if true(screen)) :]


async def test_from_its_first_word_on_an_answer_is_in_every_paint() -> None:
    async with app_with(FakeAssistant(slowly())).run_test(size=(140, 40)) as pilot:
        with paints(pilot) as seen:
            await answered(pilot, "When?")
        later = from_the_first(seen, lambda screen: "The lamp was" in screen)
        # The draft, and in the same paint in which it goes the checked answer.
        assert all("The lamp was" in screen for screen in later)
        quoted = from_the_first(seen, lambda screen: f"“{FIRST}”" in screen)
        assert all(f"“{FIRST}”" in screen or "The lamp was" in screen for screen in quoted)


async def test_the_source_of_the_answer_before_stays_until_the_next_has_one() -> None:
    async with app_with(FakeAssistant(slowly())).run_test(size=(140, 40)) as pilot:
        await answered(pilot, "When?")
        view = pilot.app.screen.query_one(SourceView)
        await until(pilot, lambda: view.quote == FIRST)
        with paints(pilot) as seen:
            await answered(pilot, "And how high?")
        assert seen
        assert all("Oil was landed twice a year." in screen for screen in seen)
        assert all("▸ When?" in screen or "▸ And how high?" in screen for screen in seen)

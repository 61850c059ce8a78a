"""Every screen and dialog in the looks for weak eyes and for a screen reader."""

import threading
from collections.abc import Callable

import pytest
from rich.color_triplet import ColorTriplet
from textual.pilot import Pilot

from qa.answer import Found, Reading
from tests.tui.every_screen import DIALOGS, SCREENS, MakeApp, reached
from tests.tui.fake_desk import FakeAssistant
from tests.tui.kinds import EACH_KIND, SIZES
from tests.tui.pilots import AppPilot, ask, shown, strips
from tui.app import LecternApp
from tui.looks import Looks
from tui.services import Services

LOOKS = {
    "contrast-dark": (Looks(theme="contrast-dark"), SIZES["wide"]),
    "contrast-light": (Looks(theme="contrast-light"), SIZES["narrow"]),
    "linear-wide": (Looks(linear=True), SIZES["wide"]),
    "linear-narrow": (Looks(linear=True), SIZES["narrow"]),
}
EVERYWHERE = {**SCREENS, **DIALOGS}


@pytest.mark.parametrize("kind", LOOKS)
@pytest.mark.parametrize("screen", SCREENS)
def test_the_looks_that_are_chosen_go_for_every_screen(
    snap_compare: Callable[..., bool], whole_app: MakeApp, screen: str, kind: str
) -> None:
    looks, size = LOOKS[kind]

    async def there(pilot: Pilot[None]) -> None:
        await reached(pilot, SCREENS[screen])

    assert snap_compare(whole_app(looks), terminal_size=size, run_before=there)


@EACH_KIND
@pytest.mark.parametrize("dialog", ["asking again", "help", "another model"])
def test_the_dialogs(
    snap_compare: Callable[..., bool],
    whole_app: MakeApp,
    dialog: str,
    size: tuple[int, int],
    theme: str,
) -> None:
    async def there(pilot: Pilot[None]) -> None:
        await reached(pilot, DIALOGS[dialog])

    assert snap_compare(whole_app(Looks(theme=theme)), terminal_size=size, run_before=there)


BESIDE = {
    "answered": ("#conversation", "#evidence"),
    "shelf": ("#shelf-sources", "#shelf-contents"),
    "evaluation": ("#sets", "#order"),
    "cases": (".cases", ".case"),
    "drafts": ("#drafts", "#draft-beside"),
}
TITLES = {
    "answered": ("Conversation", "Sources", "Source"),
    "conversations": ("Conversations",),
    "shelf": ("Sources", "Documents · 3", "Skipped · 2"),
    "evaluation": ("Sets", "Run", "Earlier evaluations"),
    "drafts": ("Evidence 1 of 2",),
    "another title": ("Another title",),
    "adding": ("Add to the shelf",),
    "asking again": ("Ask again with",),
    "drafting": ("Draft a set",),
    "help": ("Help",),
}


@pytest.mark.parametrize("there", EVERYWHERE)
async def test_in_the_linear_mode_all_stands_in_one_column_with_its_title_and_nothing_is_drawn(
    whole_app: MakeApp, there: str
) -> None:
    async with whole_app(Looks(linear=True)).run_test(size=(140, 40)) as pilot:
        await reached(pilot, EVERYWHERE[there])
        assert not set("│─╭╮╰╯┌┐└┘▌┃▕▏▎▊█━┏┓┗┛") & set(shown(pilot)), shown(pilot)
        lines = [line.strip() for line in shown(pilot).splitlines()]
        for title in TITLES.get(there, ()):
            assert any(line.startswith(title) for line in lines), shown(pilot)
        if there in BESIDE:
            above, below = (
                next(each for each in pilot.app.screen.query(selector) if each.region)
                for selector in BESIDE[there]
            )
            assert above.region.width == below.region.width == 140
            assert below.region.y == above.region.bottom


async def test_in_the_linear_mode_reading_is_told_in_words_and_no_clock_moves() -> None:
    reading = (Found((), None), Reading(120, 258), threading.Event())
    services = Services(lambda: FakeAssistant(reading), looks=Looks(linear=True))
    async with LecternApp(services).run_test(size=(140, 40)) as pilot:
        await ask(pilot, seen="reading 120 of 258 tokens")
        before = shown(pilot)
        await pilot.pause(2.2)
        assert shown(pilot) == before


def frames(pilot: AppPilot) -> set[tuple[ColorTriplet, ColorTriplet]]:
    """The colours of what is drawn around something, and of the ground there."""
    return {
        (style.color.triplet, style.bgcolor.triplet)
        for strip in strips(pilot)
        for segment in strip
        if (style := segment.style) and set(segment.text) & set("│╭╮╰╯┃┏┓┗┛")
        if style.color and style.color.triplet and style.bgcolor and style.bgcolor.triplet
    }


@pytest.mark.parametrize("there", SCREENS)
async def test_with_high_contrast_no_frame_is_faint(whole_app: MakeApp, there: str) -> None:
    async with whole_app(Looks()).run_test(size=(140, 40)) as pilot:
        await reached(pilot, SCREENS[there])
        for theme in ("contrast-dark", "contrast-light"):
            pilot.app.theme = theme
            await pilot.pause()
            for colour, ground in frames(pilot):
                assert max(abs(a - b) for a, b in zip(colour, ground, strict=True)) > 100

"""Themes and the linear mode: chosen, kept, and readable."""

from collections.abc import Callable

import pytest
from textual.color import Color
from textual.pilot import Pilot
from textual.theme import Theme
from textual.widgets import Input

from index.errors import SettingsError
from tests.tui.fake_desk import DISAGREEING, FIRST, FakeAssistant, script
from tests.tui.pilots import AppPilot, ask, shown, until
from tui.app import LecternApp
from tui.looks import Looks
from tui.question import QuestionInput
from tui.services import Services
from tui.source_view import SourceView
from tui.themes import DEFAULT, THEMES


class Keeper:
    """Remembers what it is given, or cannot."""

    def __init__(self, error: SettingsError | None = None) -> None:
        self.kept: list[tuple[str, str | bool]] = []
        self._error = error

    def __call__(self, name: str, value: str | bool) -> None:
        if self._error:
            raise self._error
        self.kept.append((name, value))


def app_that_looks(looks: Looks) -> LecternApp:
    return LecternApp(Services(lambda: FakeAssistant(script(DISAGREEING)), looks=looks))


async def choose(pilot: AppPilot, command: str) -> None:
    """Choose something by its name in the command palette."""
    await pilot.press("ctrl+o")
    await pilot.press(*(key if key != " " else "space" for key in command))
    await until(pilot, lambda: shown(pilot).count(command) == 2)
    await pilot.press("down", "enter")


async def test_a_theme_that_is_chosen_is_kept_for_the_next_start() -> None:
    keeper = Keeper()
    async with app_that_looks(Looks(keep=keeper)).run_test() as pilot:
        assert pilot.app.theme == DEFAULT
        pilot.app.theme = "contrast-light"
        await until(pilot, lambda: keeper.kept == [("theme", "contrast-light")])
    async with app_that_looks(Looks(theme="contrast-light", keep=keeper)).run_test() as pilot:
        assert pilot.app.theme == "contrast-light"
        await pilot.pause()
    assert len(keeper.kept) == 1


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_the_palette_offers_each_theme(theme: str) -> None:
    app = app_that_looks(Looks(theme="nord"))
    async with app.run_test() as pilot:
        commands = {command.title: command for command in app.get_system_commands(app.screen)}
        commands[f"Theme: {theme}"].callback()
        await pilot.pause()
        assert app.theme == theme


async def test_an_unknown_theme_gives_way_to_the_default_and_says_so() -> None:
    async with app_that_looks(Looks(theme="[bold]mauve")).run_test(notifications=True) as pilot:
        assert pilot.app.theme == DEFAULT
        await until(pilot, lambda: "There is no theme '[bold]mauve'" in shown(pilot))


async def test_a_choice_that_cannot_be_kept_says_so() -> None:
    keeper = Keeper(SettingsError("lectern.toml could not be changed: no space"))
    async with app_that_looks(Looks(keep=keeper)).run_test(notifications=True) as pilot:
        pilot.app.theme = "lectern-light"
        await until(pilot, lambda: "not kept for the next start" in shown(pilot))


async def test_the_linear_mode_is_one_column_without_frames_motion_or_blinking() -> None:
    keeper = Keeper()
    async with app_that_looks(Looks(keep=keeper)).run_test(size=(140, 40)) as pilot:
        await ask(pilot)
        assert "│" in shown(pilot)
        await choose(pilot, "Linear mode")
        await until(pilot, lambda: keeper.kept == [("linear", True)])
        await until(pilot, lambda: not pilot.app.query_one(Input).cursor_blink)
        await until(pilot, lambda: FIRST in shown(pilot))
        frames = set("│─╭╮╰╯▌┃▕▏▎▊█")
        await until(pilot, lambda: not frames & set(shown(pilot)))
        assert pilot.app.query_one("#evidence").region.width == 140
        conversation = pilot.app.query_one("#conversation").region
        assert pilot.app.query_one("#evidence").region.y == conversation.bottom
        assert pilot.app.animation_level == "none"
        lines = shown(pilot).splitlines()
        values = [line for line in lines if line.strip() in ("41 metres", "43 metres")]
        assert len(values) == 2


async def test_the_linear_mode_that_was_kept_is_there_at_the_start() -> None:
    async with app_that_looks(Looks(linear=True)).run_test(size=(140, 40)) as pilot:
        await until(pilot, lambda: not pilot.app.query_one(QuestionInput).cursor_blink)
        assert "╭" not in shown(pilot)


def contrast(colour: Color, ground: Color) -> float:
    """Contrast by WCAG 2.2, 1 to 21."""

    def luminance(colour: Color) -> float:
        channels = [part / 255 for part in (colour.r, colour.g, colour.b)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in channels
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(colour), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_colour_of_words_can_be_read_on_every_ground(theme: Theme) -> None:
    enough = 7.0 if theme.name.startswith("contrast") else 4.5
    colours = theme.to_color_system().generate()
    words = ["foreground", "text-primary", "text-accent", "text-warning", "text-error"]
    for ground in (Color.parse(colours[name]) for name in ("background", "surface", "panel")):
        for name in (*words, "text-success", "primary", "error", "success", "warning"):
            assert contrast(Color.parse(colours[name]), ground) >= enough, name
        muted = colours["text-muted"]
        seen = ground + ground.get_contrast_text(0.6) if "auto" in muted else Color.parse(muted)
        assert contrast(seen, ground) >= enough


async def test_without_colour_every_sign_is_still_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with app_that_looks(Looks()).run_test(size=(140, 40)) as pilot:
        await ask(pilot)
        await until(pilot, lambda: pilot.app.query_one(SourceView).quote)
        for sign in ("⚠", "unsupported", "✓", "≠ The documents disagree", "[2]"):
            assert sign in shown(pilot)
        painted = pilot.app.screen._compositor.render_strips(pilot.app.screen.size)
        colours = [
            style.triplet
            for strip in painted
            for segment in strip.apply_filter(pilot.app._filters[-1], Color(0, 0, 0))
            if segment.style
            for style in (segment.style.color, segment.style.bgcolor)
            if style and style.triplet
        ]
        assert colours
        assert all(max(colour) - min(colour) <= 1 for colour in colours)


@pytest.mark.parametrize("theme", ["lectern-light", "contrast-dark"])
def test_the_answered_screen_in_other_colours(
    snap_compare: Callable[..., bool], theme: str
) -> None:
    async def answered(pilot: Pilot[None]) -> None:
        pilot.app.query_one(QuestionInput).cursor_blink = False
        await ask(pilot)
        await until(pilot, lambda: pilot.app.query_one(SourceView).quote)

    app = app_that_looks(Looks(theme=theme))
    assert snap_compare(app, terminal_size=(140, 40), run_before=answered)


def test_the_linear_screen(snap_compare: Callable[..., bool]) -> None:
    async def answered(pilot: Pilot[None]) -> None:
        await ask(pilot)
        await until(pilot, lambda: pilot.app.query_one(SourceView).quote)

    app = app_that_looks(Looks(linear=True))
    assert snap_compare(app, terminal_size=(100, 36), run_before=answered)

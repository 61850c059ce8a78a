"""How the app looks: its theme and its linear mode, kept from one start to the next."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from textual.app import App, SystemCommand
from textual.screen import Screen
from textual.theme import Theme
from textual.widgets import Input

from index.errors import LecternError
from index.harmless import one_line
from tui.themes import DEFAULT, THEMES

LINEAR = "-linear"
"""The app's class while it is laid out for a screen reader."""


@dataclass(frozen=True, slots=True)
class Looks:
    """What the person chose before."""

    theme: str = ""
    """A theme's name; empty where none was chosen."""
    linear: bool = False
    """Whether the app is laid out for a screen reader."""
    keep: Callable[[str, str | bool], None] | None = None
    """Writes a setting down for the next start; may raise a `LecternError`."""


class Appearance:
    """The looks of a running app: put on before its first paint, and kept when they change."""

    def __init__(self, app: App[None], looks: Looks) -> None:
        self._app = app
        self._looks = looks
        for theme in THEMES:
            app.register_theme(theme)

    def put_on(self) -> None:
        """Show the app as it was left; called before anything is painted."""
        known = self._looks.theme in self._app.available_themes
        self._app.theme = self._looks.theme if known else DEFAULT
        self._lay_out(linear=self._looks.linear)

    def follow(self) -> None:
        """Keep what is chosen from now on; called once the app has a screen."""
        wanted = self._looks.theme
        if wanted and wanted != self._app.theme:
            text = f"There is no theme {one_line(wanted)!r}; this is {self._app.theme}."
            self._app.notify(text, severity="warning", markup=False)
        self._app.theme_changed_signal.subscribe(self._app, self._keep_theme)
        self._app.screen_change_signal.subscribe(self._app, self._steady)
        self._steady(self._app.screen)

    def commands(self) -> Iterator[SystemCommand]:
        """What the command palette offers besides Textual's list of themes."""
        for theme in THEMES:
            about = "High contrast" if theme.name.startswith("contrast") else "The app's own"
            choose = partial(setattr, self._app, "theme", theme.name)
            yield SystemCommand(f"Theme: {theme.name}", about, choose)
        about = "One column without frames or motion, for a screen reader; or back"
        yield SystemCommand("Linear mode", about, self.toggle_linear)

    def toggle_linear(self) -> None:
        """Lay the app out for a screen reader, or for the eye again."""
        linear = not self._app.has_class(LINEAR)
        self._lay_out(linear=linear)
        for screen in self._app.screen_stack:
            self._blink(screen, blink=not linear)
        self._keep("linear", linear)

    def _lay_out(self, *, linear: bool) -> None:
        self._app.set_class(linear, LINEAR)
        self._app.animation_level = "none" if linear else "full"

    def _steady(self, screen: Screen[object]) -> None:
        """In the linear mode, let no cursor of the screen blink.

        A screen reader would speak, or a braille line move, at each blink.
        """
        if self._app.has_class(LINEAR):
            self._app.call_after_refresh(self._blink, screen, blink=False)

    def _blink(self, screen: Screen[object], *, blink: bool) -> None:
        for line in screen.query(Input):
            line.cursor_blink = blink

    def _keep_theme(self, theme: Theme) -> None:
        self._keep("theme", theme.name)

    def _keep(self, name: str, value: str | bool) -> None:
        if self._looks.keep is not None:
            write = partial(self._write, self._looks.keep, name, value)
            self._app.run_worker(write, thread=True, group=f"keeping the {name}")

    def _write(self, keep: Callable[[str, str | bool], None], name: str, value: str | bool) -> None:
        try:
            keep(name, value)
        except LecternError as error:
            text = f"It is not kept for the next start: {one_line(str(error))}"
            self._app.call_from_thread(self._app.notify, text, severity="warning", markup=False)

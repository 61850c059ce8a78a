"""The terminal app: one screen, and the desk behind it from its opening to its close."""

import importlib
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath
from typing import ClassVar

from textual import work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.message import Message
from textual.screen import ModalScreen, Screen

from index.errors import LecternError, NoIndex
from index.harmless import harmless_text
from tui.archive import Archive
from tui.desk import Desk
from tui.help import Help
from tui.looks import Appearance
from tui.messages import Crashed, DeskFailed, Indexing, LookedAround, ModelsNamed
from tui.model_choice import ModelChoice
from tui.palette import commands_of
from tui.reading import ReadingScreen
from tui.services import IndexStarter, Services
from tui.session_messages import (
    KeepingFailed,
    NewWanted,
    SessionDeleted,
    SessionOpened,
    SessionsFailed,
)
from tui.shelf_messages import ScopeChanged
from tui.steady import Steady
from tui.themes import faint_frames
from tui.welcome import Welcome

_STYLES = Path(__file__).with_name("styles")
_OTHER_SCREENS = ("evaluation.screen", "models_screen", "sessions_screen", "shelf_screen")


class LecternApp(App[None]):
    """The reading desk."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [
        _STYLES / f"{name}.tcss"
        # The looks come last: what they say goes for every screen.
        for name in ("reading", "sessions", "shelf", "models", "evaluation", "dialogs", "looks")
    ]
    TITLE = "Lectern"
    COMMAND_PALETTE_BINDING = "ctrl+o"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+o", "command_palette", "Commands", priority=True),
        Binding("f1,question_mark", "help", "Help", key_display="F1"),
        Binding("f2", "sessions", "Conversations", show=False, key_display="F2"),
        Binding("f3", "shelf", "Shelf", show=False, key_display="F3"),
        Binding("f4", "models", "Models", show=False, key_display="F4"),
        Binding("f5", "evaluation", "Evaluation", show=False, key_display="F5"),
        Binding("ctrl+q", "quit", "Quit", priority=True),
    ]

    def __init__(self, services: Services) -> None:
        """Make the app; nothing is opened before it runs."""
        super().__init__()
        self._services = services
        self._appearance = Appearance(self, services.looks)
        self._steady = Steady()
        self._empty = self._failed = False
        self._scope = ""
        self._desk = Desk(services.open_assistant, self._tell, other_models=services.other_models)
        self._reading = ReadingScreen(
            self._desk, services.facts, programs=services.programs, keeper=services.sessions
        )

    def _tell(self, message: Message) -> bool:
        # The screen hears everything first; what it leaves alone bubbles up to the app.
        return self._reading.post_message(message)

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), self._steady]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return faint_frames(self.current_theme)

    def get_default_screen(self) -> Screen[None]:
        return self._reading

    def on_load(self) -> None:
        self._appearance.put_on()

    def on_mount(self) -> None:
        self._appearance.follow()
        # Once the first screen stands: what is loaded would have to share the cores with it.
        self.call_after_refresh(self._desk.open)
        self.call_after_refresh(self._look_around)

    def on_unmount(self) -> None:
        self._desk.close()

    def on_app_focus(self) -> None:
        # In a browser the app starts without the focus, where no screen gives it to a widget.
        if self.screen.focused is None:
            wanted = self.screen.AUTO_FOCUS or self.AUTO_FOCUS or "*"
            if place := next((each for each in self.screen.query(wanted) if each.focusable), None):
                place.focus()

    def on_desk_opened(self) -> None:
        if assistant := self._desk.assistant:
            self._reading.opened(assistant)
            self._look_around()
            self.on_shelf_seen()
        self._load_screens()

    @work(thread=True, exclusive=True, group="loading screens")
    def _load_screens(self) -> None:
        """Load the other screens' code aside: on the way to one it would hold the keys up."""
        for name in _OTHER_SCREENS:
            importlib.import_module(f"tui.{name}")

    def on_desk_failed(self, message: DeskFailed) -> None:
        self._load_screens()
        self._failed = True
        self._empty = isinstance(message.error, NoIndex)
        self._reading.failed(message.error, starter=self._services.index_starter is not None)
        # The reading screen tells it; who is elsewhere hears of it, but of an empty shelf in time.
        if self.screen is not self._reading and not self._empty:
            self.notify(harmless_text(str(message.error)), severity="error", markup=False)

    def on_open_again(self) -> None:
        if self._empty and self._services.index_starter is not None:
            self._reading.opening("reading them")
            self._index(self._services.index_starter)
        else:
            self.on_indexed()

    @work(thread=True, exclusive=True, group="looking around")
    def _look_around(self) -> None:
        if self._services.look_around is not None:
            self._tell(LookedAround(self._services.look_around()))

    def on_looked_around(self, message: LookedAround) -> None:
        self._reading.query_one(Welcome).begin(message.beginning)

    @work(thread=True, exclusive=True)
    def _index(self, index_starter: IndexStarter) -> None:
        self._desk.index(index_starter)

    def on_indexing(self, message: Indexing) -> None:
        self._reading.opening(message.progress)

    def on_indexed(self) -> None:
        self._failed = False
        self._reading.opening()
        self._desk.open()

    def on_shelf_changed(self) -> None:
        if self._desk.assistant:
            self.run_worker(self._desk.look, thread=True, group="looking")
        elif self._failed:
            self.on_indexed()

    def on_shelf_seen(self) -> None:
        if assistant := self._desk.assistant:
            self._reading.shelf_is(assistant, self._scope)

    def on_scope_changed(self, message: ScopeChanged) -> None:
        self._desk.limit(message.scope)
        self._scope = message.said
        self.on_shelf_seen()

    def on_model_chosen(self) -> None:
        """Answer with it from the next question on; what is on the screen stays."""
        self._reading.opening()
        self._desk.open_again()

    def on_crashed(self, message: Crashed) -> None:
        raise message.bug

    def action_shelf(self) -> None:
        from tui.shelf_screen import ShelfScreen  # not before the first screen is painted

        if not self.is_screen_installed("shelf"):
            # Installed, so that work on it and the watch go on while another screen is in front.
            self.install_screen(ShelfScreen(self._services.shelf_keeper), "shelf")
        self._go_to("shelf")

    def action_add_documents(self) -> None:
        """Ask on the shelf's screen which folder or file to add."""
        self.action_shelf()
        self.call_later(self.get_screen("shelf").run_action, "add")

    async def on_session_deleted(self, message: SessionDeleted) -> None:
        await self._reading.forget(message.session)

    def action_sessions(self) -> None:
        from tui.sessions_screen import SessionsScreen  # not before the first screen is painted

        if isinstance(self.screen, SessionsScreen | ModalScreen):
            return
        if self.screen is not self._reading:
            self.pop_screen()
        screen = SessionsScreen(self._services.sessions, current=self._reading.session)
        self.push_screen(screen, self._leave_sessions)

    def _leave_sessions(self, chosen: SessionOpened | NewWanted | None) -> None:
        if chosen is not None:
            self._reading.post_message(chosen)

    @work(thread=True, exclusive=True, group="resuming")
    def _open_last(self, archive: Archive) -> None:
        archive.open_last(but=self._reading.session)

    def action_resume_last(self) -> None:
        if self._services.sessions is None:
            self.on_no_session()
        else:
            self._open_last(Archive(self._services.sessions, self._tell))

    def on_no_session(self) -> None:
        self.notify("No other conversation is kept.")

    def on_sessions_failed(self, message: SessionsFailed) -> None:
        self._complain(message.error)

    def on_keeping_failed(self, message: KeepingFailed) -> None:
        self._complain(message.error, title="This conversation is not kept")

    @work(thread=True, exclusive=True, group="naming")
    def _name_models(self) -> None:
        self._desk.name_models()

    async def action_choose_model(self) -> None:
        if self._reading.check_action("again", ()):
            self._name_models()
        else:
            await self._reading.action_again()

    def on_models_named(self, message: ModelsNamed) -> None:
        if message.error is not None:
            self._complain(message.error)
        elif message.names:
            self.push_screen(ModelChoice(message.names), self._ask_again_with)
        else:
            self.notify("There is no other model on this machine.")

    async def _ask_again_with(self, model: str | None) -> None:
        if model is not None:
            await self._reading.action_again(model)

    def _complain(self, error: LecternError, *, title: str = "") -> None:
        text = harmless_text(f"{error} {error.hint}".strip())
        self.notify(text, title=title, severity="warning", markup=False)

    def action_models(self) -> None:
        from tui.models_screen import ModelsScreen  # not before the first screen is painted

        if not self.is_screen_installed("models"):
            # Installed, so that a fetch goes on while another screen is in front.
            self.install_screen(ModelsScreen(self._services.model_keeper), "models")
        self._go_to("models")

    def action_help(self) -> None:
        self.push_screen(Help.of(self.screen))

    def action_show_help_panel(self) -> None:
        """The same from the command palette, whose own panel no key scrolls."""
        self.action_help()

    def action_evaluation(self) -> None:
        from tui.evaluation.screen import EvaluationScreen  # only who measures needs it

        if not self.is_screen_installed("evaluation"):
            # Installed, it outlives being left: a run goes on meanwhile.
            self.install_screen(EvaluationScreen(self._services.open_evaluations), "evaluation")
        self._go_to("evaluation")

    def _go_to(self, name: str) -> None:
        """Bring an installed screen to the front, right above the reading screen."""
        screen = self.get_screen(name)
        if screen in self.screen_stack:
            while self.screen is not screen:
                self.pop_screen()
        elif self.screen is self._reading:
            self.push_screen(screen)
        else:
            self.switch_screen(screen)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        yield from super().get_system_commands(screen)
        yield from commands_of(screen)
        yield from self._appearance.commands()
        yield SystemCommand("Conversations", "Search and resume those kept", self.action_sessions)
        yield SystemCommand(
            "Resume the last conversation", "Go on with it", self.action_resume_last
        )
        yield SystemCommand("The shelf", "What is indexed", self.action_shelf)
        yield SystemCommand("Add documents", "A folder or a file", self.action_add_documents)
        yield SystemCommand("Models", "See, fetch, test and choose them", self.action_models)
        yield SystemCommand("Evaluation", "Measure the answers", self.action_evaluation)
        yield SystemCommand(
            "Ask again with another model…", "And show the difference", self.action_choose_model
        )

"""The conversations that are kept: found again, gone on with, renamed, deleted, written out."""

from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Footer, Input, OptionList, Static

from index.errors import LecternError
from index.harmless import harmless_text, one_line
from qa.session import Session
from tui.archive import Archive
from tui.confirm import Confirm
from tui.session_keeper import SessionKeeper
from tui.session_list import SessionList, questions
from tui.session_messages import (
    NewWanted,
    SessionChanged,
    SessionDeleted,
    SessionExported,
    SessionOpened,
    SessionsFailed,
    SessionsListed,
)
from tui.top_bar import TopBar

_NONE_YET = "No conversation is kept yet.\n\nEach one is, from its first answer on."
_NOT_FOUND = "In no conversation does all of that stand."
_NOT_KEPT = "Conversations are not kept here."


class SessionsScreen(Screen[SessionOpened | NewWanted | None]):
    """Ends with the conversation to go on with; with None it is the one on the reading screen."""

    AUTO_FOCUS = "#session-list"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012  (Textual's own type)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back"),
        Binding("enter", "resume", "Resume", show=False),
        Binding("slash,ctrl+f", "search", "Search", key_display="/"),
        # Not all fit into the footer of a narrow terminal, which ends with the key of the help.
        Binding("r", "rename", "Rename", show=False),
        Binding("e", "export", "Export"),
        Binding("d,delete", "delete", "Delete", key_display="d"),
        Binding("n", "new", "New", show=False),
    ]

    def __init__(self, keeper: SessionKeeper | None, *, current: int | None = None) -> None:
        """Show what is kept.

        Args:
            keeper: Keeps the conversations; None where that is not to be had.
            current: The one that is on the reading screen.
        """
        super().__init__()
        self._archive = Archive(keeper, self.post_message) if keeper is not None else None
        self._search = Input(placeholder="Search in questions and answers …", id="session-search")
        self._list = SessionList(current)
        self._empty = Static(id="no-session", markup=False)
        self._title = Input(id="session-title")
        self._renamed: Session | None = None
        self._listed = ""
        """What was searched for where the list comes from."""
        self._awaited = False
        """Whether the first of the list that is on its way is to be resumed."""

    def compose(self) -> ComposeResult:
        yield TopBar("Conversations")
        yield self._search
        yield self._empty
        yield self._list
        yield self._title
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self._title.border_title = "Another title"
        if self._archive is None:
            self._say(_NOT_KEPT)
        else:
            self._find(self._archive, "")

    @work(thread=True, exclusive=True, group="searching")
    def _find(self, archive: Archive, words: str) -> None:
        archive.search(words)

    @work(thread=True, exclusive=True, group="opening")
    def _open(self, archive: Archive, session: Session) -> None:
        archive.open(session)

    @work(thread=True, group="changing")
    def _rename(self, archive: Archive, session: Session, title: str) -> None:
        archive.rename(session, title)

    @work(thread=True, group="changing")
    def _delete(self, archive: Archive, session: Session) -> None:
        archive.delete(session)

    @work(thread=True, group="changing")
    def _export(self, archive: Archive, session: Session) -> None:
        archive.export(session, Path.cwd())

    @on(Input.Changed, "#session-search")
    def _search_changed(self) -> None:
        self._awaited = False
        self._list_again()

    @on(Input.Submitted, "#session-search")
    def _search_submitted(self) -> None:
        # Who types fast is ahead of the list, and does not mean what still stands in it.
        self._awaited = self._search.value != self._listed
        if not self._awaited:
            self.action_resume()

    @on(Input.Submitted, "#session-title")
    def _title_submitted(self) -> None:
        session, title = self._renamed, self._title.value
        self._end_renaming()
        if self._archive is not None and session is not None:
            self._rename(self._archive, session, title)

    @on(OptionList.OptionSelected)
    def _session_selected(self) -> None:
        self.action_resume()

    def on_sessions_listed(self, message: SessionsListed) -> None:
        if message.search != self._search.value:
            return
        self._listed = message.search
        self._list.list_sessions(message.sessions)
        count = len(message.sessions)
        self._list.border_subtitle = str(count) if count else ""
        self._say("" if count else _NOT_FOUND if message.search.strip() else _NONE_YET)
        self.refresh_bindings()
        if self._awaited:
            self._awaited = False
            self.action_resume()

    def on_session_opened(self, message: SessionOpened) -> None:
        self.dismiss(message)

    @on(SessionChanged)
    @on(SessionDeleted)
    def _list_again(self) -> None:
        if self._archive is not None:
            self._find(self._archive, self._search.value)

    def on_session_exported(self, message: SessionExported) -> None:
        self.notify(one_line(f"Written to {message.path}."), markup=False)

    def on_sessions_failed(self, message: SessionsFailed) -> None:
        message.stop()
        self._awaited = False
        error = message.error
        if self._list.option_count:
            text = harmless_text(f"{error} {error.hint}".strip())
            self.notify(text, severity="error", markup=False)
        else:
            self._say(_failure(error))

    def _say(self, text: str) -> None:
        self._empty.update(harmless_text(text))
        self._empty.display = bool(text)
        self._list.display = not text

    def action_back(self) -> None:
        if self._renamed is not None:
            self._end_renaming()
        elif self._search.value:
            self._search.clear()
            self._list.focus()
        else:
            self.dismiss(None)

    def action_search(self) -> None:
        self._search.focus()

    def action_resume(self) -> None:
        if self._archive is not None and (session := self._list.chosen) is not None:
            self._open(self._archive, session)

    def action_rename(self) -> None:
        if (session := self._list.chosen) is not None:
            self._renamed = session
            self._title.value = session.title
            self._title.display = True
            self._title.focus()

    def _end_renaming(self) -> None:
        self._renamed = None
        self._title.display = False
        self._list.focus()

    def action_export(self) -> None:
        if self._archive is not None and (session := self._list.chosen) is not None:
            self._export(self._archive, session)

    def action_delete(self) -> None:
        if (session := self._list.chosen) is None:
            return

        def confirmed(sure: bool | None) -> None:
            if sure and self._archive is not None:
                self._delete(self._archive, session)

        question = f"Delete “{one_line(session.title)}” with its {questions(session)} for good?"
        self.app.push_screen(Confirm(question, yes="Delete", no="Keep"), confirmed)

    def action_new(self) -> None:
        self.dismiss(NewWanted())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("rename", "export", "delete", "resume"):
            return self._list.chosen is not None
        return super().check_action(action, parameters)


def _failure(error: LecternError) -> str:
    return f"✖ {error}\n{error.hint}".strip()

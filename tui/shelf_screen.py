"""The screen of the shelf: what is on it, and everything that can be done to it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.screen import Screen
from textual.widgets import Footer, Static

from index.errors import Cancelled, LecternError
from index.harmless import harmless_text, one_line
from index.shelved import Holding
from qa.upkeep_events import Kept, Noticed
from tui.add_documents import AddDocuments
from tui.confirm import Confirm
from tui.marks import Marks
from tui.shelf_contents import ShelfContents
from tui.shelf_counts import ShelfCounts, counted
from tui.shelf_keeper import ShelfKeeper, Work
from tui.shelf_messages import (
    OverviewFailed,
    OverviewRead,
    ScopeChanged,
    ShelfChanged,
    SourceChosen,
    WorkEnded,
    WorkTold,
)
from tui.shelf_overview import look_over
from tui.shelf_sources import ShelfSources
from tui.shelf_status import ShelfStatus
from tui.shelf_work import ShelfWork, Undertaking
from tui.short_path import short_path
from tui.top_bar import TopBar

_EMPTY = """\
The shelf is empty.

Press a to add a folder or a file. What lies in it is read and indexed on this machine; \
the files themselves are never changed.
"""
_NOT_HERE = "The shelf cannot be looked after here."


class ShelfScreen(Screen[None]):
    """The sources, what the chosen one holds, and the work in progress.

    It lives as long as the app: what is being done, and the watch, go on while it is closed.
    """

    AUTO_FOCUS = "#shelf-sources"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012  (Textual's own type)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back"),
        Binding("a", "add", "Add", tooltip="Put a folder or a file on the shelf"),
        Binding("x", "remove", "Remove", tooltip="Take the source off the shelf"),
        Binding("u", "update", "Update", tooltip="Take in what has changed in the sources"),
        # Not all fit into the footer of a narrow terminal, which ends with the key of the help.
        Binding("r", "rebuild", "Rebuild", show=False, tooltip="Build the whole index anew"),
        Binding("w", "watch", "Watch", show=False, tooltip="Take in what changes; or no longer"),
        Binding("c", "cancel", "Cancel", tooltip="Give up what is being done; what is done stays"),
        Binding("space", "mark", "Mark", key_display="Space", tooltip="Ask only what is marked"),
        Binding("e", "mark_none", "Unmark all", tooltip="Ask all documents"),
        Binding("slash", "filter", "Filter", key_display="/", show=False, tooltip="Find by name"),
    ]
    HELP = """\
    The folders and files that answers come from.

    **Space** marks a source, or a document in its list. While anything is marked, questions are
    answered from what is marked alone; **e** unmarks all.

    **Watch** takes in whatever changes in the sources, also while this screen is closed.
    """

    def __init__(self, keeper: ShelfKeeper | None) -> None:
        """Make the screen.

        Args:
            keeper: Looks after the shelf; None where that is not to be had.
        """
        super().__init__()
        self._keeper = keeper
        self._shelf: tuple[Holding, ...] = ()
        self._marks = Marks()
        self._broken = False
        self._work = ShelfWork(
            Undertaking("Watching", self._watch), spawn=self._spawn, post=self.post_message
        )
        self._counts = ShelfCounts()
        self._instead = Static("Looking at the shelf …", id="shelf-instead", markup=False)
        self._sources = ShelfSources()
        self._contents = ShelfContents()
        self._status = ShelfStatus()

    def compose(self) -> ComposeResult:
        yield TopBar("The shelf", self._counts)
        yield self._instead
        with Container(id="shelf-desk"):
            yield self._sources
            yield self._contents
        yield self._status
        yield Footer(show_command_palette=False)

    def on_unmount(self) -> None:
        self._work.close()

    # What is on the shelf

    def on_screen_resume(self) -> None:
        self._look()

    def _look(self) -> None:
        if self._keeper:
            self._read(self._keeper)
        else:
            self._show_instead(_NOT_HERE)

    @work(thread=True, exclusive=True, group="looking")
    def _read(self, keeper: ShelfKeeper) -> None:
        look_over(keeper, self.post_message)

    def on_overview_read(self, message: OverviewRead) -> None:
        self._shelf, self._broken = message.shelf, False
        self._keep_marks()
        self._show()
        self._show_instead("" if message.shelf else _EMPTY)
        if self.focused is None:  # what would have been focused was not to be seen till now
            self.call_after_refresh(self._sources.focus)

    def on_overview_failed(self, message: OverviewFailed) -> None:
        # The marks stay: what cannot be read has not left the shelf.
        self._shelf, self._broken = (), True
        self._show()
        self._show_instead(f"✖ {message.error}\n\n{message.error.hint}".strip())

    def _show(self) -> None:
        self._sources.list_sources(self._shelf, self._marks)
        self._contents.show_holding(self._sources.chosen)
        self._counts.count(self._shelf)
        self.refresh_bindings()

    def _show_instead(self, sentence: str) -> None:
        self._instead.update(harmless_text(sentence))
        self.set_class(bool(sentence), "-instead")

    def on_source_chosen(self, message: SourceChosen) -> None:
        # The list may have been replaced since the message was sent.
        chosen = self._sources.chosen
        if chosen and chosen.source.path == message.source:
            self._contents.show_holding(chosen)
            self.refresh_bindings()

    # What questions are limited to

    def action_mark(self) -> None:
        holding, document = self._sources.chosen, self._contents.current
        if holding and document and self._contents.documents.has_focus:
            self._mark(self._marks.toggle_document(document, holding))
        elif holding:
            self._mark(self._marks.toggle_source(holding.source.path))

    def action_mark_none(self) -> None:
        self._mark(Marks())

    def _mark(self, marks: Marks) -> None:
        self._marks = marks
        self._sources.mark(marks)
        self._contents.mark(marks)
        self.post_message(ScopeChanged(marks.scope(), marks.said(self._shelf)))
        self.refresh_bindings()

    def _keep_marks(self) -> None:
        """Of the marks, those whose documents are still there."""
        if not self._marks.scope():
            return
        self._marks = self._marks.still_there(self._shelf)
        self._contents.mark(self._marks)
        scope, said = self._marks.scope(), self._marks.said(self._shelf)
        self.post_message(ScopeChanged(scope, said))
        if not scope:
            self.notify(
                "What was marked has left the shelf: questions are asked of all documents again.",
                severity="warning",
            )

    # What is done to it

    def action_add(self) -> None:
        self.app.push_screen(AddDocuments(), self._add)

    def _add(self, path: Path | None) -> None:
        if path and self._keeper:
            self._begin(f"Adding {_name(path)}", partial(self._keeper.add, path))

    def action_update(self) -> None:
        if self._keeper:
            self._begin("Updating", self._keeper.update)

    def action_rebuild(self) -> None:
        if self._keeper:
            self._begin("Rebuilding", self._keeper.rebuild)

    def action_remove(self) -> None:
        if chosen := self._sources.chosen:
            source = chosen.source
            question = (
                f"Take {short_path(source.path)} off the shelf?\n\n"
                f"The text and the vectors of {counted(source.documents, 'document')} are deleted"
                " from the index on this disk. The files themselves stay where they are."
            )
            self.app.push_screen(
                Confirm(question, yes="Take it off", no="Leave it"),
                partial(self._remove, source.path),
            )

    def _remove(self, source: Path, yes: bool | None) -> None:
        if yes and self._keeper:
            self._begin(f"Removing {_name(source)}", partial(self._keeper.remove, source))

    def _begin(self, title: str, begin: Callable[[], Work]) -> None:
        if self._work.begin(Undertaking(title, begin)):
            self._status.begin(title)
            self._tell_watch()
            self.refresh_bindings()

    def action_watch(self) -> None:
        self._work.toggle_watch()
        self._tell_watch()

    def _tell_watch(self) -> None:
        self._counts.show_watch(self._work.watch_wanted, paused=bool(self._work.title))

    def _watch(self) -> Work:
        if self._keeper is None:
            raise LecternError(_NOT_HERE)
        return self._keeper.watch()

    def action_cancel(self) -> None:
        self._work.cancel()
        self._status.cancelling()
        if not self._work.title:  # it had not begun: the watch had to end first
            self._status.end(Cancelled())

    def _spawn(self, work: Callable[[], None]) -> object:
        return self.run_worker(work, thread=True, group="work")

    def on_work_told(self, message: WorkTold) -> None:
        if not self._work.watching:
            self._status.follow(message.event)
            return
        if isinstance(message.event, Kept):
            self._changed()
        if isinstance(message.event, Kept | Noticed):
            self._status.note_watch(message.event)
        elif self._work.watch_wanted:
            self._counts.follow(message.event)

    def on_work_ended(self, message: WorkEnded) -> None:
        if not self._work.watching:
            self._tell_end(self._status.end(message.error))
        elif message.error and not isinstance(message.error, Cancelled):
            self._tell_end(self._status.fail_watch(message.error))
        self._work.ended(message.error)
        self._tell_watch()
        self._changed()

    def _tell_end(self, sentence: str) -> None:
        if self not in self.app.screen_stack:
            self.app.notify(sentence, markup=False)

    def _changed(self) -> None:
        self.post_message(ShelfChanged())
        self._look()

    # Where one is

    def action_filter(self) -> None:
        self._contents.filter.focus()

    def action_back(self) -> None:
        if self._contents.filter.has_focus:
            self._contents.filter.clear()
            self._sources.focus()
        else:
            self.app.pop_screen()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        something, idle = bool(self._shelf), not self._work.title
        possible = {
            "add": self._keeper is not None and idle,
            "update": (something or self._broken) and idle,
            "rebuild": (something or self._broken) and idle,
            "remove": something and idle,
            "watch": something,
            "cancel": not idle,
            "mark": something,
            "mark_none": self._marks.scope() is not None,
            "filter": something,
        }
        return possible.get(action, super().check_action(action, parameters))


def _name(path: Path) -> str:
    return one_line(path.name or str(path))

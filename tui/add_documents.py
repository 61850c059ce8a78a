"""Asks for a folder or file to put on the shelf."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Footer, Input, OptionList, Static

from index.harmless import one_line
from tui.path_completion import completed, completions
from tui.path_input import PathInput

_HINT = "A folder with all that lies in it, or a single file. It is read, never changed."


@dataclass
class Completed(Message):
    """It is known what a half-typed path may mean."""

    typed: str
    offered: tuple[str, ...]


@dataclass
class Checked(Message):
    """It is known whether a path is there."""

    typed: str
    path: Path
    there: bool


class AddDocuments(ModalScreen[Path | None]):
    """A path, completed while it is typed; None if none is wanted after all."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back")]

    def __init__(self) -> None:
        super().__init__()
        self._offered: tuple[str, ...] = ()
        self._offering = False
        self._awaited = False
        self._input = PathInput()
        self._list = OptionList(id="completions", markup=False)
        self._list.can_focus = False  # the arrow keys of the input move in it
        self._note = Static(_HINT, id="add-note", markup=False)

    def compose(self) -> ComposeResult:
        with Vertical(id="add") as dialog:
            dialog.border_title = "Add to the shelf"
            yield self._input
            yield self._note
            yield self._list
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self._input.focus()
        self._offer("")

    def on_input_changed(self, message: Input.Changed) -> None:
        self._say(_HINT)
        self._offering, self._awaited = True, False
        self._offer(message.value)

    @work(thread=True, exclusive=True, group="completing")
    def _offer(self, typed: str) -> None:
        self.post_message(Completed(typed, completions(typed)))

    def on_completed(self, message: Completed) -> None:
        if message.typed == self._input.value:
            self._offered, self._offering = message.offered, False
            self._list.clear_options()
            self._list.add_options(Content(_last_part(path)) for path in message.offered)
            if self._awaited:
                self.on_path_input_complete()

    def on_path_input_complete(self) -> None:
        at = self._list.highlighted
        if self._offering:  # who types fast is ahead of the disk
            self._awaited = True
        elif at is None:
            self._input.put(completed(self._input.value, self._offered))
        else:
            self._input.put(self._offered[at])

    def on_path_input_choose(self, message: PathInput.Choose) -> None:
        if self._offered:
            at = self._list.highlighted
            first = 0 if message.by > 0 else -1
            self._list.highlighted = (first if at is None else at + message.by) % len(self._offered)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        self._input.put(self._offered[message.option_index])

    def on_input_submitted(self, message: Input.Submitted) -> None:
        if self._list.highlighted is not None:
            self.on_path_input_complete()
        elif typed := message.value.strip():
            self._check(typed)

    @work(thread=True, exclusive=True, group="checking")
    def _check(self, typed: str) -> None:
        try:
            path = Path(typed).expanduser().absolute()
            there = path.exists()
        except (OSError, RuntimeError, ValueError):  # a loop, no such person, a null
            path, there = Path(typed), False
        self.post_message(Checked(typed, path, there))

    def on_checked(self, message: Checked) -> None:
        if message.typed != self._input.value.strip():
            return
        if message.there:
            self.dismiss(message.path)
        else:
            self._say(f"✖ {one_line(str(message.path))} is not there. Check its spelling.")

    def _say(self, note: str) -> None:
        self._note.update(note)
        self._note.set_class(note != _HINT, "-wrong")

    def action_leave(self) -> None:
        self.dismiss(None)


def _last_part(path: str) -> str:
    folder = path.endswith("/")
    return path.rstrip("/").rpartition("/")[2] + ("/" if folder else "") or path

"""Asks what is to be drafted."""

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Footer, Input, Label, Static

from qa.drafting import DraftOrder

_ABOUT = (
    "A model writes questions about your documents, some that they answer and some that they do "
    "not. It takes minutes; go through them before they count."
)
_COUNT = 20


class DraftOrderForm(ModalScreen[DraftOrder | None]):
    """The file, the documents and the number; None where nothing is wanted after all."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back")]

    def __init__(self) -> None:
        super().__init__()
        self._file = Input("drafts.jsonl", id="draft-file", select_on_focus=False)
        self._documents = Input(placeholder="your shelf", id="draft-documents")
        self._count = Input(str(_COUNT), type="integer", id="draft-count", select_on_focus=False)
        self._note = Static(_ABOUT, id="draft-note", markup=False)

    def compose(self) -> ComposeResult:
        fields = (("File", self._file), ("Documents", self._documents), ("Cases", self._count))
        with Vertical(id="draft-order") as dialog:
            dialog.border_title = "Draft a set"
            yield self._note
            for name, field in fields:
                with Horizontal(classes="field"):
                    yield Label(name)
                    yield field
            with Horizontal(classes="buttons"):
                yield Button("Begin", id="begin-it", compact=True, variant="primary")
                yield Button("Back", id="leave-it", compact=True)
        yield Footer(show_command_palette=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._begin()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self._begin() if event.button.id == "begin-it" else self.action_leave()

    def _begin(self) -> None:
        file, documents = self._file.value.strip(), self._documents.value.strip()
        count = int(self._count.value) if self._count.value.lstrip("+-").isdecimal() else 0
        if not file.endswith(".jsonl"):
            self._say("✖ Name a file to write, whose name ends in .jsonl.")
        elif count < 1:
            self._say("✖ Say how many cases are wanted, at least 1.")
        else:
            folder = Path(documents).expanduser() if documents else None
            self.dismiss(DraftOrder(Path(file).expanduser(), count, folder))

    def _say(self, note: str) -> None:
        self._note.update(note)
        self._note.add_class("-wrong")

    def action_leave(self) -> None:
        self.dismiss(None)

"""A question that is asked before something is done for good."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from index.harmless import harmless_text


class Confirm(ModalScreen[bool]):
    """True where the person says yes; anything else is no."""

    AUTO_FOCUS = "#no"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "dismiss(True)", "Yes"),
        Binding("n,escape", "dismiss(False)", "No"),
        Binding("left,right,up,down", "app.focus_next", show=False),
    ]

    def __init__(self, question: str, *, yes: str, no: str) -> None:
        """Ask.

        Args:
            question: What is about to happen.
            yes: The word on the button that does it.
            no: The word on the button that does not.
        """
        super().__init__()
        self._question = question
        self._yes = yes
        self._no = no

    def compose(self) -> ComposeResult:
        with Vertical(id="confirm"):
            yield Static(harmless_text(self._question), markup=False)
            with Horizontal():
                yield Button(f"{self._no}  n", id="no", compact=True)
                yield Button(f"{self._yes}  y", id="yes", variant="error", compact=True)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

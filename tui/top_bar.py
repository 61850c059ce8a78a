"""The line on top of every screen."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from index.harmless import one_line
from tui.assistant import Assistant

APP = "Lectern"


class TopBar(Horizontal):
    """Where one is, on the left; how things stand there, on the right."""

    def __init__(self, place: str = "", state: Static | None = None) -> None:
        """Name the place.

        Args:
            place: The screen; empty for the one that the app opens with.
            state: What stands on the right.
        """
        super().__init__()
        self._place = one_line(f"{APP} · {place}" if place else APP)
        self.state = state or Static(markup=False)
        self.state.add_class("state")

    def compose(self) -> ComposeResult:
        yield Static(self._place, classes="place", markup=False)
        yield self.state


def standing(assistant: Assistant, scope: str = "") -> str:
    """What is answered from, and with what; `scope` names what of it, and is empty for all."""
    count = assistant.document_count
    documents = "1 document" if count == 1 else f"{count:,} documents"
    return " · ".join(part for part in (scope, documents, one_line(assistant.model)) if part)

"""The line on top: what is answered from, and with what."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from index.harmless import one_line
from tui.assistant import Assistant


class Bar(Horizontal):
    """The app's name; on the right the shelf, what of it questions are limited to, the model."""

    def __init__(self) -> None:
        super().__init__(id="bar")
        self._shelf = Static(id="shelf", markup=False)

    def compose(self) -> ComposeResult:
        yield Static("Lectern", id="name")
        yield self._shelf

    def tell(self, assistant: Assistant, scope: str = "") -> None:
        """Say what is answered from; `scope` names what of it, and is empty for all."""
        count = assistant.document_count
        documents = "1 document" if count == 1 else f"{count:,} documents"
        parts = (scope, documents, one_line(assistant.model))
        self._shelf.update(" · ".join(part for part in parts if part))

"""What one of several documents says, where they say different things."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from index.harmless import one_line
from qa.answer import Citation
from tui.messages import CitationOpened
from tui.quotation import origin_of


class ValueCard(Static, can_focus=True):
    """What one of several documents says, where they say different things."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "open_source", "Open the source")]

    def __init__(self, value: str, citation: Citation | None, document: str) -> None:
        """Show a value and where it stands; `document` names that where no citation does."""
        number = f"[{citation.number}] " if citation else ""
        origin = origin_of(citation) if citation else one_line(document)
        super().__init__(
            Content.assemble((f"{one_line(value)}\n", "bold"), number, (origin, "dim")),
            classes="value",
            markup=False,
        )
        self._number = citation.number if citation else None

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.action_open_source()

    def action_open_source(self) -> None:
        if self._number is not None:
            self.post_message(CitationOpened(self._number))

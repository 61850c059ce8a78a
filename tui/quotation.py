"""A document's own words, which open in their surroundings."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from index.harmless import one_line
from qa.answer import Citation
from qa.footnotes import place
from tui.messages import CitationOpened


class Quotation(Static):
    """A quote and where it comes from; never read as markup."""

    def __init__(self, citation: Citation) -> None:
        super().__init__(
            Content.assemble(f"“{one_line(citation.quote)}”\n", (f"— {_origin(citation)}", "dim")),
            markup=False,
        )
        self._number = citation.number

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(CitationOpened(self._number))


class ValueCard(Static, can_focus=True):
    """What one of several documents says, where they say different things."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "open_source", "Open the source")]

    def __init__(self, value: str, citation: Citation | None, document: str) -> None:
        """Show a value and where it stands; `document` names that where no citation does."""
        number = f"[{citation.number}] " if citation else ""
        origin = _origin(citation) if citation else one_line(document)
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


def _origin(citation: Citation) -> str:
    parts = (citation.title or citation.document, place(citation), citation.date)
    return " · ".join(one_line(part) for part in parts if part)

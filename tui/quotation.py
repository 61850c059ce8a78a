"""A document's own words, which open in their surroundings."""

from textual import events
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
            Content.assemble(
                f"“{one_line(citation.quote)}”\n", (f"— {origin_of(citation)}", "dim")
            ),
            markup=False,
        )
        self._number = citation.number

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(CitationOpened(self._number))


def origin_of(citation: Citation) -> str:
    """Where a citation is from, in a line: the title, the place in it, the date."""
    parts = (citation.title or citation.document, place(citation), citation.date)
    return " · ".join(one_line(part) for part in parts if part)

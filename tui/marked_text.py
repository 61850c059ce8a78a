"""Words of an answer, whose citation markers open what they stand for."""

from textual.content import Content
from textual.widgets import Static

from tui.cited_text import marked
from tui.hanging import Hanging
from tui.messages import CitationOpened


class MarkedText(Static):
    """Text with markers, one of which can stand out."""

    def __init__(self, text: Content, *, classes: str) -> None:
        super().__init__(classes=classes, markup=False)
        self._text = text
        self.mark(0)

    def mark(self, number: int) -> None:
        """Show which citation is open: its markers stand out, and no others."""
        self.update(self._formed(marked(self._text, number)))

    def _formed(self, text: Content) -> Content | Hanging:
        return text

    def action_open_citation(self, number: int) -> None:
        self.post_message(CitationOpened(number))

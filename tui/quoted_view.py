"""A document's own words as a part of an answer."""

from collections.abc import Collection

from textual.content import Content

from index.harmless import harmless_text
from tui.cited_text import copied
from tui.hanging import Hanging
from tui.marked_text import MarkedText

_QUOTED = Content.styled("❝", "bold $text-success")


class QuotedView(MarkedText):
    """A document's own words as a part of the answer."""

    def __init__(self, text: str, citations: Collection[int]) -> None:
        """Show a quotation, in which the markers of `citations` can be clicked."""
        super().__init__(copied(harmless_text(text), citations), classes="quoted")
        self.tooltip = "These words stand so in the document."

    def _formed(self, text: Content) -> Content | Hanging:
        return Hanging(_QUOTED, text)

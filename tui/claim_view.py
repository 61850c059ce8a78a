"""The sentences of an answer, whose citation markers open what they stand for."""

from collections.abc import Collection

from textual.content import Content
from textual.widgets import Static

from index.harmless import harmless_text
from qa.footnotes import SUPPORTED, UNSUPPORTED
from tui.cited_text import copied, marked, written
from tui.hanging import Hanging
from tui.messages import CitationOpened
from tui.statements import Statement

_SIGNS = {
    True: Content.styled(SUPPORTED, "bold $text-success"),
    False: Content.styled(UNSUPPORTED[0], "bold $text-warning"),
    None: Content(""),
}
_QUOTED = Content.styled("❝", "bold $text-success")
_TOLD = {
    True: "The cited words carry this sentence.",
    False: "Nothing in your documents was found to carry this sentence.",
    None: None,
}


class CitedText(Static):
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


class ClaimView(CitedText):
    """A model's sentence; a sign in the margin says whether it is supported."""

    def __init__(self, statement: Statement, citations: Collection[int]) -> None:
        """Show a statement, in which the markers of `citations` can be clicked."""
        self._sign = _SIGNS[statement.supported]
        text = written(harmless_text(statement.text), citations)
        if statement.supported is False:
            # In words too: a sign alone is soon overlooked, and not read out.
            text = Content.assemble(text, " ", (UNSUPPORTED[2:], "bold $text-warning"))
        unsupported = statement.supported is False
        super().__init__(text, classes="claim -unsupported" if unsupported else "claim")
        self.tooltip = _TOLD[statement.supported]

    def _formed(self, text: Content) -> Content | Hanging:
        return Hanging(self._sign, text)


class QuotedView(CitedText):
    """A document's own words as a part of the answer."""

    def __init__(self, text: str, citations: Collection[int]) -> None:
        """Show a quotation, in which the markers of `citations` can be clicked."""
        super().__init__(copied(harmless_text(text), citations), classes="quoted")
        self.tooltip = "These words stand so in the document."

    def _formed(self, text: Content) -> Content | Hanging:
        return Hanging(_QUOTED, text)

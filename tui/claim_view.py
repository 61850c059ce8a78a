"""A sentence of an answer, and whether it is supported."""

from collections.abc import Collection

from textual.content import Content

from index.harmless import harmless_text
from qa.footnotes import SUPPORTED, UNSUPPORTED
from tui.cited_text import written
from tui.hanging import Hanging
from tui.marked_text import MarkedText
from tui.statements import Statement

_SIGNS = {
    True: Content.styled(SUPPORTED, "bold $text-success"),
    False: Content.styled(UNSUPPORTED[0], "bold $text-warning"),
    None: Content(""),
}
_TOLD = {
    True: "The cited words carry this sentence.",
    False: "Nothing in your documents was found to carry this sentence.",
    None: None,
}


class ClaimView(MarkedText):
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

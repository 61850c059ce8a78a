"""A sentence of an answer, with a sign beside it that says whether it is supported."""

from collections.abc import Collection

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from index.harmless import harmless_text
from tui.footnotes import SUPPORTED, UNSUPPORTED
from tui.prose import Prose
from tui.statements import Statement

_TOLD = {
    True: "The cited words carry this sentence.",
    False: "Nothing in your documents was found to carry this sentence.",
    None: "This was not checked by itself.",
}


class ClaimView(Horizontal):
    """The sign stands in a margin, so that it is seen before a word is read."""

    def __init__(self, statement: Statement, citations: Collection[int]) -> None:
        """Show a statement, in which the markers of `citations` can be clicked."""
        supported = statement.supported
        super().__init__(classes="claim -unsupported" if supported is False else "claim")
        sign = {True: SUPPORTED, False: UNSUPPORTED[0], None: ""}[supported]
        self._sign = Static(sign, classes="sign", markup=False)
        self._sign.tooltip = _TOLD[supported]
        # In words too: a sign alone is soon overlooked, and not read out.
        warning = f" `{UNSUPPORTED[2:]}`" if supported is False else ""
        self._text = Prose(f"{harmless_text(statement.text)}{warning}", citations=citations)

    def compose(self) -> ComposeResult:
        yield self._sign
        yield self._text

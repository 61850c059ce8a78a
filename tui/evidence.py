"""The sources of the selected turn: their list, and the one that is open."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical

from index.errors import LecternError
from qa.answer import Citation
from tui.digits import Digits
from tui.source_view import SourceView
from tui.sources import SourceList


class Evidence(Vertical):
    """What an answer rests on, beside or below it."""

    def __init__(self) -> None:
        super().__init__(id="evidence")
        self._list = SourceList()
        self._source = SourceView()
        self._digits = Digits()

    def compose(self) -> ComposeResult:
        yield self._list
        yield self._source

    @property
    def citation(self) -> Citation | None:
        """The one that is open."""
        return self._source.citation

    def show(self, citations: Sequence[Citation], *, opened: int | None = None) -> None:
        """List the citations, and have the one with the number `opened`, or the first, opened."""
        self._list.list_citations(citations, opened=opened)
        self.set_class(bool(citations), "-sourced")
        if not citations:
            self._source.clear()

    def step(self, by: int) -> None:
        """Go to the next citation or the one before, round and round."""
        self._list.step(by)

    def press(self, digit: int) -> None:
        """Go to the citation whose number was typed; digits close together make one number."""
        self._list.open_number(self._digits.press(digit, self._list.numbers))

    def open_source(self, citation: Citation, text: str) -> None:
        """Show the citation in its document's text."""
        self._source.open_source(citation, text)

    def open_failed(self, citation: Citation, error: LecternError) -> None:
        """Say why the citation's document cannot be shown."""
        self._source.open_failed(citation, error)

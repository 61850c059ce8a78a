"""The sources of an answer, as a numbered list."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from index.harmless import one_line
from qa.answer import Answer, Citation, Passage
from qa.footnotes import also, place
from tui.messages import CitationSelected

NEAREST = 3
"""How many passages stand in for the citations of an answer that has none."""


@dataclass(frozen=True, slots=True)
class _Form:
    """How an entry is spread over lines."""

    before_place: str
    before_quote: str


_ONE_LINE = _Form("  ", "  ")
_TWO_LINES = _Form("  ", "\n   ")
_THREE_LINES = _Form("\n   ", "\n   ")


class SourceList(OptionList):
    """The selected answer's citations; the highlighted one is open below."""

    BORDER_TITLE = "Sources"
    HELP = "The sources of the selected answer. **Up** and **Down** open one; so does a click."

    def __init__(self) -> None:
        super().__init__(id="source-list", markup=False)
        self._citations: tuple[Citation, ...] = ()
        self._form = _TWO_LINES

    def list_citations(self, citations: Sequence[Citation], *, opened: int | None = None) -> None:
        """Replace the list, and open the citation with the number `opened`, or the first."""
        self._citations = tuple(citations)
        self._list()
        self.border_subtitle = str(len(citations)) if len(citations) > 1 else ""
        if citations:
            numbers = [citation.number for citation in citations]
            self.highlighted = numbers.index(opened) if opened in numbers else 0

    def on_resize(self) -> None:
        """List them in the form that the terminal's width asks for."""
        forms = {"-narrow": _ONE_LINE, "-broad": _THREE_LINES}
        form = next((forms[name] for name in forms if self.screen.has_class(name)), _TWO_LINES)
        if form != self._form:
            opened = self.highlighted
            self._form = form
            self._list()
            self.highlighted = opened

    @property
    def numbers(self) -> list[int]:
        """Of the citations in the list."""
        return [citation.number for citation in self._citations]

    def open_number(self, number: int) -> None:
        """Open the citation that goes by this number, if there is one."""
        for index, citation in enumerate(self._citations):
            if citation.number == number:
                self.highlighted = index

    def step(self, by: int) -> None:
        """Open the next citation or the one before, round and round."""
        if self._citations:
            self.highlighted = ((self.highlighted or 0) + by) % len(self._citations)

    def _list(self) -> None:
        self.clear_options()
        self.add_options(Option(_entry(citation, self._form)) for citation in self._citations)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        # The list may have been replaced since the message was sent.
        if event.option_index < len(self._citations):
            self.post_message(CitationSelected(self._citations[event.option_index]))


def citations_to_show(answer: Answer) -> tuple[Citation, ...]:
    """The answer's citations, or the passages nearest to a question that was not answered."""
    if answer.citations or not answer.abstained:
        return answer.citations
    return tuple(
        _passage_citation(number, passage)
        for number, passage in enumerate(answer.passages[:NEAREST], start=1)
    )


def _passage_citation(number: int, passage: Passage) -> Citation:
    chunk = passage.chunk
    return Citation(
        number=number,
        document=chunk.document,
        title=chunk.title,
        quote=chunk.text,
        start=chunk.start,
        end=chunk.end,
        document_id=chunk.document_id,
        page=chunk.page,
        date=chunk.date,
    )


def _entry(citation: Citation, form: _Form) -> Content:
    parts = (place(citation), citation.date, also(citation))
    stands = " · ".join(one_line(part) for part in parts if part)
    return Content.assemble(
        (f"{citation.number:>2} ", "bold"),
        (one_line(citation.title or citation.document), "bold"),
        (f"{form.before_place}{stands}" if stands else "", "dim"),
        form.before_quote,
        (f"“{one_line(citation.quote)}”", "dim"),
    )

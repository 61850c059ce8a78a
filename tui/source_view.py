"""A source, opened at the words that an answer rests on."""

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from index.errors import LecternError
from index.harmless import harmless_text, one_line
from qa.answer import Citation
from qa.footnotes import place

WINDOW = 4_000
"""Characters of a document that are laid out around a quote."""
_EMPTY = "The words that an answer rests on open here, in their surroundings."
QUOTE_STYLE = "bold $foreground on $warning-muted"


class SourceView(Vertical):
    """The text around a quote, with the quote highlighted and in view."""

    BORDER_TITLE = "Source"

    def __init__(self) -> None:
        super().__init__(id="source")
        self._citation: Citation | None = None
        self._before = ""

    def compose(self) -> ComposeResult:
        yield Static(id="source-head", markup=False)
        with VerticalScroll(id="source-scroll"):
            yield Static(id="source-text", markup=False)

    def on_mount(self) -> None:
        self.clear()

    def on_resize(self) -> None:
        """Keep the quote in view where the text is wrapped anew."""
        if self._citation is not None:
            self._head(self._citation)
            self.call_after_refresh(self._bring_into_view)

    @property
    def citation(self) -> Citation | None:
        """What is open."""
        return self._citation

    @property
    def quote(self) -> str:
        """The words that are highlighted on the screen; empty where there are none."""
        body = self.query_one("#source-text", Static).content
        if not isinstance(body, Content):
            return ""
        marked = [span for span in body.spans if span.style == QUOTE_STYLE]
        return "".join(body.plain[span.start : span.end] for span in marked)

    def open_source(self, citation: Citation, text: str) -> None:
        """Show the citation in its document's text."""
        self._head(citation)
        if text[citation.start : citation.end] != citation.quote:
            self._show_changed(citation)
            return
        first, last = window(text, citation.start, citation.end)
        self._before = ("… " if first else "") + harmless_text(text[first : citation.start])
        after = harmless_text(text[citation.end : last]) + (" …" if last < len(text) else "")
        quote = harmless_text(citation.quote)
        body = self.query_one("#source-text", Static)
        body.update(Content.assemble(self._before, (quote, QUOTE_STYLE), after))
        self.call_after_refresh(self._bring_into_view)

    def open_failed(self, citation: Citation, error: LecternError) -> None:
        """Say why the citation's document cannot be shown."""
        self._head(citation)
        self._before = ""
        lines = [str(error), error.hint, "", citation.quote]
        self.query_one("#source-text", Static).update(Content(harmless_text("\n".join(lines))))

    def clear(self) -> None:
        """Say what will stand here."""
        self._citation = None
        self.query_one("#source-head", Static).update(Content.styled(_EMPTY, "dim"))
        self.query_one("#source-text", Static).update("")

    def _head(self, citation: Citation) -> None:
        self._citation = citation
        between = "  " if self.screen.has_class("-narrow") else "\n"
        facts = [citation.date, place(citation), citation.document]
        head = Content.assemble(
            (one_line(citation.title or citation.document), "bold"),
            between,
            (" · ".join(one_line(fact) for fact in facts if fact), "dim"),
        )
        self.query_one("#source-head", Static).update(head)

    def _show_changed(self, citation: Citation) -> None:
        self._before = ""
        body = Content.assemble(
            ("The document has changed since these words were quoted:\n\n", "dim"),
            (harmless_text(citation.quote), QUOTE_STYLE),
        )
        self.query_one("#source-text", Static).update(body)

    def _bring_into_view(self) -> None:
        if not self.children:  # its screen was left before it was painted
            return
        scroll = self.query_one("#source-scroll", VerticalScroll)
        body = self.query_one("#source-text", Static)
        # The quote begins on the last line of what stands before it, wrapped as on the screen.
        wrapped = Content(self._before).get_height({}, max(1, body.content_size.width))
        line = wrapped if self._before else 1
        above = scroll.size.height // 4
        scroll.scroll_to(y=max(0, line - 1 - above), animate=False)


def window(text: str, start: int, end: int, *, size: int = WINDOW) -> tuple[int, int]:
    """Where to cut a text so that about `size` characters remain around `text[start:end]`.

    The cuts fall between words where there are any nearby.

    >>> window("one two three four", 8, 13, size=9)
    (8, 13)
    """
    room = max(0, size - (end - start)) // 2
    first, last = max(0, start - room), min(len(text), end + room)
    if first:
        space = text.find(" ", first, start)
        first = space + 1 if space >= 0 else min(first, start)
    if last < len(text):
        space = text.rfind(" ", end, last)
        last = space if space >= 0 else max(last, end)
    return first, last

"""What a source holds: its documents, and the files that were skipped and why."""

from collections.abc import Sequence
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from index.harmless import one_line
from index.shelved import Holding, ShelvedDocument
from index.walk import Skipped
from tui.ledger import Column, Ledger
from tui.marks import Marks

_DOCUMENTS = (
    Column("", 1),
    Column("Document", ending=True),
    Column("Characters", 10, right=True),
    Column("Passages", 8, right=True),
    Column("Pages", 5, right=True),
    Column("Date", 10),
)
_SKIPPED = (Column("", 1), Column("File", ending=True), Column("Reason"))


class ShelfContents(Vertical):
    """Of one source, as far as a filter lets them through."""

    def __init__(self) -> None:
        super().__init__(id="shelf-contents")
        self._marks = Marks()
        self._holding: Holding | None = None
        self.filter = Input(placeholder="/  filter by name or title", id="shelf-filter")
        self.documents: Ledger[ShelvedDocument] = Ledger(
            _DOCUMENTS, self._document, id="shelf-documents"
        )
        self._skipped: Ledger[Skipped] = Ledger(_SKIPPED, self._skip, id="shelf-skipped")

    def compose(self) -> ComposeResult:
        yield self.filter
        yield self.documents
        yield self._skipped

    @property
    def current(self) -> ShelvedDocument | None:
        """The document at the cursor."""
        return self.documents.current

    def show_holding(self, holding: Holding | None) -> None:
        """Show what a source holds."""
        before = self._holding.source.path if self._holding else None
        if holding is None or holding.source.path != before:
            self.documents.cursor = 0
        self._holding = holding
        self._show()

    def mark(self, marks: Marks) -> None:
        """Show the signs of other marks."""
        self._marks = marks
        self.documents.refresh()

    def on_input_changed(self, message: Input.Changed) -> None:
        message.stop()
        self._show()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        message.stop()
        self.documents.focus()

    def _show(self) -> None:
        wanted = self.filter.value.strip().casefold()
        every = self._holding.documents if self._holding else ()
        documents = [d for d in every if wanted in f"{d.id}\n{d.title}".casefold()]
        self.documents.show_rows(documents)
        self.documents.border_title = _title("Documents", documents, every)
        left_out = self._holding.source.skipped if self._holding else ()
        skipped = [entry for entry in left_out if wanted in entry.path.casefold()]
        self._skipped.show_rows(skipped)
        self._skipped.border_title = _title("Skipped", skipped, left_out)
        self.set_class(bool(left_out), "-skipping")

    def _document(self, document: ShelvedDocument) -> tuple[str, ...]:
        return (
            self._marks.of_document(document),
            one_line(document.id),
            f"{document.characters:,}",
            f"{document.chunks:,}",
            f"{len(document.pages):,}" if document.pages else "",
            one_line(document.date),
        )

    def _skip(self, entry: Skipped) -> tuple[str, ...]:
        path = Path(entry.path)
        source = self._holding.source.path if self._holding else path
        if path != source and path.is_relative_to(source):
            path = path.relative_to(source)
        return "!", one_line(str(path)), one_line(entry.reason)


def _title(noun: str, shown: Sequence[object], every: Sequence[object]) -> str:
    count = f"{len(every):,}"
    return f"{noun} · {count if len(shown) == len(every) else f'{len(shown):,} of {count}'}"

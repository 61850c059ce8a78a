"""Two evaluations side by side: the figures, and the cases that turned."""

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from index.harmless import one_line
from qa.evaluated import Change, Compared
from tui.evaluation.case_view import CaseView
from tui.evaluation.messages import TurnChosen
from tui.evaluation.turned_table import TurnedTable

_COLUMNS = ("name", "before", "now", "difference", "interval")
_HEADINGS = ("", "before", "now", "difference", "95% interval")


class ComparisonPane(Vertical):
    """The changes above; below, the cases and the one that is chosen."""

    def __init__(self) -> None:
        super().__init__(id="comparison")
        self._changes = Static(classes="changes", markup=False)
        self._table = TurnedTable()
        self._view = CaseView()

    def compose(self) -> ComposeResult:
        yield self._changes
        with Horizontal(classes="beside"):
            yield self._table
            yield self._view

    def enter(self) -> None:
        """Take the focus."""
        self._table.focus()

    def open(self, compared: Compared) -> None:
        """Show a comparison."""
        self._changes.update(Content.assemble(*_parts(compared)))
        self._view.say(
            "Every case that both have in common came out as before."
            if compared.shared
            else "The two have no case in common, so there is nothing to compare."
        )
        self._table.put(compared.turned)

    def on_turn_chosen(self, message: TurnChosen) -> None:
        self._view.show_turned(message.turned)


def _parts(compared: Compared) -> Iterator[str | tuple[str, str]]:
    yield f"{one_line(compared.before)}  →  {one_line(compared.now)}", "bold"
    turned = len(compared.turned)
    yield f"   {compared.shared} cases in common, {turned} turned\n", "dim"
    yield from _table(compared.changes)
    yield f"{one_line(compared.test)}", "dim"


def _table(changes: Sequence[Change]) -> Iterator[str | tuple[str, str]]:
    rows = [_HEADINGS, *(tuple(getattr(one, column) for column in _COLUMNS) for one in changes)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for number, (name, *values) in enumerate(rows):
        cells = (f"{value:>{width}}" for value, width in zip(values, widths[1:], strict=True))
        yield f"{name:<{widths[0]}}  {'  '.join(cells)}\n", "" if number else "dim"

"""The cases of a run, a line each."""

from collections import Counter
from collections.abc import Iterable

from rich.text import Text
from textual.coordinate import Coordinate
from textual.widgets import DataTable

from index.harmless import one_line
from qa.evaluated import AskedCase, Outcome
from tui.evaluation.messages import CaseChosen
from tui.evaluation.verdict import GOOD, verdict

_WIDEST = max(len(verdict(outcome)) for outcome in Outcome)

_AT_ONCE = 50
"""Rows added before other things have their turn."""
_PAUSE = 0.01
"""Seconds of such a turn."""


class CaseTable(DataTable[Text]):
    """All cases, or those of which one thing came; the one under the cursor is chosen."""

    HELP = "The cases. **Up** and **Down** choose one; **f** lists those of one outcome only."

    def __init__(self) -> None:
        super().__init__(cursor_type="row", zebra_stripes=False, classes="cases")
        self._cases: list[AskedCase] = []
        self._listed: list[AskedCase] = []
        self._filter: Outcome | None = None
        self._filling = False

    def on_mount(self) -> None:
        self.add_column("outcome", width=_WIDEST)
        self.add_columns("sec.", "conf.", "question")

    @property
    def cases(self) -> list[AskedCase]:
        """All of them, listed or not."""
        return self._cases

    @property
    def filter(self) -> Outcome | None:
        """The outcome whose cases are listed; None for all."""
        return self._filter

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many cases came out how, in the outcomes' order."""
        counted = Counter(case.outcome for case in self._cases)
        return {outcome: counted[outcome] for outcome in Outcome if counted[outcome]}

    @property
    def chosen(self) -> AskedCase | None:
        """The case under the cursor."""
        return self._listed[self.cursor_row] if self._listed else None

    def put(self, cases: Iterable[AskedCase]) -> None:
        """Replace all cases."""
        self._cases = list(cases)
        self._filter = None
        self._fill()

    def append(self, case: AskedCase) -> None:
        """Add a case at the end; the cursor stays where it is."""
        self._cases.append(case)
        if self._lists(case):
            self._listed.append(case)
            if self.row_count == len(self._listed) - 1:  # else the others come first
                self._add_some()

    def filter_by(self, outcome: Outcome | None) -> None:
        """List only the cases of which this came; all where it is None."""
        self._filter = outcome
        self._fill()

    def _fill(self) -> None:
        self._filling = True
        self._listed = [case for case in self._cases if self._lists(case)]
        self.clear()
        self._add_some()
        self._filling = False

    def _add_some(self) -> None:
        """Add rows that are missing; a part at a time, so that keys are heard in between."""
        begun = self.row_count
        for case in self._listed[begun : begun + _AT_ONCE]:
            self.add_row(*_cells(case))
        if self.row_count < len(self._listed):
            self.set_timer(_PAUSE, self._add_some)

    def _lists(self, case: AskedCase) -> bool:
        return self._filter in (None, case.outcome)

    def watch_cursor_coordinate(
        self, old_coordinate: Coordinate, new_coordinate: Coordinate
    ) -> None:
        super().watch_cursor_coordinate(old_coordinate, new_coordinate)
        # A first row comes under the cursor by itself, which is nobody's choice.
        if old_coordinate.row != new_coordinate.row and not self._filling:
            self._choose()

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        event.stop()
        self._choose()

    def _choose(self) -> None:
        if (case := self.chosen) is not None:
            self.post_message(CaseChosen(case))


def _cells(case: AskedCase) -> tuple[Text, ...]:
    sure = "" if case.confidence is None else f"{case.confidence:.2f}"
    return (
        Text(verdict(case.outcome), "dim" if case.outcome in GOOD else "bold"),
        Text(f"{case.seconds:.1f}", "dim", justify="right"),
        Text(sure, "dim", justify="right"),
        Text(one_line(case.question), no_wrap=True),
    )

"""The evaluations that were run earlier."""

from datetime import datetime
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from index.harmless import one_line
from qa.evaluating import KeptRecord, Listing
from tui.evaluation.messages import RecordChosen, RecordsChosen

_MARKED = "Earlier evaluations: c on another one compares it with ◆"


class RecordList(OptionList):
    """One is opened; two are compared, the one after the other."""

    BORDER_TITLE = "Earlier evaluations"
    HELP = "**Enter** opens one. **c** marks one, and on another one compares the two."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Open"),
        Binding("c", "compare", "Compare"),
    ]

    def __init__(self) -> None:
        super().__init__(Option("Looking for them …", disabled=True), id="records", markup=False)
        self._records: tuple[KeptRecord, ...] = ()
        self._marked: Path | None = None

    def put(self, listing: Listing) -> None:
        """Replace the records."""
        self._records = listing.records
        self._fill()
        more = f" and {listing.older} older" if listing.older else ""
        self.border_subtitle = f"{len(self._records)}{more}" if self._records else ""

    def _fill(self) -> None:
        highlighted = self.highlighted
        self.set_options(Option(_entry(one, self._marked)) for one in self._records)
        if not self._records:
            self.add_option(Option("None yet: a run is kept here when it ends.", disabled=True))
        elif highlighted is not None:
            self.highlighted = min(highlighted, len(self._records) - 1)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(RecordChosen(self._records[event.option_index].path))

    def action_compare(self) -> None:
        if self.highlighted is None or not self._records:
            return
        chosen = self._records[self.highlighted]
        other = next((one for one in self._records if one.path == self._marked), None)
        if other is None:
            self._marked = chosen.path
        else:
            self._marked = None
            if other.path != chosen.path:
                before, now = sorted((other, chosen), key=lambda one: one.started)
                self.post_message(RecordsChosen(before.path, now.path))
        self.border_title = _MARKED if self._marked else self.BORDER_TITLE
        self._fill()


def _entry(one: KeptRecord, marked: Path | None) -> Content:
    facts = [day(one.started), counted(one.cases), one.figure, one.model or "search only"]
    return Content.assemble(
        ("◆ " if one.path == marked else "", "bold"),
        (one_line(Path(one.set).name), "bold"),
        "  ",
        (" · ".join(one_line(fact) for fact in facts if fact), "dim"),
    )


def day(started: str) -> str:
    """A time as a person reads it, by the clock of this machine.

    >>> day("some day")
    'some day'
    """
    try:
        return f"{datetime.fromisoformat(started).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return started


def counted(cases: int) -> str:
    """A number of cases, in words.

    >>> counted(1)
    '1 case'
    """
    return "1 case" if cases == 1 else f"{cases:,} cases"

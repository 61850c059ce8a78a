"""The cases that turned, a line each."""

from collections.abc import Sequence

from rich.text import Text
from textual.widgets import DataTable

from index.harmless import one_line
from qa.evaluated import TurnedCase
from tui.evaluation.messages import TurnChosen
from tui.evaluation.verdict import verdict


class TurnedTable(DataTable[Text]):
    """The cases of which something else came than before."""

    HELP = "The cases that turned. **Up** and **Down** open one, as it was and as it is."

    def __init__(self) -> None:
        super().__init__(cursor_type="row", classes="cases")
        self._turned: tuple[TurnedCase, ...] = ()

    def on_mount(self) -> None:
        self.add_columns("before", "now", "question")

    def put(self, turned: Sequence[TurnedCase]) -> None:
        """Replace the cases."""
        self._turned = tuple(turned)
        self.clear()
        for one in turned:
            question = Text(one_line(one.now.question), no_wrap=True)
            self.add_row(
                Text(verdict(one.before.outcome)), Text(verdict(one.now.outcome)), question
            )

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        event.stop()
        if event.cursor_row < len(self._turned):
            self.post_message(TurnChosen(self._turned[event.cursor_row]))

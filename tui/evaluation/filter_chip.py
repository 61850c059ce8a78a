"""An outcome, and how many cases had it."""

from textual.content import Content
from textual.widgets import Static

from qa.evaluated import Outcome
from tui.evaluation.messages import FilterChosen
from tui.evaluation.verdict import verdict


class FilterChip(Static):
    """An outcome and its count; a click lists its cases."""

    def __init__(self, outcome: Outcome | None) -> None:
        super().__init__(markup=False, classes="chip")
        self.outcome = outcome
        self.display = outcome is None

    def count(self, number: int, *, chosen: bool) -> None:
        """Show how many there are, and whether these are what is listed."""
        words = "all" if self.outcome is None else verdict(self.outcome)
        # Where there is no room for a word, the cases below still have it beside the sign.
        word = words.split()[0] if self.screen.has_class("-narrow") else words
        self.update(Content.styled(f" {word} {number} ", "reverse" if chosen else ""))
        self.display = self.outcome is None or number > 0

    def on_click(self) -> None:
        self.post_message(FilterChosen(self.outcome))

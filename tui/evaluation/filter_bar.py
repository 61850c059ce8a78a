"""Which cases are listed, and how many came out how."""

from collections.abc import Mapping

from textual.containers import Horizontal

from qa.evaluated import Outcome
from tui.evaluation.filter_chip import FilterChip


class FilterBar(Horizontal):
    """A chip for every outcome that some case has."""

    def __init__(self) -> None:
        super().__init__(*(FilterChip(outcome) for outcome in (None, *Outcome)), classes="filter")

    def count(self, counts: Mapping[Outcome, int], chosen: Outcome | None) -> None:
        """Show the counts, and which cases are listed."""
        for chip in self.query(FilterChip):
            number = counts.get(chip.outcome, 0) if chip.outcome else sum(counts.values())
            chip.count(number, chosen=chip.outcome is chosen)

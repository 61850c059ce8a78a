"""How much is on the shelf, and whether it is watched."""

from collections.abc import Sequence

from textual.widgets import Static

from index.shelved import Holding
from qa.upkeep_events import Step, UpkeepEvent, Watching

_OFF = ""
_LOOKING = "◌ watch: looking for changes"
_PAUSED = "◌ watch: goes on afterwards"
_STANDS = "◉ watching"


class ShelfCounts(Static):
    """A line for the bar."""

    def __init__(self) -> None:
        super().__init__(id="shelf-counts", markup=False)
        self._counted = ""
        self._watch = _OFF

    def count(self, shelf: Sequence[Holding]) -> None:
        """Show how much there is."""
        counts = (
            counted(len(shelf), "source"),
            counted(sum(len(holding.documents) for holding in shelf), "document"),
            counted(sum(holding.source.chunks for holding in shelf), "passage"),
        )
        self._counted = " · ".join(counts)
        self._show()

    def show_watch(self, wanted: bool, *, paused: bool) -> None:
        """The watch was turned on or off, or has begun or stopped to wait for other work."""
        self._watch = (_PAUSED if paused else _LOOKING) if wanted else _OFF
        self._show()

    def follow(self, event: UpkeepEvent) -> None:
        """The watch got a step further."""
        match event:
            case Watching():
                self._watch = _STANDS
            case Step("indexing", done, total, _) if total:
                self._watch = f"◌ watch: {done:,} of {total:,} files"
            case _:
                self._watch = _LOOKING
        self._show()

    def _show(self) -> None:
        self.update(" · ".join(part for part in (self._counted, self._watch) if part))


def counted(count: int, noun: str) -> str:
    """So many of something.

    >>> counted(1, "source"), counted(1200, "passage")
    ('1 source', '1,200 passages')
    """
    return f"1 {noun}" if count == 1 else f"{count:,} {noun}s"

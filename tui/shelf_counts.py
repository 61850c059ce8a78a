"""How much is on the shelf, and whether it is watched."""

from textual.widgets import Static

from index.shelved import Overview


class ShelfCounts(Static):
    """A line for the bar."""

    def __init__(self) -> None:
        super().__init__(id="shelf-counts", markup=False)

    def count(self, overview: Overview, watch: str) -> None:
        """Show the counts.

        Args:
            overview: What is counted.
            watch: How the watch stands; empty where it is off.
        """
        passages = sum(source.chunks for source in overview.sources)
        counts = (
            counted(len(overview.sources), "source"),
            counted(len(overview.documents), "document"),
            counted(passages, "passage"),
        )
        self.update(" · ".join([*counts, *([watch] if watch else [])]))


def counted(count: int, noun: str) -> str:
    """So many of something.

    >>> counted(1, "source"), counted(1200, "passage")
    ('1 source', '1,200 passages')
    """
    return f"1 {noun}" if count == 1 else f"{count:,} {noun}s"

"""The sources of the shelf."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import OptionList

from index.shelved import Holding, Source
from tui.marks import Marks
from tui.shelf_counts import counted
from tui.shelf_messages import SourceChosen
from tui.short_path import short_path


class ShelfSources(OptionList):
    """Each with its counts, and a sign where it is marked."""

    def __init__(self) -> None:
        super().__init__(id="shelf-sources", markup=False)
        self.border_title = "Sources"
        self._shelf: tuple[Holding, ...] = ()

    @property
    def chosen(self) -> Holding | None:
        """The one that is highlighted."""
        at = self.highlighted
        return self._shelf[at] if at is not None and at < len(self._shelf) else None

    def list_sources(self, shelf: Sequence[Holding], marks: Marks) -> None:
        """Put these in the place of the sources so far; the same one stays highlighted."""
        before = self.chosen.source.path if self.chosen else None
        self._shelf = tuple(shelf)
        self.clear_options()
        self.add_options(_entry(holding.source, marks) for holding in shelf)
        if shelf:
            paths = [holding.source.path for holding in shelf]
            self.highlighted = paths.index(before) if before in paths else 0

    def mark(self, marks: Marks) -> None:
        """Show the signs of other marks."""
        for at, holding in enumerate(self._shelf):
            self.replace_option_prompt_at_index(at, _entry(holding.source, marks))

    def on_option_list_option_highlighted(self, message: OptionList.OptionHighlighted) -> None:
        message.stop()
        if self.chosen:
            self.post_message(SourceChosen(self.chosen.source.path))


def _entry(source: Source, marks: Marks) -> Content:
    counts = [counted(source.documents, "document"), counted(source.chunks, "passage")]
    counts += [f"{len(source.skipped):,} skipped"] if source.skipped else []
    return Content.assemble(
        f"{marks.of_source(source.path)} {short_path(source.path)}\n",
        (f"  {' · '.join(counts)}", "dim"),
    )

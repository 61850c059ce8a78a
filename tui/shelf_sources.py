"""The sources of the shelf."""

from collections.abc import Sequence
from pathlib import Path

from textual.content import Content
from textual.widgets import OptionList

from index.shelved import Source
from tui.marks import Marks
from tui.shelf_messages import SourceChosen
from tui.short_path import short_path


class ShelfSources(OptionList):
    """Each with its counts, and a sign where it is marked."""

    def __init__(self) -> None:
        super().__init__(id="shelf-sources", markup=False)
        self.border_title = "Sources"
        self._sources: tuple[Source, ...] = ()

    @property
    def chosen(self) -> Source | None:
        """The one that is highlighted."""
        at = self.highlighted
        return self._sources[at] if at is not None and at < len(self._sources) else None

    def list_sources(self, sources: Sequence[Source], marks: Marks) -> None:
        """Put these in the place of the sources so far; the same one stays highlighted."""
        before = self.chosen.path if self.chosen else None
        self._sources = tuple(sources)
        self.clear_options()
        self.add_options(_entry(source, marks.of_source(source.path)) for source in sources)
        if sources:
            paths = [source.path for source in sources]
            self.highlighted = paths.index(before) if before in paths else 0

    def mark(self, marks: Marks) -> None:
        """Show the signs of other marks."""
        for at, source in enumerate(self._sources):
            entry = _entry(source, marks.of_source(source.path))
            self.replace_option_prompt_at_index(at, entry)

    def choose(self, path: Path) -> None:
        """Highlight a source, if it is there."""
        for at, source in enumerate(self._sources):
            if source.path == path:
                self.highlighted = at

    def on_option_list_option_highlighted(self, message: OptionList.OptionHighlighted) -> None:
        message.stop()
        if self.chosen:
            self.post_message(SourceChosen(self.chosen.path))


def _entry(source: Source, sign: str) -> Content:
    skipped = f" · {len(source.skipped):,} skipped" if source.skipped else ""
    return Content.assemble(
        f"{sign} {short_path(source.path)}\n",
        (f"  {source.documents:,} documents · {source.chunks:,} passages{skipped}", "dim"),
    )

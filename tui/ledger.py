"""Rows in columns, of any number: only those in view are rendered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Column:
    """How a column looks."""

    title: str
    width: int = 0
    """Cells; 0 for an equal share of what the others leave."""
    right: bool = False
    """Numbers stand so."""
    ending: bool = False
    """Of a text that is too long the end is kept, where paths differ, not the beginning."""


class Ledger(ScrollView, Generic[T], can_focus=True):
    """A table with a cursor. What it is given is text, never markup, on one line and harmless."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"ledger--head", "ledger--cursor"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "first", "First", show=False),
        Binding("end", "last", "Last", show=False),
    ]
    cursor: reactive[int] = reactive(0)

    def __init__(
        self,
        columns: Sequence[Column],
        cells: Callable[[T], tuple[str, ...]],
        *,
        id: str,  # noqa: A002  (Textual's own word)
    ) -> None:
        """Make an empty one.

        Args:
            columns: From left to right.
            cells: A row's text in each of them.
            id: Of the widget.
        """
        super().__init__(id=id)
        self._columns = tuple(columns)
        self._cells = cells
        self._rows: Sequence[T] = ()

    @property
    def rows(self) -> Sequence[T]:
        return self._rows

    @property
    def current(self) -> T | None:
        """The row at the cursor."""
        return self._rows[self.cursor] if self._rows else None

    def show_rows(self, rows: Sequence[T]) -> None:
        """Put these in the place of the rows so far; the cursor stays, as far as it can."""
        self._rows = rows
        self.virtual_size = Size(0, len(rows) + 1)
        self.cursor = min(self.cursor, max(0, len(rows) - 1))
        self.refresh()

    def validate_cursor(self, cursor: int) -> int:
        return min(max(cursor, 0), max(0, len(self._rows) - 1))

    def watch_cursor(self, cursor: int) -> None:
        below = cursor + 2 - self.size.height  # the head takes a line
        if cursor < self.scroll_offset.y:
            self.scroll_to(y=cursor, animate=False)
        elif below > self.scroll_offset.y:
            self.scroll_to(y=below, animate=False)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y == 0:
            text = self._line(tuple(column.title for column in self._columns), width)
            return _strip(text, self._style("ledger--head"))
        at = y - 1 + self.scroll_offset.y
        if at >= len(self._rows):
            return _strip(" " * width, self.rich_style)
        marked = at == self.cursor and self.has_focus
        style = self._style("ledger--cursor") if marked else self.rich_style
        return _strip(self._line(self._cells(self._rows[at]), width), style)

    def _style(self, component: str) -> Style:
        return self.get_component_rich_style(component)

    def _line(self, cells: tuple[str, ...], width: int) -> str:
        fixed = sum(column.width for column in self._columns) + len(self._columns) - 1
        sharing = sum(not column.width for column in self._columns) or 1
        share = max(8, (width - fixed) // sharing)
        line = " ".join(
            _fitted(text, column, column.width or share)
            for text, column in zip(cells, self._columns, strict=True)
        )
        return set_cell_size(line, width)

    def action_move(self, by: int) -> None:
        self.cursor += by

    def action_page(self, by: int) -> None:
        self.cursor += by * max(1, self.size.height - 1)

    def action_first(self) -> None:
        self.cursor = 0

    def action_last(self) -> None:
        self.cursor = len(self._rows) - 1

    def on_click(self, event: events.Click) -> None:
        at = event.y - self.gutter.top - 1 + self.scroll_offset.y
        if 0 <= at < len(self._rows) and event.y > self.gutter.top:
            self.cursor = at


def _strip(text: str, style: Style) -> Strip:
    return Strip([Segment(text, style)])


def _fitted(text: str, column: Column, width: int) -> str:
    """The text in so many cells."""
    length = cell_len(text)
    if length <= width:
        return " " * (width - length) + text if column.right else set_cell_size(text, width)
    if not column.ending:
        return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width)
    kept = text
    while cell_len(kept) >= width:
        kept = kept[1:]
    return set_cell_size(f"…{kept}", width)

"""The models, a row each."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import DataTable

from index.harmless import one_line
from qa.endpoint_address import is_endpoint
from qa.model_keeping import KeptModel

_COLUMNS = (
    ("", 1),
    ("Model", None),
    ("Size", 8),
    ("State", 11),
    ("Reads/s", 7),
    ("Writes/s", 8),
    ("Licence", None),
)
"""Each with its width; what is None is as wide as what stands in it."""
_WIDEST_NAME = 34
"""Characters of a name that are shown; the whole of it stands below the table."""


class ModelTable(DataTable[Text]):
    """One row is selected, and what the keys do is done to it."""

    HELP = """\
    The models that can be fetched by name, and those that are here.

    ● in use, ✓ here, ◐ partly fetched, ○ not fetched, ⇄ a server, … at work. **Reads** and
    **Writes** are tokens a second, as **t** measured them on this machine. A fetch goes on while
    you read elsewhere; **x** stops it, and **p** takes it up where it stopped.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.next_step", "Fetch or use it", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(id="model-table", cursor_type="row", zebra_stripes=False)
        self._models: tuple[KeptModel, ...] = ()

    def on_mount(self) -> None:
        for name, width in _COLUMNS:
            numbers = name == "Size" or name.endswith("/s")
            self.add_column(Text(name, justify="right" if numbers else "left"), width=width)

    @property
    def selected(self) -> KeptModel | None:
        """The model under the cursor; None while there is none."""
        return self._models[self.cursor_row] if 0 <= self.cursor_row < len(self._models) else None

    def list_models(
        self, models: Sequence[KeptModel], *, busy: str, select: KeptModel | None = None
    ) -> None:
        """Replace the rows.

        Args:
            models: From top to bottom.
            busy: The name of the model that something is being done to; empty for none.
            select: The one to select; the one that was selected by default.
        """
        wanted = select or self.selected
        self._models = tuple(models)
        self.clear()
        for model in self._models:
            self.add_row(*_cells(model, busy=model.name == busy))
        self.move_cursor(row=_row(self._models, wanted))


def not_among(models: Sequence[KeptModel], typed: Sequence[KeptModel]) -> tuple[KeptModel, ...]:
    """Those that were typed, each once, without the ones that the models hold already."""
    kept: list[KeptModel] = []
    for model in typed:
        if not any(_same(model, other) for other in (*models, *kept)):
            kept.append(model)
    return tuple(kept)


def _row(models: Sequence[KeptModel], selected: KeptModel | None) -> int:
    """The selected model's row; without it that of the model in use, else the best one's."""
    rows = list(enumerate(models))
    same = [row for row, model in rows if selected and _same(model, selected)]
    return next(iter(same + [row for row, model in rows if model.listed.in_use]), 0)


def _same(one: KeptModel, other: KeptModel) -> bool:
    """Whether two names mean one model: a file of the hub has another name once it is here."""
    path = one.listed.path
    return one.name == other.name or (path is not None and path == other.listed.path)


def _cells(model: KeptModel, *, busy: bool) -> tuple[Text, ...]:
    name = one_line(model.name)
    if len(name) > _WIDEST_NAME:  # the end of a path or an address tells more than its start
        name = f"…{name[-_WIDEST_NAME + 1 :]}"
    size = f"{model.listed.size / 1e6:,.0f} MB" if model.listed.size else "–"
    sign, state = _state(model)
    if busy:
        sign, state = "…", "in use" if model.listed.in_use else "at work"
    speed = model.speed
    return (
        Text(sign),
        Text(name, style="bold" if model.listed.in_use else ""),
        Text(size, justify="right"),
        Text(state),
        Text(f"{speed.reads:.0f}" if speed else "–", justify="right"),
        Text(f"{speed.writes:.0f}" if speed and speed.writes else "–", justify="right"),
        Text(one_line(model.listed.licence) or "–"),
    )


def _state(model: KeptModel) -> tuple[str, str]:
    """A sign, and the same in words."""
    if model.listed.in_use:
        return "●", "in use"
    if is_endpoint(model.name):
        return "⇄", "a server"
    if model.listed.present:
        return "✓", "here"
    if model.fetched:
        size = model.listed.size
        share = f"{100 * model.fetched // size}%" if size else f"{model.fetched // 1_000_000} MB"
        return "◐", f"{share} here"
    return "○", "not fetched"

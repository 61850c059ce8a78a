"""The screen of the answering models: seen, fetched, tested, chosen and deleted."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import DataTable, Footer, Input

from index.errors import Cancelled, LecternError
from index.harmless import one_line
from qa.model_keeping import KeptModel
from tui.model_bench import ModelBench
from tui.model_details import ModelDetails
from tui.model_keeper import ModelKeeper
from tui.model_messages import (
    ModelChosen,
    ModelDeleted,
    ModelFound,
    ModelRefused,
    ModelsListed,
    ModelUsed,
    WorkEnded,
    WorkMoved,
)
from tui.model_progress import ModelProgress
from tui.model_status import ModelStatus
from tui.model_table import ModelTable, not_among
from tui.top_bar import TopBar

_TYPED = "A hub REPO:FILE, a .gguf file's path, or http://HOST:PORT/v1#MODEL"


class ModelsScreen(Screen[None]):
    """A table of models, the selected one in full, and what is being done to one of them."""

    AUTO_FOCUS = "#model-table"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012  (Textual's own type)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "use", "Use"),
        Binding("p", "pull", "Fetch"),
        Binding("p", "check", "Check", show=False),
        Binding("t", "test", "Test"),
        Binding("x", "stop", "Stop"),
        Binding("d", "delete", "Delete"),
        Binding("slash", "type", "Another", key_display="/"),
        Binding("escape", "back", "Back"),
    ]

    def __init__(self, keeper: ModelKeeper | None) -> None:
        """Make the screen; without a keeper it says that there are no models to be had."""
        super().__init__()
        self._bench = ModelBench(keeper, self.post_message) if keeper else None
        self._models: tuple[KeptModel, ...] = ()
        self._typed: tuple[KeptModel, ...] = ()
        self._busy = ""
        self._doing = ""
        self._deleting = ""
        self._table = ModelTable()
        self._details = ModelDetails()
        self._progress = ModelProgress()
        self._status = ModelStatus()
        self._input = Input(placeholder=_TYPED, id="model-input")

    def compose(self) -> ComposeResult:
        yield TopBar("Models")
        yield self._table
        yield self._details
        yield self._progress
        yield self._status
        yield self._input
        yield Footer(show_command_palette=False)

    def on_screen_resume(self) -> None:
        if self._bench is None:
            self._say("Models cannot be changed here.")
        else:
            self._list_again()

    def on_unmount(self) -> None:
        self._stop()

    @work(thread=True, group="asking")
    def _in_thread(self, do: Callable[[], None]) -> None:
        do()

    @work(thread=True, group="working")
    def _at_work(self, do: Callable[[], None]) -> None:
        do()

    def on_models_listed(self, message: ModelsListed) -> None:
        before, now = _in_use(self._models), _in_use(message.models)
        first = not self._models
        self._models = message.models
        # One may have been typed since they were looked up.
        now_typed = {model.name: model for model in message.typed}
        self._typed = tuple(now_typed.get(model.name, model) for model in self._typed)
        self._list()
        if now != before and not first:
            self.post_message(ModelChosen(now))

    def on_model_found(self, message: ModelFound) -> None:
        found = message.model
        self._typed = (*self._typed, found)
        self._list(select=found)
        self._say(f"{found.name}: {'u uses it' if found.listed.present else 'p fetches it'}.")

    def on_model_used(self, message: ModelUsed) -> None:
        chosen = message.chosen
        over = chosen.overruled_by
        later = f"\nAt the next start {over} comes first, and names another." if over else ""
        self._say(f"✓ {chosen.name} answers from the next question on.{later}")
        self._list_again()

    def on_model_deleted(self, message: ModelDeleted) -> None:
        self._say(f"✓ {message.name} is deleted.")
        self._list_again()

    def on_model_refused(self, message: ModelRefused) -> None:
        self._status.fail(message.error)

    def on_work_moved(self, message: WorkMoved) -> None:
        self._progress.move(message.event)

    def on_work_ended(self, message: WorkEnded) -> None:
        self._busy = ""
        self._progress.end()
        self._list_again()
        match message:
            case WorkEnded(error=Cancelled()):
                kept = " What has come is kept." if self._doing == "Fetching" else ""
                self._say(f"■ Stopped.{kept}")
            case WorkEnded(error=LecternError() as error):
                self._status.fail(error)
            case WorkEnded(name, speed) if speed:
                self._say(f"✓ {name} {speed.in_words}.")
            case WorkEnded(name):
                self._say(f"✓ {name} is {'here' if self._doing == 'Fetching' else 'whole'}.")

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        event.stop()
        selected = self._table.selected
        self._details.show(selected)
        if self._deleting and (selected is None or selected.name != self._deleting):
            self._say("")
        self.refresh_bindings()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        name = one_line(self._input.value)
        if name and self._bench:
            self._close_input()
            self._in_thread(partial(self._bench.look_up, name))

    def action_use(self) -> None:
        if (model := self._table.selected) and self._bench:
            self._in_thread(partial(self._bench.use, model.name))

    def action_pull(self) -> None:
        if (model := self._table.selected) and self._bench:
            self._begin(model, "Fetching", self._bench.pull)

    def action_check(self) -> None:
        """See whether a fetched model is what it should be; what is not is fetched again."""
        if (model := self._table.selected) and self._bench:
            self._begin(model, "Checking", self._bench.pull)

    def action_test(self) -> None:
        if (model := self._table.selected) and self._bench:
            self._begin(model, "Testing", self._bench.test)

    def action_next_step(self) -> None:
        """Fetch the model where it is not here, else use it."""
        if (model := self._table.selected) is None:
            return
        if not model.listed.present and self.check_action("pull", ()):
            self.action_pull()
        elif self.check_action("use", ()):
            self.action_use()

    def action_delete(self) -> None:
        """Ask, and delete when asked again."""
        if (model := self._table.selected) is None or self._bench is None:
            return
        if self._deleting == model.name:
            self._say("")
            self._in_thread(partial(self._bench.delete, model.name))
        else:
            size = model.listed.size if model.listed.present else model.fetched
            self._say(f"Delete {model.name}, {size / 1e6:,.0f} MB? d deletes it, Escape keeps it.")
            self._deleting = model.name

    def action_stop(self) -> None:
        self._stop()

    def action_type(self) -> None:
        self._input.display = True
        self._input.focus()

    def action_back(self) -> None:
        if self._input.display:
            self._close_input()
        elif self._deleting:
            self._say("")
        else:
            self.app.pop_screen()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in (possible := self._possible()):
            return possible[action]
        return super().check_action(action, parameters)

    def _possible(self) -> dict[str, bool]:
        """Whether each action makes sense, as things are."""
        model = self._table.selected
        if model is None:
            return dict.fromkeys(("use", "pull", "check", "test", "delete", "stop", "type"), False)
        here, busy = model.listed.present, bool(self._busy)
        return {
            "use": here and not model.listed.in_use,
            "pull": model.fetchable and not here and not busy,
            "check": model.fetchable and here and not busy,
            "test": here and not busy,
            "delete": _deletable(model) and model.name != self._busy,
            "stop": busy,
            "type": self._bench is not None,
        }

    def _begin(self, model: KeptModel, doing: str, do: Callable[[str], None]) -> None:
        self._busy, self._doing = model.name, doing
        self._say("")
        self._progress.begin(model.name, doing)
        self._list()
        self._at_work(partial(do, model.name))

    def _stop(self) -> None:
        self.workers.cancel_group(self, "working")
        if self._bench:
            self._bench.stop()

    def _list_again(self) -> None:
        if self._bench:
            self._in_thread(partial(self._bench.list_models, [each.name for each in self._typed]))

    def _list(self, *, select: KeptModel | None = None) -> None:
        self._typed = not_among(self._models, self._typed)
        shown = (*self._models, *self._typed)
        self._table.list_models(shown, busy=self._busy, select=select)
        self._details.show(self._table.selected)
        self.refresh_bindings()

    def _close_input(self) -> None:
        self._input.clear()
        self._input.display = False
        self._table.focus()

    def _say(self, text: str) -> None:
        self._deleting = ""
        self._status.say(text)


def _in_use(models: tuple[KeptModel, ...]) -> str:
    return next((model.name for model in models if model.listed.in_use), "")


def _deletable(model: KeptModel) -> bool:
    there = model.listed.present or model.fetched > 0
    return there and model.listed.path is not None and not model.listed.in_use

"""The evaluation screen: choose, run, look through; a run goes on while the person is elsewhere."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import ContentSwitcher, Footer, Static

from index.errors import LecternError
from index.harmless import harmless_text, one_line
from qa.drafting import Drafted, DraftOrder
from qa.evaluating import Begun, Order
from tui.evaluation.cases import CasesPane
from tui.evaluation.choice import ChoicePane
from tui.evaluation.comparison import ComparisonPane
from tui.evaluation.draft_order import DraftOrderForm
from tui.evaluation.errands import Errands
from tui.evaluation.evaluations import Evaluations
from tui.evaluation.making import MakingPane
from tui.evaluation.messages import (
    ErrandFailed,
    Listed,
    MakeOver,
    MakeStep,
    MakeWanted,
    PageWanted,
    PageWritten,
    RecordChosen,
    RecordOpened,
    RecordsChosen,
    RecordsCompared,
    ReviewChosen,
    ReviewOpened,
    RunOrdered,
    RunOver,
    RunStep,
)
from tui.evaluation.review import ReviewScreen
from tui.top_bar import TopBar

NOT_HERE = "Evaluations are not to be had here."


class EvaluationScreen(Screen[None]):
    """One pane at a time: what to do, what is under way, an earlier evaluation, a comparison."""

    AUTO_FOCUS = "#sets"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012  (Textual's own type)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back"),
        Binding("x", "stop", "Stop"),
        Binding("w", "watch", "Watch"),
    ]

    def __init__(self, open_evaluations: Callable[[], Evaluations] | None) -> None:
        """Make the screen.

        Args:
            open_evaluations: Loads the evaluations, which may take a second; None where there are
                none.
        """
        super().__init__()
        self._errands = Errands(open_evaluations or _none, self.post_message)
        self._ordered = ""
        """The set that is being run or drafted."""
        self._under_way = "run"
        """The pane that shows it."""
        self._state = Static(markup=False)
        self._choice = ChoicePane()
        self._run = CasesPane("run")
        self._record = CasesPane("record")
        self._comparison = ComparisonPane()
        self._making = MakingPane()
        panes = (self._choice, self._run, self._making, self._record, self._comparison)
        self._panes = ContentSwitcher(*panes, initial="choice", id="panes")

    def compose(self) -> ComposeResult:
        yield TopBar("Evaluation", self._state)
        yield self._panes
        yield Footer(show_command_palette=False)

    def on_screen_resume(self) -> None:
        self._list()

    def on_unmount(self) -> None:
        # Who leaves the app in the midst of a run finds what was done among the earlier ones.
        self._errands.stop()

    # What is done in threads

    @work(thread=True, exclusive=True, group="listing")
    def _list(self) -> None:
        self._errands.list()

    @work(thread=True, exclusive=True, group="running")
    def _start(self, order: Order) -> None:
        self._errands.run(order)

    @work(thread=True, exclusive=True, group="running")
    def _make(self, order: DraftOrder) -> None:
        self._errands.make(order)

    @work(thread=True, group="writing")
    def _write_page(self, path: Path) -> None:
        self._errands.write_page(path)

    @work(thread=True, exclusive=True, group="opening")
    def _open(self, path: Path) -> None:
        self._errands.open(path)

    @work(thread=True, exclusive=True, group="opening")
    def _compare(self, before: Path, now: Path) -> None:
        self._errands.compare(before, now)

    @work(thread=True, exclusive=True, group="opening")
    def _review(self, name: str) -> None:
        self._errands.review(name)

    # What the person asks for

    def on_run_ordered(self, message: RunOrdered) -> None:
        if self._busy():
            return
        if not message.order.set:
            self._choice.say("Name a set or a .jsonl file.")
        else:
            self._begin(message.order)

    def _busy(self) -> bool:
        if self._ordered:
            self._choice.say("A run is under way: w watches it, x stops it.")
        return bool(self._ordered)

    def _begin(self, order: Order) -> None:
        self._run.begin()
        self._set_out(order.set, "run")
        self._start(order)

    def _set_out(self, ordered: str, pane: str) -> None:
        self._ordered, self._under_way = ordered, pane
        self._choice.say("")
        self._errands.begin()
        self._show(pane)
        self._say("beginning")

    def on_make_wanted(self, _message: MakeWanted) -> None:
        if not self._busy():
            self.app.push_screen(DraftOrderForm(), self._begin_making)

    def _begin_making(self, order: DraftOrder | None) -> None:
        if order is not None:
            self._making.begin(order)
            self._set_out(order.file.name, "making")
            self._make(order)

    def on_page_wanted(self, message: PageWanted) -> None:
        self._write_page(message.path)

    def on_record_chosen(self, message: RecordChosen) -> None:
        self._open(message.path)

    def on_records_chosen(self, message: RecordsChosen) -> None:
        self._choice.say("Comparing …")
        self._compare(message.before, message.now)

    def on_review_chosen(self, message: ReviewChosen) -> None:
        self._review(message.name)

    # What came of it

    def on_listed(self, message: Listed) -> None:
        self._choice.put(message.listing)

    def on_errand_failed(self, message: ErrandFailed) -> None:
        self._choice.fail(message.error)
        if self._panes.current != "choice":
            said = f"{message.error} {message.error.hint}".strip()
            self.notify(harmless_text(said), severity="error", markup=False)

    def on_page_written(self, message: PageWritten) -> None:
        self.notify(f"Written to {one_line(str(message.page))}", markup=False)

    def on_record_opened(self, message: RecordOpened) -> None:
        self._choice.say("")
        self._record.open(message.evaluated)
        self._show("record")

    def on_records_compared(self, message: RecordsCompared) -> None:
        self._choice.say("")
        self._comparison.open(message.compared)
        self._show("comparison")

    def on_review_opened(self, message: ReviewOpened) -> None:
        self._choice.say("")
        text_of = self._errands.evaluations().text_of
        self.app.push_screen(ReviewScreen(message.review, message.drafts, text_of))

    def on_run_step(self, message: RunStep) -> None:
        self._run.follow(message.event)
        if isinstance(message.event, Begun):
            self._say(f"case {message.event.number} of {message.event.total}")

    def on_run_over(self, message: RunOver) -> None:
        if message.error is not None:
            self._run.fail(message.error)
        self._is_over("run", message.error, "The evaluation has ended.")

    def on_make_step(self, message: MakeStep) -> None:
        self._making.follow(message.event)
        if isinstance(message.event, Drafted):
            self._say(f"draft {message.event.number} of {message.event.total}")

    def on_make_over(self, message: MakeOver) -> None:
        if message.error is not None:
            self._making.fail(message.error)
        self._is_over("making", message.error, "The drafts are made.")

    def _is_over(self, pane: str, error: LecternError | None, ended: str) -> None:
        self._ordered = ""
        self._say("")
        self.refresh_bindings()
        self._list()
        if not self.is_current or self._panes.current != pane:
            self.notify(one_line(str(error or ended)), markup=False)

    # Keys

    def action_back(self) -> None:
        if self._panes.current == "choice":
            self.app.pop_screen()
        else:
            self._show("choice")

    def action_stop(self) -> None:
        (self._run if self._under_way == "run" else self._making).stopping()
        self._say("stopping")
        self._errands.stop()

    def action_watch(self) -> None:
        self._show(self._under_way)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that would do nothing are not offered."""
        if action == "stop":
            return bool(self._ordered)
        if action == "watch":
            return bool(self._ordered) and self._panes.current != self._under_way
        return super().check_action(action, parameters)

    def _show(self, pane: str) -> None:
        self._panes.current = pane
        shown = self._panes.visible_content
        if isinstance(shown, ChoicePane | CasesPane | MakingPane | ComparisonPane):
            shown.enter()
        self.refresh_bindings()

    def _say(self, what: str) -> None:
        self._state.update(f"{one_line(self._ordered)}: {what}" if what else "")


def _none() -> Evaluations:
    raise LecternError(NOT_HERE)

"""An evaluation, run now or earlier: how it goes, its cases, and one of them opened."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical

from index.errors import LecternError
from qa.evaluated import AskedCase, Evaluated, Outcome
from qa.evaluating import Asked, Begun, Preparing, RunEvent, SummingUp
from tui.evaluation.case_table import CaseTable
from tui.evaluation.case_view import CaseView
from tui.evaluation.filter_bar import FilterBar
from tui.evaluation.messages import CaseChosen, FilterChosen, PageWanted
from tui.evaluation.progress import RunProgress


class CasesPane(Vertical):
    """The progress, the cases, and the one that is chosen or the figures."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "filter(1)", "Filter"),
        Binding("F", "filter(-1)", "Filter back", show=False),
        Binding("m", "figures", "Figures"),
        Binding("h", "page", "HTML page", tooltip="Write it as a page into the working folder"),
    ]

    def __init__(self, id_: str) -> None:
        super().__init__(id=id_)
        self._evaluated: Evaluated | None = None
        self._looking = False
        """Whether the person has opened a case, which no news should take away."""
        self._stopped = False
        self._progress = RunProgress()
        self._filter = FilterBar()
        self._table = CaseTable()
        self._view = CaseView()

    def compose(self) -> ComposeResult:
        yield self._progress
        yield self._filter
        with Horizontal(classes="beside"):
            yield self._table
            yield self._view

    @property
    def evaluated(self) -> Evaluated | None:
        """What is shown, once it is whole."""
        return self._evaluated

    def enter(self) -> None:
        """Take the focus."""
        self._table.focus()

    def begin(self) -> None:
        """A run begins."""
        self._evaluated, self._looking, self._stopped = None, False, False
        self._table.put(())
        self._count()
        self._view.say("The figures come at the end; a case can be opened as soon as it is done.")
        self._progress.prepare("Beginning")

    def follow(self, event: RunEvent) -> None:
        """The run got a step further."""
        match event:
            case Preparing(line):
                self._progress.prepare(line)
            case Begun():
                self._progress.begin(event, self._table.cases)
            case Asked(case):
                self._table.append(case)
                self._progress.count(self._table.cases)
                self._count()
            case SummingUp():
                self._progress.sum_up(stopped=self._stopped)
            case Evaluated():
                self._finish(event)

    def stopping(self) -> None:
        """The person has asked for the run to stop."""
        self._stopped = True
        self._progress.sum_up(stopped=True)

    def fail(self, error: LecternError) -> None:
        """The run came to a bad end; what was done by then stays."""
        self._progress.fail(str(error), error.hint)
        if not self._table.cases:
            self._view.say(f"{error}\n{error.hint}")

    def open(self, evaluated: Evaluated) -> None:
        """Show an earlier evaluation."""
        self._looking = False
        self._table.put(evaluated.cases)
        self._count()
        self._finish(evaluated)

    def _finish(self, evaluated: Evaluated) -> None:
        self._evaluated = evaluated
        self._progress.finish(evaluated)
        self.refresh_bindings()
        if not self._looking:
            self._view.show_figures(evaluated)

    def _count(self) -> None:
        self._filter.count(self._table.counts, self._table.filter)

    def on_case_chosen(self, message: CaseChosen) -> None:
        self._open(message.case)

    def _open(self, case: AskedCase) -> None:
        self._looking = True
        self._view.show_case(case)

    def on_filter_chosen(self, message: FilterChosen) -> None:
        self._list(message.outcome)

    def action_filter(self, by: int) -> None:
        choices = [None, *self._table.counts]
        now = choices.index(self._table.filter) if self._table.filter in choices else 0
        self._list(choices[(now + by) % len(choices)])

    def _list(self, outcome: Outcome | None) -> None:
        self._table.filter_by(outcome)
        self._count()
        if (case := self._table.chosen) is not None:
            self._open(case)

    def action_figures(self) -> None:
        self._looking = False
        if self._evaluated is None:
            self._view.say("The figures come at the end of the run.")
        else:
            self._view.show_figures(self._evaluated)

    def action_page(self) -> None:
        if self._evaluated is not None:
            self.post_message(PageWanted(self._evaluated.path))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a page of what is whole, and kept."""
        if action == "page":
            return self._evaluated is not None and not self._evaluated.fault
        return super().check_action(action, parameters)

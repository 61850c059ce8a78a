"""How far an evaluation is, while it runs: a bar on standard error, or a line now and then."""

from types import TracebackType
from typing import TYPE_CHECKING, Self

from evals.case import CaseResult, EvalCase
from index.harmless import harmless

if TYPE_CHECKING:
    from rich.console import Console

_WIDTH = 50


class Progress:
    """A bar with the running accuracy, or recall where only search is measured."""

    def __init__(self, total: int, *, metric: str, console: "Console") -> None:
        # 0.1 s; only a run needs it.
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        text = TextColumn("{task.description}", markup=False)
        columns = (MofNCompleteColumn(), BarColumn(bar_width=20), TimeRemainingColumn(), text)
        self._bar = Bar(*columns, console=console, transient=True)
        self._task = self._bar.add_task("", total=total)
        self._metric = metric
        self._scores: list[float] = []
        self._console = console
        self._total = total
        self._done = 0

    def __enter__(self) -> Self:
        """Start showing."""
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Clear the line."""
        self._bar.stop()

    def begin(self, case: EvalCase) -> None:
        """Show the case that is being asked."""
        self._bar.update(
            self._task, description=f"{self._running()}{harmless(case.question)[:_WIDTH]}"
        )

    def finish(self, result: CaseResult) -> None:
        """Count a finished case."""
        score = result.scores.get(self._metric)
        if score is not None:
            self._scores.append(score)
        self._bar.update(self._task, advance=1, description=self._running())
        self._done += 1
        tenth = max(1, self._total // 10)
        if not self._console.is_terminal and self._done % tenth == 0:
            # A log has no bar; a line now and then says that it goes on.
            line = f"{self._done} of {self._total}  {self._running()}"
            self._console.print(line.rstrip(), markup=False, highlight=False)

    def _running(self) -> str:
        if not self._scores:
            return ""
        return f"{self._metric} {sum(self._scores) / len(self._scores):.3f}  "

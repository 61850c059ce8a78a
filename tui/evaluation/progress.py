"""How far a run is, and how it stands."""

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import ProgressBar, Static

from index.harmless import harmless_text, one_line
from qa.evaluated import AskedCase, Evaluated
from qa.evaluating import Begun
from qa.tally import Tally, tally


class RunProgress(Vertical):
    """Two lines: the bar with the time that is left, and the shares so far or what stands still."""

    def __init__(self) -> None:
        super().__init__(classes="progress")
        self._begun: Begun | None = None
        self._bar = ProgressBar(show_eta=False, show_percentage=False)
        self._left = Static(classes="left", markup=False)
        self._said = Static(classes="said", markup=False)

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield self._bar
            yield self._left
        yield self._said

    def prepare(self, line: str) -> None:
        """Documents are being indexed, or the model is being loaded."""
        self._begun = None
        self._bar.update(total=None)
        self._left.update("")
        self._say(f"{one_line(line)} …", "")

    def begin(self, begun: Begun, cases: Sequence[AskedCase]) -> None:
        """A case is being asked; the others are done."""
        self._begun = begun
        self._count(cases)

    def count(self, cases: Sequence[AskedCase]) -> None:
        """One more case is done."""
        if self._begun is not None:
            self._count(cases)

    def sum_up(self, *, stopped: bool) -> None:
        """The figures are being computed."""
        self._left.update("")
        self._say("Stopped." if stopped else "", "Summing up …")

    def finish(self, evaluated: Evaluated) -> None:
        """All is done, or as much as there was time for."""
        done = len(evaluated.cases)
        planned = self._begun.total if self._begun else done
        self._bar.update(total=planned, progress=done)
        model = f"{one_line(evaluated.model)} · " if evaluated.model else ""
        self._left.update(f"{model}{done} of {planned} cases")
        kept = evaluated.fault or f"Kept as {evaluated.path}"
        self._say(standing(tally(evaluated.cases)), one_line(kept))

    def fail(self, message: str, hint: str) -> None:
        """It came to a bad end."""
        self._said.update(
            Content.assemble((f"✖ {harmless_text(message)}", "bold"), f"  {one_line(hint)}")
        )
        if self._begun is None:
            self._bar.update(total=1, progress=0)

    def _count(self, cases: Sequence[AskedCase]) -> None:
        if (begun := self._begun) is None:
            return
        now = tally(cases)
        self._bar.update(total=begun.total, progress=now.done)
        left = f" · {duration(now.seconds * (begun.total - now.done))} left" if now.done else ""
        self._left.update(f"{now.done} of {begun.total}{left}")
        self._say(standing(now), f"asking: {one_line(begun.question)}")

    def _say(self, strong: str, weak: str) -> None:
        between = "   " if strong and weak else ""
        self._said.update(Content.assemble((strong, "bold"), between, (weak, "dim")))


def standing(now: Tally) -> str:
    """The shares so far, on one line."""
    return " · ".join(_parts(now))


def _parts(now: Tally) -> Iterator[str]:
    if now.accuracy is not None and now.wrong_rate is not None:
        yield f"accuracy {now.accuracy:.2f}"
        yield f"wrong {now.wrong_rate:.2f}"
        yield f"{now.refused} refused"
    elif now.recall is not None:
        yield f"recall@5 {now.recall:.2f}"
    if now.failed:
        yield f"{now.failed} failed"


def duration(seconds: float) -> str:
    """A time to wait, as exactly as it can be known.

    >>> duration(8), duration(130), duration(4000)
    ('about 10 s', 'about 2 min', 'about 1 h 7 min')
    """
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"about {max(5, round(seconds / 5) * 5)} s"
    if minutes < 60:
        return f"about {minutes} min"
    return f"about {minutes // 60} h {minutes % 60} min"

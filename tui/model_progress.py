"""How a fetch or a test goes on."""

from time import monotonic

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import ProgressBar, Static

from index.harmless import one_line
from qa.model_files import Fetched
from qa.trial import Trying
from tui.pace import Pace


class ModelProgress(Vertical):
    """One line and a bar; not to be seen while nothing goes on."""

    def __init__(self) -> None:
        super().__init__(id="model-progress")
        self._line = Static(id="model-progress-line", markup=False)
        self._bar = ProgressBar(show_eta=False, id="model-progress-bar")
        self._name = ""
        self._pace = Pace()

    def compose(self) -> ComposeResult:
        yield self._line
        yield self._bar

    def begin(self, name: str, doing: str) -> None:
        """Something has begun.

        Args:
            name: The model it is done to.
            doing: What is done, as in `Fetching`.
        """
        self._name, self._pace = one_line(name), Pace()
        self._line.update(f"{doing} {self._name} …")
        self._bar.display = False
        self.display = True

    def move(self, event: Fetched | Trying) -> None:
        """It got a step further."""
        if isinstance(event, Fetched):
            self._pace.add(event.done, at=monotonic())
            self._line.update(f"Fetching {self._name}: {_fetched(event, self._pace)}")
        else:
            self._line.update(f"Testing {self._name}: {_tried(event)}")
        self._bar.display = event.total > 0
        if event.total:
            self._bar.update(total=event.total, progress=event.done)

    def end(self) -> None:
        """It is over."""
        self.display = False


def _fetched(event: Fetched, pace: Pace) -> str:
    of = f" of {event.total / 1e6:,.0f}" if event.total else ""
    rate = f" · {pace.rate / 1e6:.1f} MB/s" if pace.rate else ""
    left = pace.seconds_left(event.total)
    rest = f" · {_duration(left)} left" if left is not None else ""
    return f"{event.done / 1e6:,.0f}{of} MB{rate}{rest}"


def _tried(event: Trying) -> str:
    return f"{event.doing}, {event.done} of {event.total} tokens" if event.total else event.doing


def _duration(seconds: float) -> str:
    """As short as it can be said.

    >>> _duration(42.3), _duration(600), _duration(7300)
    ('42 s', '10 min', '2 h 2 min')
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"

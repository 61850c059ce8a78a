"""The evaluations behind the screen: what they do in threads comes back as messages."""

import threading
from collections.abc import Callable
from pathlib import Path

from textual.message import Message

from index.errors import LecternError
from qa.evaluating import Order
from tui.evaluation.evaluations import Evaluations, Run
from tui.evaluation.messages import (
    ErrandFailed,
    Listed,
    RecordOpened,
    RecordsCompared,
    ReviewOpened,
    RunOver,
    RunStep,
)


class Errands:
    """Each method but `stop` blocks, and tells by a message what came of it."""

    def __init__(
        self, open_evaluations: Callable[[], Evaluations], post: Callable[[Message], bool]
    ) -> None:
        """Load nothing yet.

        Args:
            open_evaluations: Loads the evaluations.
            post: Takes the messages, from any thread.
        """
        self._open = open_evaluations
        self._post = post
        self._opening = threading.Lock()
        self._opened: Evaluations | None = None
        self._run: Run | None = None
        self._stopped = False

    def evaluations(self) -> Evaluations:
        """The evaluations, loaded on first use."""
        with self._opening:
            if self._opened is None:
                self._opened = self._open()
            return self._opened

    def list(self) -> None:
        """See what there is to choose from."""
        self._tell(lambda evaluations: Listed(evaluations.listing()))

    def open(self, path: Path) -> None:
        """Read an earlier evaluation."""
        self._tell(lambda evaluations: RecordOpened(evaluations.open(path)))

    def compare(self, before: Path, now: Path) -> None:
        """Compare two earlier evaluations."""
        self._tell(lambda evaluations: RecordsCompared(evaluations.compare(before, now)))

    def review(self, name: str) -> None:
        """Read the drafts of a set."""
        self._tell(lambda evaluations: ReviewOpened(evaluations.review(name)))

    def run(self, order: Order) -> None:
        """Run an evaluation to its end."""
        ended: LecternError | None = None
        try:
            self._run = run = self.evaluations().run(order)
            if self._stopped:
                run.stop()
            for event in run:
                self._post(RunStep(event))
        except LecternError as error:
            ended = error
        self._run = None
        self._post(RunOver(ended))

    def begin(self) -> None:
        """A run is about to begin: what was said of stopping was about another one."""
        self._stopped = False

    def stop(self) -> None:
        """Ask no more cases of the run, now or when it begins."""
        self._stopped = True
        if (run := self._run) is not None:
            run.stop()

    def _tell(self, errand: Callable[[Evaluations], Message]) -> None:
        try:
            message = errand(self.evaluations())
        except LecternError as error:
            message = ErrandFailed(error)
        self._post(message)

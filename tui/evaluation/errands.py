"""The evaluations behind the screen: what they do in threads comes back as messages."""

import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol, TypeVar

from textual.message import Message

from index.errors import LecternError
from qa.drafting import DraftOrder
from qa.evaluating import Order
from tui.evaluation.evaluations import Evaluations
from tui.evaluation.messages import (
    ErrandFailed,
    Listed,
    MakeOver,
    MakeStep,
    PageWritten,
    RecordOpened,
    RecordsCompared,
    ReviewOpened,
    RunOver,
    RunStep,
)

E = TypeVar("E")
E_co = TypeVar("E_co", covariant=True)


class _UnderWay(Iterable[E_co], Protocol[E_co]):
    """What takes minutes, and can be stopped."""

    def stop(self) -> None: ...


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
        self._under_way: _UnderWay[object] | None = None
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

        def read(evaluations: Evaluations) -> ReviewOpened:
            review = evaluations.review(name)
            return ReviewOpened(review, review.drafts)

        self._tell(read)

    def write_page(self, path: Path) -> None:
        """Write the page of an earlier evaluation."""
        self._tell(lambda evaluations: PageWritten(evaluations.write_page(path)))

    def run(self, order: Order) -> None:
        """Run an evaluation to its end."""
        self._follow(lambda evaluations: evaluations.run(order), RunStep, RunOver)

    def make(self, order: DraftOrder) -> None:
        """Draft a set to its end."""
        self._follow(lambda evaluations: evaluations.make(order), MakeStep, MakeOver)

    def begin(self) -> None:
        """Something is about to begin: what was said of stopping was about something else."""
        self._stopped = False

    def stop(self) -> None:
        """Ask, or draft, no more cases, now or when it begins."""
        self._stopped = True
        if (under_way := self._under_way) is not None:
            under_way.stop()

    def _follow(
        self,
        begin: Callable[[Evaluations], _UnderWay[E]],
        step: Callable[[E], Message],
        over: Callable[[LecternError | None], Message],
    ) -> None:
        ended: LecternError | None = None
        try:
            self._under_way = under_way = begin(self.evaluations())
            if self._stopped:
                under_way.stop()
            for event in under_way:
                self._post(step(event))
        except LecternError as error:
            ended = error
        self._under_way = None
        self._post(over(ended))

    def _tell(self, errand: Callable[[Evaluations], Message]) -> None:
        try:
            message = errand(self.evaluations())
        except LecternError as error:
            message = ErrandFailed(error)
        self._post(message)

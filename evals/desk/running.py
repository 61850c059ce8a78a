"""An evaluation under way: asked in one process, summed up in another, kept whatever happens."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from evals.case import CaseResult
from evals.desk.jobs import Asking, Summing
from evals.desk.reading import asked_case
from evals.record import case_as_json
from evals.selection import select
from index.errors import Cancelled
from qa.apart import Apart, run_apart
from qa.evaluating import Asked, Begun, Order, Preparing, RunEvent, SummingUp
from qa.settings import Settings


def record_folder(settings: Settings) -> Path:
    """Where records are kept."""
    return settings.home / "evaluations"


class Running:
    """The events of a run, for one thread to iterate over; it begins with the iteration.

    Whatever ends the asking, the cases done so far are summed up and kept.
    """

    def __init__(self, order: Order, settings: Callable[[], Settings]) -> None:
        self._order = order
        self._settings = settings
        self._stopped = False
        self._asking: Apart[Preparing | Begun | CaseResult] | None = None
        self._results: list[CaseResult] = []

    def stop(self) -> None:
        """Ask no more cases; from any thread, at any time."""
        self._stopped = True
        if self._asking is not None:
            self._asking.cancel()

    def __iter__(self) -> Iterator[RunEvent]:
        """The events.

        Raises:
            Cancelled: If it was stopped before the first case was done.
            LecternError: If the order cannot be carried out, or the asking came to a bad end; the
                cases done by then have been summed up.
        """
        selection, settings, started = select(self._order), self._settings(), datetime.now(UTC)
        ended: Exception | None = None
        try:
            yield from self._ask(Asking(selection, settings))
        except Exception as error:  # noqa: BLE001  (raised again, once what was done is kept)
            ended = error
        if self._results:
            yield SummingUp()
            path = record_folder(settings) / f"{_file_name(selection.name, started)}.json"
            results = tuple(self._results)
            with run_apart(Summing(selection.name, results, settings, started, path)) as figures:
                yield from figures
        if ended and not (self._results and isinstance(ended, Cancelled)):
            raise ended

    def _ask(self, job: Asking) -> Iterator[RunEvent]:
        with run_apart(job) as self._asking:
            if self._stopped:
                raise Cancelled
            for event in self._asking:
                if isinstance(event, CaseResult):
                    self._results.append(event)
                    yield Asked(asked_case(case_as_json(event)))
                else:
                    yield event


def _file_name(name: str, started: datetime) -> str:
    """The set's name and the time, as any file system takes them.

    >>> _file_name("my papers/drafts (2).jsonl", datetime(2026, 3, 1, 9, 30, tzinfo=UTC))
    'drafts-2-20260301T093000Z'
    """
    stem = re.sub(r"[^\w.]+", "-", Path(name).stem).strip("-.")[:60] or "set"
    return f"{stem}-{started:%Y%m%dT%H%M%SZ}"

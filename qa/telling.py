"""Work that tells of itself by a callback, as an iterator over what it tells."""

import queue
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Event, Thread
from typing import Generic, TypeVar

from index.errors import Cancelled

E = TypeVar("E")

_PATIENCE = 2.0
"""Seconds that work which was given up gets to notice it."""


@dataclass(frozen=True, slots=True)
class _Over:
    error: Exception | None


class Telling(Generic[E]):
    """Given to the work."""

    def __init__(self) -> None:
        self.given_up = Event()
        """Set once nobody listens any more."""
        self._told: queue.SimpleQueue[E | _Over] = queue.SimpleQueue()

    def tell(self, event: E) -> None:
        """Pass an event on.

        Raises:
            Cancelled: If nobody listens any more.
        """
        if self.given_up.is_set():
            raise Cancelled
        self._told.put(event)

    def events_of(self, work: Callable[["Telling[E]"], None]) -> Iterator[E]:
        """Do the work in a thread; what it raises is raised here, after all that it told."""
        thread = Thread(target=self._run, args=(work,), daemon=True, name="telling")
        thread.start()
        try:
            while not isinstance(told := self._told.get(), _Over):
                yield told
            if told.error:
                raise told.error
        finally:
            self.given_up.set()
            thread.join(_PATIENCE)

    def _run(self, work: Callable[["Telling[E]"], None]) -> None:
        try:
            work(self)
        except Exception as error:  # noqa: BLE001  (raised again where the events are taken)
            self._told.put(_Over(error))
        else:
            self._told.put(_Over(None))

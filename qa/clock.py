"""Seconds since a question was asked."""

import time

from qa.answer import Timings


class Clock:
    """Starts when it is made."""

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self._retrieved = 0.0

    def _elapsed(self) -> float:
        return time.perf_counter() - self._started

    def retrieved(self) -> None:
        """Evidence has been found."""
        self._retrieved = self._elapsed()

    def timings(self, first_token: float | None) -> Timings:
        """What to report now.

        Args:
            first_token: Seconds from the model's request to its first token, if it wrote one.
        """
        first = None if first_token is None else self._retrieved + first_token
        return Timings(retrieve=self._retrieved, first_token=first, total=self._elapsed())

"""The garbage collector, kept from holding the screen up in the middle of something."""

import gc
from collections.abc import Callable
from functools import partial

LULL = 1.0
"""Seconds after its end in which what came of it is still being laid out."""
_NEVER = 1_000_000
"""Collections of the middle generation before one of everything."""


class Undisturbed:
    """Puts full collections off while something is in progress: each takes some 50 ms.

    What is short-lived is collected as ever, so little is left behind.
    """

    def __init__(self, later: Callable[[float, Callable[[], None]], object]) -> None:
        """Make one; `later` calls a function after so many seconds."""
        self._later = later
        self._usual = gc.get_threshold()
        self._in_progress: set[str] = set()
        self._ended = 0
        """How often something has ended: only the lull after the last of them counts."""

    def begin(self, what: str) -> None:
        """Something is in progress."""
        self._in_progress.add(what)
        gc.set_threshold(*self._usual[:2], _NEVER)

    def end(self, what: str) -> None:
        """It is not any more."""
        self._in_progress.discard(what)
        self._ended += 1
        self._later(LULL, partial(self._resume, self._ended))

    def leave(self) -> None:
        """Collect as ever."""
        gc.set_threshold(*self._usual)

    def _resume(self, ended: int) -> None:
        if not self._in_progress and ended == self._ended:
            self.leave()

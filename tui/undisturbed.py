"""The garbage collector, kept from holding the screen up in the middle of an answer."""

import gc
from collections.abc import Callable

LULL = 1.0
"""Seconds after an answer in which it is still being laid out."""
_NEVER = 1_000_000
"""Collections of the middle generation before one of everything."""


class Undisturbed:
    """Puts full collections off while an answer is in progress: each takes some 50 ms.

    What is short-lived is collected as ever, so little is left behind.
    """

    def __init__(self, later: Callable[[float, Callable[[], None]], object]) -> None:
        """Make one; `later` calls a function after so many seconds."""
        self._later = later
        self._usual = gc.get_threshold()
        self._answering = False

    def begin(self) -> None:
        """An answer is in progress."""
        self._answering = True
        gc.set_threshold(*self._usual[:2], _NEVER)

    def end(self) -> None:
        """None is in progress any more."""
        self._answering = False
        self._later(LULL, self._resume)

    def leave(self) -> None:
        """Collect as ever."""
        gc.set_threshold(*self._usual)

    def _resume(self) -> None:
        if not self._answering:
            self.leave()

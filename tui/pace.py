"""How fast a model reads and writes, measured as it does."""

from collections.abc import Callable
from time import monotonic

_ENOUGH = 0.3
"""Seconds after which a rate says something."""


class Pace:
    """Tokens over time, from the first report to the last."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._began: tuple[float, int] | None = None
        self._rate: float | None = None

    def reached(self, tokens: int) -> None:
        """So many tokens are done by now."""
        now = self._clock()
        if self._began is None or tokens < self._began[1]:
            self._began = now, tokens
            return
        start, already = self._began
        if now - start >= _ENOUGH and tokens > already:
            self._rate = (tokens - already) / (now - start)

    @property
    def rate(self) -> float | None:
        """Tokens a second; None before there is enough to go by."""
        return self._rate

    def left(self, tokens: int) -> float | None:
        """Seconds that so many tokens more will take; None before the rate is known."""
        return tokens / self._rate if self._rate else None

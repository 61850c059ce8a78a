"""How fast something goes on, by its last few seconds."""

from collections import deque

_WINDOW = 10.0
"""Seconds looked back upon."""


class Pace:
    """Told now and then how much is done.

    >>> pace = Pace()
    >>> pace.add(100, at=1.0)
    >>> pace.add(300, at=3.0)
    >>> pace.rate, pace.seconds_left(1300)
    (100.0, 10.0)
    """

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def add(self, done: int, *, at: float) -> None:
        """Take note of how much is done at a time, in seconds."""
        self._seen.append((at, done))
        while len(self._seen) > 2 and at - self._seen[0][0] > _WINDOW:
            self._seen.popleft()

    @property
    def rate(self) -> float:
        """What was done in a second; 0 while that is not known."""
        if len(self._seen) < 2:
            return 0.0
        (began, before), (now, done) = self._seen[0], self._seen[-1]
        return (done - before) / (now - began) if now > began else 0.0

    def seconds_left(self, total: int) -> float | None:
        """Seconds until all is done, if it goes on so; None while that is not known."""
        return (total - self._seen[-1][1]) / self.rate if total and self.rate else None

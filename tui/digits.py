"""Numbers of several digits, typed one key at a time."""

from collections.abc import Callable, Collection
from time import monotonic

TOGETHER = 0.6
"""Seconds within which a digit belongs to the one before."""


class Digits:
    """Puts digits that follow one another closely into one number."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._typed = 0
        self._at = float("-inf")

    def press(self, digit: int, numbers: Collection[int]) -> int:
        """The number meant by a digit, given the numbers that there are.

        The first digit counts at once; the next makes a longer number of it where there is one.
        """
        now = self._clock()
        longer = self._typed * 10 + digit
        together = now - self._at <= TOGETHER and longer in numbers
        self._typed, self._at = (longer if together else digit), now
        return self._typed

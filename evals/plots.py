"""Where things stand in a plot: axes, their ticks, and dots that do not cover each other."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

_TICKS = 5
"""Ticks aimed at; round steps make it a few more or fewer."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Values from 0 to `most`, laid from `start` to `end` in the drawing's own units."""

    most: float
    step: float
    """Between ticks."""
    start: float
    end: float

    def at(self, value: float) -> float:
        """Where a value stands."""
        return round(self.start + value / self.most * (self.end - self.start), 1)

    @property
    def ticks(self) -> tuple[float, ...]:
        """The values that are written along it."""
        return tuple(
            round(number * self.step, 9) for number in range(round(self.most / self.step) + 1)
        )


def axis(most: float, *, start: float, end: float) -> Axis:
    """An axis from 0 to the first tick that no value goes beyond, with ticks at round numbers.

    A step is 1, 2 or 5 times a power of ten (Heckbert 1990, "Nice numbers for graph labels").

    >>> axis(23.4, start=0, end=100).ticks
    (0.0, 5.0, 10.0, 15.0, 20.0, 25.0)

    Raises:
        ValueError: If `most` is below 0.
    """
    if most < 0:
        raise ValueError(f"An axis from 0 cannot end at {most}.")
    rough = (most or 1) / _TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = power * next(nice for nice in (1, 2, 5, 10) if rough <= power * nice * (1 + 1e-9))
    return Axis(step * math.ceil((most or 1) / step - 1e-9), step, start, end)


def swarm(positions: Sequence[float], *, gap: float, room: float) -> list[float]:
    """How far each dot moves off its row's middle, so that no two of them cover each other.

    Args:
        positions: Of the dots, along the row.
        gap: Between the middles of two dots that touch.
        room: Farthest that a dot may go, either way; a crowd is pressed together to fit.
    """
    ends: list[float] = []  # Of each lane, the middle one first: where its last dot stands.
    lanes = [0] * len(positions)
    for index in sorted(range(len(positions)), key=positions.__getitem__):
        position = positions[index]
        free = (lane for lane, end in enumerate(ends) if position - end >= gap)
        lanes[index] = next(free, len(ends))
        ends[lanes[index] :] = [position, *ends[lanes[index] + 1 :]]
    pitch = min(gap, room / max(len(ends) // 2, 1))
    return [round(_side(lane) * pitch * ((lane + 1) // 2), 1) for lane in lanes]


def _side(lane: int) -> int:
    return 1 if lane % 2 else -1

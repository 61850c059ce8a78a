"""Rates and what they foretell."""

import pytest

from tui.pace import Pace


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_rate_is_measured_from_the_first_report_on() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.reached(100)
    assert pace.rate is None
    assert pace.left(50) is None
    clock.now += 2
    pace.reached(150)
    assert pace.rate == pytest.approx(25)
    assert pace.left(50) == pytest.approx(2)


def test_too_short_a_time_says_nothing() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.reached(0)
    clock.now += 0.01
    pace.reached(32)
    assert pace.rate is None


def test_what_begins_anew_is_measured_anew() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.reached(300)
    clock.now += 1
    pace.reached(0)
    clock.now += 1
    pace.reached(10)
    assert pace.rate == pytest.approx(10)

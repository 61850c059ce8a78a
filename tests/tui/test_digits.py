"""Typing a citation's number."""

from tui.digits import TOGETHER, Digits


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_first_digit_counts_at_once() -> None:
    assert Digits(Clock()).press(1, range(1, 13)) == 1


def test_a_digit_close_behind_makes_a_longer_number() -> None:
    digits = Digits(Clock())
    digits.press(1, range(1, 13))
    assert digits.press(2, range(1, 13)) == 12


def test_a_digit_much_later_begins_anew() -> None:
    clock = Clock()
    digits = Digits(clock)
    digits.press(1, range(1, 13))
    clock.now += TOGETHER + 0.01
    assert digits.press(2, range(1, 13)) == 2


def test_a_longer_number_that_no_citation_has_is_not_meant() -> None:
    digits = Digits(Clock())
    digits.press(1, range(1, 4))
    assert digits.press(2, range(1, 4)) == 2

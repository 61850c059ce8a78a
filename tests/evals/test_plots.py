import pytest

from evals.plots import axis, swarm


@pytest.mark.parametrize(
    ("most", "ticks"),
    [
        (1, (0, 0.2, 0.4, 0.6, 0.8, 1)),
        (0.23, (0, 0.05, 0.1, 0.15, 0.2, 0.25)),
        (7, (0, 2, 4, 6, 8)),
        (0.02, (0, 0.005, 0.01, 0.015, 0.02)),
        (480, (0, 100, 200, 300, 400, 500)),
        (0, (0, 0.2, 0.4, 0.6, 0.8, 1)),
    ],
)
def test_ticks_stand_at_round_numbers_and_reach_beyond_every_value(most, ticks):
    made = axis(most, start=0, end=100)
    assert made.ticks == pytest.approx(ticks)
    assert made.most == pytest.approx(ticks[-1])


def test_an_axis_may_run_upwards():
    upwards = axis(1, start=300, end=20)
    assert [upwards.at(value) for value in (0, 0.5, 1)] == [300, 160, 20]


def test_an_axis_does_not_end_below_nothing():
    with pytest.raises(ValueError, match="-1"):
        axis(-1, start=0, end=1)


def test_dots_that_would_cover_each_other_move_apart_both_ways():
    assert swarm([10, 50, 11, 12, 17], gap=7, room=20) == [0, 0, 7, -7, 0]
    assert swarm([], gap=7, room=20) == []


def test_a_crowd_stays_in_its_row():
    moved = swarm([10.0] * 41, gap=7, room=20)
    assert len(set(moved)) == 41
    assert max(map(abs, moved)) == 20

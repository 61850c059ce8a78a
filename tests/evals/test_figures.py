import pytest

from evals.confidence_figures import Piece, calibration, tradeoff
from evals.outcome import numbered
from evals.time_figure import times
from qa.evaluated import Outcome
from tests.evals.recorded import crashed, recorded, searched

RUN = numbered(
    [
        recorded("a", confidence=0.85, seconds=4.0),
        recorded("b", confidence=0.55, accuracy=0, seconds=8.0),
        recorded("c", confidence=0.52, seconds=4.0),
        recorded("d", confidence=0.3, abstained=True, seconds=1.0),
        recorded("e", confidence=0.5, accuracy=0, abstained=True, seconds=2.0),
        crashed("f", seconds=3.0),
    ]
)


def test_the_diagram_is_of_the_answers_and_the_bars_are_of_the_refusals_too():
    drawn = calibration(RUN)
    assert [(each.start, each.n, each.right) for each in drawn.bins] == [(0.5, 2, 0.5), (0.8, 1, 1)]
    assert (drawn.given, drawn.refused, drawn.unknown) == (3, 2, 0)
    assert drawn.error == pytest.approx((2 * 0.035 + 0.15) / 3)
    assert len(drawn.bars) == 10
    assert drawn.bars[5] == (
        Piece(Outcome.RIGHT, 0, 1),
        Piece(Outcome.REFUSED_WRONGLY, 1, 2),
        Piece(Outcome.WRONG, 2, 3),
    )
    assert drawn.bars[0] == ()
    assert drawn.height.most == 3


def test_answers_without_confidence_are_counted_and_left_out():
    drawn = calibration(numbered([recorded(confidence=None), recorded(confidence=0.7)]))
    assert (drawn.unknown, drawn.given) == (1, 1)
    none = calibration(numbered([recorded(confidence=None)]))
    assert (none.unknown, none.given, none.bins, none.error) == (1, 0, (), None)


def test_the_trade_off_is_of_all_judged_cases_and_begins_with_the_run():
    drawn = tradeoff(RUN)
    assert [(each.threshold, each.answered) for each in drawn.points] == [
        (0.52, 3 / 6),
        (0.55, 2 / 6),
        (0.85, 1 / 6),
    ]
    assert [each.wrong for each in drawn.points] == [1 / 3, 1 / 2, 0]
    assert [each.threshold for each in drawn.tenths] == [0.52, 0.85]


def test_a_case_whose_confidence_is_unknown_is_not_swept():
    drawn = tradeoff(numbered([recorded(confidence=None), recorded(confidence=0.7)]))
    assert [each.answered for each in drawn.points] == [1]
    assert tradeoff(numbered([recorded(confidence=None)])) is None


def test_seconds_stand_in_a_row_for_each_outcome():
    drawn = times(RUN)
    assert [(row.outcome, row.median, len(row.dots)) for row in drawn.rows] == [
        (Outcome.RIGHT, 4.0, 2),
        (Outcome.REFUSED_RIGHTLY, 1.0, 1),
        (Outcome.REFUSED_WRONGLY, 2.0, 1),
        (Outcome.WRONG, 8.0, 1),
        (Outcome.FAILED, 3.0, 1),
    ]
    one, other = drawn.rows[0].dots
    assert one.x == other.x == drawn.x.at(4.0)
    assert one.y != other.y


def test_search_alone_and_nothing_but_crashes_have_no_figures():
    for cases in ([searched(1.0)], [crashed()], []):
        assert calibration(numbered(cases)) is None
        assert tradeoff(numbered(cases)) is None
        assert times(numbered(cases)) is None

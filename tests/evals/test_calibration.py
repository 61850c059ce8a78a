import pytest

from evals.calibration import Given, Point, calibration_error, place, reliability, sweep, wilson

GIVEN = (
    Given(0.62, right=True),
    Given(0.68, right=False),
    Given(0.9, right=True),
    Given(0.94, right=True),
    Given(1.0, right=False),
)


def test_answers_fall_into_tenths_and_empty_ones_are_left_out():
    sixties, nineties = reliability(GIVEN)
    assert (sixties.start, sixties.end, sixties.n) == (0.6, 0.7, 2)
    assert (nineties.start, nineties.end, nineties.n) == (0.9, 1.0, 3)
    assert (sixties.confidence, sixties.right) == pytest.approx((0.65, 0.5))
    assert (nineties.confidence, nineties.right) == pytest.approx((2.84 / 3, 2 / 3))
    assert (nineties.low, nineties.high) == wilson(2, 3)
    assert reliability(()) == ()


@pytest.mark.parametrize("tenth", range(10))
def test_a_tenth_holds_its_own_lower_end(tenth):
    assert place(tenth / 10) == tenth


@pytest.mark.parametrize("confidence", [-0.1, 1.01, float("nan")])
def test_a_confidence_that_is_no_probability_is_refused(confidence):
    with pytest.raises(ValueError, match="not within 0 to 1"):
        reliability([Given(confidence, right=True)])


@pytest.mark.parametrize(
    ("hits", "n", "interval"),
    [(8, 10, (0.4902, 0.9433)), (0, 10, (0, 0.2775)), (1, 1, (0.2065, 1))],
)
def test_wilson_s_interval_has_its_known_values(hits, n, interval):
    assert wilson(hits, n) == pytest.approx(interval, abs=1e-4)


def test_the_calibration_error_is_the_weighted_gap_between_confidence_and_share():
    # (2 * |.5 - .65| + 3 * |2/3 - 2.84/3|) / 5
    assert calibration_error(reliability(GIVEN)) == pytest.approx((0.3 + 0.84) / 5)
    exact = [Given(0.5, right=True), Given(0.5, right=False)]
    assert calibration_error(reliability(exact)) == 0
    with pytest.raises(ValueError, match="no answers"):
        calibration_error(())


def test_the_sweep_begins_with_the_run_as_it_was_and_refuses_the_least_likely_first():
    assert sweep(GIVEN, cases=10) == (
        Point(0.62, 0.5, 2 / 5),
        Point(0.68, 0.4, 2 / 4),
        Point(0.9, 0.3, 1 / 3),
        Point(0.94, 0.2, 1 / 2),
        Point(1.0, 0.1, 1),
    )


def test_answers_of_one_confidence_are_refused_together():
    alike = [Given(0.7, right=True), Given(0.7, right=False)]
    assert sweep(alike, cases=2) == (Point(0.7, 1, 0.5),)
    assert sweep((), cases=3) == ()


def test_there_cannot_be_more_answers_than_cases():
    with pytest.raises(ValueError, match="only 4 cases"):
        sweep(GIVEN, cases=4)

import pytest

from evals.mcnemar import mcnemar


@pytest.mark.parametrize(
    ("b", "c", "p"),
    [
        (1, 9, 2 * (1 + 10) / 2**10),
        (9, 1, 2 * (1 + 10) / 2**10),
        (0, 5, 2 / 2**5),
        (0, 1, 1),
        (3, 3, 1),
        (0, 0, 1),
    ],
)
def test_the_test_is_the_two_sided_binomial_on_the_cases_that_turned(b, c, p):
    tested = mcnemar(b, c)
    assert (tested.b, tested.c) == (b, c)
    assert tested.p == pytest.approx(p)


def test_a_count_below_nothing_is_refused():
    with pytest.raises(ValueError, match="b is -1"):
        mcnemar(-1, 1)

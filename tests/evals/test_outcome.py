import pytest

from evals.outcome import numbered, outcome
from qa.evaluated import Outcome
from tests.evals.recorded import crashed, recorded, searched


@pytest.mark.parametrize(
    ("case", "what"),
    [
        (recorded(accuracy=1), Outcome.RIGHT),
        (recorded(accuracy=0), Outcome.WRONG),
        (recorded(accuracy=1, abstained=True), Outcome.REFUSED_RIGHTLY),
        (recorded(accuracy=0, abstained=True), Outcome.REFUSED_WRONGLY),
        (recorded(accuracy=None), Outcome.UNJUDGED),
        (crashed(), Outcome.FAILED),
        (searched(1.0), Outcome.FOUND),
        (searched(0.0), Outcome.NOT_FOUND),
        (searched(None), Outcome.UNJUDGED),
    ],
)
def test_every_case_has_one_outcome(case, what):
    assert outcome(case) is what


def test_a_case_is_judged_where_accuracy_counts_it_though_it_crashed():
    right, crash, search = numbered([recorded(), crashed(), searched(1.0)])
    assert (right.judged, crash.judged, search.judged) == (True, True, False)
    assert (right.confidence, crash.confidence) == (0.8, None)
    assert (right.number, search.number) == (1, 3)

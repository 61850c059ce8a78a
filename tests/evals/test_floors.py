import pytest

from evals import floors
from evals.metrics import NAMES, Measured
from index.errors import SettingsError

MEASURED = {name: Measured(0.5, 0.4, 0.6, 9) for name in NAMES}


def test_floors_are_read_and_the_last_of_a_metric_holds():
    assert floors.parse(["accuracy=.8", "recall@5=1", "accuracy=0.7"]) == {
        "accuracy": 0.7,
        "recall@5": 1.0,
    }


@pytest.mark.parametrize(
    ("demand", "hint"),
    [
        ("acuracy=1", "Did you mean 'accuracy'"),
        ("zzz=1", "Metrics: accuracy"),
        ("accuracy", "--fail-under accuracy=0.8"),
        ("accuracy=high", "--fail-under accuracy=0.8"),
        ("wrong_rate=0.1", "accuracy"),
    ],
)
def test_a_demand_that_cannot_be_meant_is_refused(demand, hint):
    with pytest.raises(SettingsError) as caught:
        floors.parse([demand])
    assert hint in caught.value.hint


def test_a_floor_is_missed_below_it_and_not_on_it():
    assert floors.missed(MEASURED, {"accuracy": 0.5}) == []
    assert floors.missed(MEASURED, {"accuracy": 0.6, "mrr@10": 0.4}) == [
        "accuracy is 0.5, below 0.6."
    ]
    assert floors.missed(MEASURED, {"accuracy": float("nan")})


def test_a_metric_that_was_not_measured_misses_its_floor():
    nothing = {"accuracy": Measured(None, None, None, 0)}
    assert "was not measured" in floors.missed(nothing, {"accuracy": 0})[0]

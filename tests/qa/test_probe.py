"""What a model's state tells, by a probe fitted to that model."""

import pytest

from qa.check import SUREST, opinion
from qa.model_files import KNOWN, RECOMMENDED
from qa.probe import Probe, probe_of
from tests.qa.conftest import LIT, scripted, sentence

PROBE = Probe(layer=1, bias=-1.0, weights=(2.0, 0.5))
WIDTH = 1536
"""Of the recommended model's state."""


@pytest.fixture
def scripted_is_probed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.check.probe_of", {"scripted": PROBE}.get)


def test_a_probe_weighs_every_value_of_the_state() -> None:
    assert PROBE.read((3.0, 4.0)) == pytest.approx(7.0)


def test_a_state_of_another_width_is_another_model_s() -> None:
    assert PROBE.read((3.0, 4.0, 5.0)) == 0


def test_the_recommended_model_has_a_probe() -> None:
    probe = probe_of(RECOMMENDED.name)
    assert probe is not None
    assert len(probe.weights) == WIDTH


@pytest.mark.parametrize(
    "model",
    [
        *(model.name for model in KNOWN if model is not RECOMMENDED),
        f"../probes/{RECOMMENDED.name}",
        f"http://192.168.1.20:8080/v1#{RECOMMENDED.name}",
        "",
    ],
)
def test_no_other_model_has_one(model: str) -> None:
    assert probe_of(model) is None


@pytest.mark.usefixtures("scripted_is_probed")
def test_an_opinion_is_what_the_model_says_and_what_its_state_tells() -> None:
    model = scripted(states=0.5)
    model.state = (1.0, 2.0)
    seen = opinion("When?", "In 1846.", (sentence(LIT),), model)
    assert (seen.stated, seen.sensed) == (pytest.approx(0), pytest.approx(2.0))


@pytest.mark.usefixtures("scripted_is_probed")
@pytest.mark.parametrize("sign", [-1, 1])
def test_a_state_unlike_any_before_does_not_outweigh_everything(sign: int) -> None:
    model = scripted()
    model.state = (sign * 1000.0, 0.0)
    assert opinion("When?", "In 1846.", (sentence(LIT),), model).sensed == sign * SUREST


@pytest.mark.usefixtures("scripted_is_probed")
@pytest.mark.parametrize("state", [None, (1.0, 2.0, 3.0)])
def test_where_nobody_can_look_the_state_tells_nothing(state: tuple[float, ...] | None) -> None:
    model = scripted()
    model.state = state
    assert opinion("When?", "In 1846.", (sentence(LIT),), model).sensed == 0


def test_a_model_without_a_probe_is_taken_at_its_word() -> None:
    model = scripted()
    model.state = (1.0, 2.0)
    assert opinion("When?", "In 1846.", (sentence(LIT),), model).sensed == 0

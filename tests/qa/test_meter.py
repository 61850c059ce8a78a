"""A question's cost is what its model reads and writes for it."""

from qa.language_model import Message
from qa.meter import Meter
from tests.scripted_model import ScriptedModel

ASKED = (Message("user", "How high is the tower?"),)


def test_what_is_read_and_written_adds_up_over_the_requests() -> None:
    model = ScriptedModel(("It is high.", "Very."), ((0.5, 0.5),))
    meter = Meter(model)
    for tokens in (9, 1):
        list(meter.generate(ASKED, max_tokens=tokens))
    meter.choose(ASKED, ("Yes", "No"))
    assert meter.read == 3 * model.count_messages(ASKED)
    assert meter.written == 4
    meter.reset()
    assert (meter.read, meter.written) == (0, 0)


def test_everything_else_is_the_model_s_own() -> None:
    model = ScriptedModel(())
    meter = Meter(model)
    assert (meter.name, meter.context) == (model.name, model.context)
    assert meter.count("a b") == model.count("a b")
    assert meter.count_messages(ASKED) == model.count_messages(ASKED)
    meter.close()
    assert model.closed

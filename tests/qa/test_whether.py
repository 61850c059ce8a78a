"""A yes and a no are told apart by how the model reads them."""

from qa.whether import Whether
from tests.scripted_model import ScriptedModel

QUESTION = "May dogs swim in the lake?"
MAY, MAY_NOT = "Dogs may swim in it.", "Dogs are kept out of it."
BLIND = (0.5, 0.5)


def reading(*yes: float) -> ScriptedModel:
    return ScriptedModel(probabilities=tuple((each, 1 - each) for each in yes))


def test_a_yes_and_a_no_are_opposed_whichever_comes_first() -> None:
    assert Whether(QUESTION, reading(0.95, 0.5, 0.6)).opposed(MAY, MAY_NOT)
    assert Whether(QUESTION, reading(0.6, 0.5, 0.95)).opposed(MAY_NOT, MAY)


def test_two_that_surely_say_yes_are_not_opposed_however_far_apart() -> None:
    assert not Whether(QUESTION, reading(0.99, 0.5, 0.9)).opposed(MAY, MAY_NOT)


def test_what_is_hardly_a_yes_and_hardly_a_no_are_not_opposed() -> None:
    assert not Whether(QUESTION, reading(0.8, 0.5, 0.6)).opposed(MAY, MAY_NOT)


def test_what_the_model_says_of_no_words_is_taken_off() -> None:
    inclined = reading(0.97, 0.9, 0.95)  # 3.5 less 2.2, and 2.9 less 2.2
    assert not Whether(QUESTION, inclined).opposed(MAY, MAY_NOT)
    assert any("…" in message.content for message in inclined.chosen[1])


def test_each_text_is_read_once() -> None:
    model = reading(0.95, 0.5, 0.6)
    whether = Whether(QUESTION, model)
    assert whether.opposed(MAY, MAY_NOT)
    assert whether.nearer_yes(MAY, MAY_NOT)
    assert len(model.chosen) == 3

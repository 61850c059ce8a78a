"""Asking again: the same question, and how the answer differs from the one before."""

import threading
from dataclasses import replace

import pytest
from textual.widgets import OptionList

from index.errors import LecternError, ModelMissing
from qa.answer import Finished, Turn
from tests.tui.fake_desk import CITATIONS, REFUSING, FakeAssistant, answer, script
from tests.tui.pilots import AppPilot, app_with, ask, shown, until
from tui.app import LecternApp
from tui.difference_view import DifferenceView
from tui.model_choice import ModelChoice
from tui.services import Services
from tui.turn import TurnView

OTHER = answer(
    "The lamp was first lit on 3 October 1854 [1]. It was green [2].", citations=CITATIONS[:2]
)


async def again(pilot: AppPilot, *, seen: str) -> str:
    await pilot.press("tab", "a")
    await until(pilot, lambda: seen in shown(pilot))
    return shown(pilot)


async def test_a_asks_the_selected_question_again_and_says_that_nothing_changed() -> None:
    fake = FakeAssistant()
    async with app_with(fake).run_test(size=(140, 60)) as pilot:
        await ask(pilot)
        await again(pilot, seen="= The same answer as before")
        assert fake.asked == [("When was it lit?", ())] * 2
        assert len(pilot.app.screen.query(TurnView)) == 2


async def test_what_went_and_what_came_stands_line_by_line() -> None:
    fake = FakeAssistant(script(), script(OTHER))
    async with app_with(fake).run_test(size=(140, 60)) as pilot:
        await ask(pilot)
        text = await again(pilot, seen="≠ Another answer than before")
        assert "  The lamp was first lit on 3 October 1854." in text
        assert "- The tower is 41 metres high." in text
        assert "+ It was green." in text
        assert "- source: Visiting the Skerry, p. 4 “Its tower rises" in text


@pytest.mark.parametrize(
    ("earlier", "later", "said"),
    [
        (REFUSING, answer(), "≠ Answered now, not before"),
        (answer(), REFUSING, "≠ Not answered any more"),
        (REFUSING, REFUSING, "= The same answer as before"),
        (answer(), answer(citations=CITATIONS[:2]), "≠ The same words, from other sources"),
    ],
)
async def test_the_heading_says_what_kind_of_change_it_is(
    earlier: object, later: object, said: str
) -> None:
    fake = FakeAssistant((Finished(earlier),), (Finished(later),))  # type: ignore[arg-type]
    async with app_with(fake).run_test(size=(140, 60)) as pilot:
        await ask(pilot)
        await again(pilot, seen=said)


async def test_a_follow_up_is_asked_again_with_what_stood_before_it() -> None:
    fake = FakeAssistant()
    async with app_with(fake).run_test(size=(140, 60)) as pilot:
        await ask(pilot)
        await ask(pilot, "How high?", seen="▸ How high?")
        await until(pilot, lambda: shown(pilot).count("6.2 s") == 2)
        before = (Turn("user", "When was it lit?"), Turn("assistant", answer().text))
        for _ in range(2):
            await again(pilot, seen="The same answer as before")
            await until(pilot, lambda: pilot.app.screen.query(TurnView).last().answer is not None)
        assert fake.asked[1:] == [("How high?", before)] * 3


async def test_a_is_a_letter_while_a_question_is_typed() -> None:
    fake = FakeAssistant()
    async with app_with(fake).run_test(size=(140, 40)) as pilot:
        await ask(pilot)
        await pilot.press("a")
        assert pilot.app.query_one("#question").value == "a"  # type: ignore[attr-defined]
        assert len(fake.asked) == 1


async def test_without_an_answer_there_is_nothing_to_ask_again() -> None:
    async with app_with(FakeAssistant()).run_test(size=(140, 40), notifications=True) as pilot:
        await pilot.press("tab", "a")
        assert not pilot.app.screen.query(TurnView)
        await pilot.app.action_choose_model()  # type: ignore[attr-defined]
        await until(pilot, lambda: "There is no answer yet to ask for again." in shown(pilot))


async def test_a_cancelled_question_is_asked_again_without_a_comparison() -> None:
    fake = FakeAssistant((*script()[:3], threading.Event()), script())
    async with app_with(fake).run_test(size=(140, 60)) as pilot:
        await ask(pilot, seen="The lamp")
        await pilot.press("escape")
        await until(pilot, lambda: "■ cancelled" in shown(pilot))
        await again(pilot, seen="6.2 s")
        assert not pilot.app.screen.query(DifferenceView)


class Models:
    """Two models besides the one in use."""

    def __init__(self, *answers: FakeAssistant | LecternError) -> None:
        self.opened: list[str] = []
        self._answers = list(answers)

    def names(self) -> tuple[str, ...]:
        return "smollm2", "[red]own.gguf"

    def open(self, name: str) -> FakeAssistant:
        self.opened.append(name)
        opened = self._answers.pop(0)
        if isinstance(opened, LecternError):
            raise opened
        return opened


class NoModels(Models):
    def names(self) -> tuple[str, ...]:
        return ()


class Unlisted(Models):
    def names(self) -> tuple[str, ...]:
        raise ModelMissing("The folder cannot be read.", hint="See to it.")


def app_with_models(models: Models, fake: FakeAssistant | None = None) -> LecternApp:
    assistant = fake or FakeAssistant()
    return LecternApp(Services(lambda: assistant, other_models=models))


async def choose(pilot: AppPilot) -> None:
    await pilot.app.action_choose_model()  # type: ignore[attr-defined]
    await until(pilot, lambda: isinstance(pilot.app.screen, ModelChoice))


async def test_another_model_is_opened_for_one_question_and_closed_again() -> None:
    other = FakeAssistant(script(replace(answer(), model="[red]own.gguf")))
    models, fake = Models(other), FakeAssistant()
    async with app_with_models(models, fake).run_test(size=(140, 60)) as pilot:
        await ask(pilot)
        await choose(pilot)
        assert "[red]own.gguf" in shown(pilot)
        await pilot.press("down", "enter")
        await until(pilot, lambda: "qwen2.5-1.5b → [red]own.gguf" in shown(pilot))
        assert models.opened == ["[red]own.gguf"]
        assert other.asked == [("When was it lit?", ())]
        await until(pilot, lambda: other.closed == 1)
        await ask(pilot, "And now?", seen="And now?")
        await until(pilot, lambda: len(fake.asked) == 2)


async def test_escape_chooses_none() -> None:
    models = Models()
    async with app_with_models(models).run_test(size=(140, 40)) as pilot:
        await ask(pilot)
        await choose(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: not pilot.app.screen.query("#model-choice"))
        assert models.opened == []


async def test_another_model_s_answer_is_cancelled_too() -> None:
    other = FakeAssistant((*script()[:3], threading.Event()))
    async with app_with_models(Models(other)).run_test(size=(140, 60)) as pilot:
        await ask(pilot)
        await choose(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "drafting" in shown(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: other.closed == 1)
        assert (other.cancelled, "■ cancelled" in shown(pilot)) == (1, True)


async def test_a_model_that_cannot_be_opened_is_an_error_of_that_question() -> None:
    models = Models(ModelMissing("It is not there.", hint="Fetch it."))
    async with app_with_models(models).run_test(size=(140, 60)) as pilot:
        await ask(pilot)
        await choose(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "✖ It is not there." in shown(pilot))
        assert "Fetch it." in shown(pilot)


@pytest.mark.parametrize(
    ("models", "said"),
    [
        (NoModels(), "There is no other model on this machine."),
        (Unlisted(), "The folder cannot be read. See to it."),
    ],
)
async def test_where_no_model_can_be_named_it_says_so(models: Models, said: str) -> None:
    app = app_with_models(models)
    async with app.run_test(size=(140, 40), notifications=True) as pilot:
        await ask(pilot)
        await app.action_choose_model()
        await until(pilot, lambda: said in shown(pilot))
        assert not pilot.app.screen.query(OptionList).filter("#model-choice")


async def test_leaving_while_another_model_answers_closes_both() -> None:
    other = FakeAssistant((*script()[:3], threading.Event()))
    fake = FakeAssistant()
    async with app_with_models(Models(other), fake).run_test(size=(140, 60)) as pilot:
        await ask(pilot)
        await choose(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "drafting" in shown(pilot))
    assert (fake.closed, other.closed) == (1, 1)

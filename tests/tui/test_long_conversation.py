"""Long conversations: what is laid out, and how the rest is gone to."""

import threading
from datetime import UTC, datetime

from textual import events

from index.errors import StoreError
from qa.session import KeptTurn, Session
from tests.tui.fake_desk import FakeAssistant, answer, script
from tests.tui.pilots import AppPilot, app_with, ask, shown, until
from tui.conversation import NEAR, Conversation
from tui.difference_view import DifferenceView
from tui.earlier import Earlier
from tui.session_messages import SessionOpened
from tui.turn import TurnView

SIZE = (140, 40)
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def resumed(count: int) -> SessionOpened:
    """A kept conversation of so many turns, as it is opened."""
    turns = tuple(KeptTurn(NOW, answer(question=f"Question {n}?")) for n in range(1, count + 1))
    return SessionOpened(Session(1, "Long", NOW, NOW, count), turns)


async def resume(pilot: AppPilot, count: int) -> None:
    pilot.app.screen.post_message(resumed(count))
    await until(pilot, lambda: f"▸ Question {count}?" in shown(pilot))
    await until(pilot, lambda: pilot.app.screen.query_one(Conversation).selected)


def laid_out(pilot: AppPilot) -> list[str]:
    return [turn.question for turn in pilot.app.screen.query(TurnView)]


async def test_of_a_long_conversation_the_end_is_laid_out_and_all_of_it_is_gone_on_with() -> None:
    fake = FakeAssistant()
    async with app_with(fake).run_test(size=SIZE) as pilot:
        await resume(pilot, 40)
        near = [f"Question {n}?" for n in range(40 - NEAR, 41)]
        await until(pilot, lambda: laid_out(pilot) == near)
        await ask(pilot, "And now?", seen="▸ And now?")
        await until(pilot, lambda: fake.asked)
        ((_, history),) = fake.asked
        said = [turn.content for turn in history if turn.role == "user"]
        assert said == [f"Question {n}?" for n in range(1, 41)]
        await until(pilot, lambda: laid_out(pilot) == [*near[1:], "And now?"])


async def test_ctrl_up_goes_through_all_of_it() -> None:
    async with app_with(FakeAssistant()).run_test(size=SIZE) as pilot:
        await resume(pilot, 10)
        for number in range(9, 0, -1):
            await pilot.press("ctrl+up")
            conversation = pilot.app.screen.query_one(Conversation)
            await until(
                pilot,
                lambda c=conversation, n=number: c.selected.question == f"Question {n}?",
            )
        assert laid_out(pilot) == [f"Question {n}?" for n in range(1, 11)]
        assert not pilot.app.screen.query_one(Earlier).display
        await pilot.press("ctrl+up")
        await pilot.press(*["ctrl+down"] * 9)
        await until(pilot, lambda: conversation.selected.question == "Question 10?")


async def test_a_click_the_wheel_and_page_up_bring_back_what_stands_above() -> None:
    async with app_with(FakeAssistant()).run_test(size=SIZE) as pilot:
        await resume(pilot, 10)
        await until(pilot, lambda: len(laid_out(pilot)) == 1 + NEAR)
        conversation = pilot.app.screen.query_one(Conversation)
        conversation.scroll_home(animate=False)
        await until(pilot, lambda: "↑ 5 earlier questions" in shown(pilot))

        async def came(number: int) -> None:
            await until(pilot, lambda: laid_out(pilot)[0] == f"Question {number}?")
            await until(pilot, lambda: not conversation.scroll_offset.y)

        await pilot.press("pageup")  # from the question
        await came(5)
        await pilot.click(Earlier)  # with which the conversation has the keys
        await came(4)
        await pilot.press("pageup")
        await came(3)
        await pilot.press("up")
        await came(2)
        wheel = {"delta_x": 0, "delta_y": -1, "button": 0}
        keys = {"shift": False, "meta": False, "ctrl": False}
        conversation.post_message(events.MouseScrollUp(conversation, 5, 5, **wheel, **keys))
        await came(1)
        assert "earlier question" not in shown(pilot)


async def test_what_was_asked_long_ago_folds_and_comes_back_as_it_was() -> None:
    fake = FakeAssistant(
        (*script()[:3], threading.Event()),
        (StoreError("The index is locked.", hint="Wait."),),
        *[script()] * 2,
        script(answer("It was in 1901 [1].")),
        script(),
    )
    async with app_with(fake).run_test(size=(140, 60)) as pilot:
        await ask(pilot, "One?", seen="The lamp")
        await pilot.press("escape")
        await ask(pilot, "Two?", seen="The index is locked.")
        await ask(pilot, "Three?", seen="▸ Three?")
        await until(pilot, lambda: shown(pilot).count("6.2 s") == 1)
        await pilot.press("tab", "a")
        await until(pilot, lambda: "The same answer as before" in shown(pilot))
        for question in ("Four?", "Five?", "Six?", "Seven?", "Eight?"):
            await pilot.press("escape")
            await ask(pilot, question, seen=f"▸ {question}")
            turns = pilot.app.screen.query(TurnView)
            await until(pilot, lambda turns=turns: turns.last().over)
        near = ["Four?", "Five?", "Six?", "Seven?", "Eight?"]
        await until(pilot, lambda: laid_out(pilot) == near)
        for _ in range(8):
            await pilot.press("ctrl+up")
        await until(pilot, lambda: len(laid_out(pilot)) == 9)
        one, two, three, again, *_ = pilot.app.screen.query(TurnView)
        assert (one.question, two.question, three.question) == ("One?", "Two?", "Three?")
        assert again.question == "Three?"
        assert again.query(DifferenceView)
        one.scroll_visible(top=True, animate=False)
        await until(pilot, lambda: "■ cancelled" in shown(pilot))
        text = shown(pilot)
        assert "The lamp was first" in text
        assert "✖ The index is locked." in text
        assert "Wait." in text

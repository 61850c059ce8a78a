"""The event loop is never held up, whatever is going on."""

import threading
from dataclasses import replace
from datetime import UTC, datetime
from operator import attrgetter

import pytest

from qa.answer import Checking, Citation, Claim, Finished, Found, Reading, Token
from qa.session import KeptTurn, Session
from tests.tui.every_screen import SCREENS, MakeApp, reached
from tests.tui.fake_desk import DISAGREEING, REFUSING, FakeAssistant, Step, answer
from tests.tui.loop_watch import LoopWatch, watched
from tests.tui.pilots import AppPilot, app_with, ask, shown, until
from tui.conversation import NEAR
from tui.looks import Looks
from tui.question import QuestionInput
from tui.session_messages import SessionOpened
from tui.turn import TurnView

pytestmark = pytest.mark.alone

LONGEST = 0.05
"""Seconds that a handler may compute."""
TEXT = "word " * 400_000
QUOTE = TEXT[1_000_000:1_000_050]
HANDLED, PAINTED, IDLE = map(attrgetter, ("handled", "painted", "idle"))
CITATION = Citation(1, "big.txt", "Big", QUOTE, 1_000_000, 1_000_050, document_id=1)
NOW = datetime(2026, 3, 1, tzinfo=UTC)
SENTENCE = "The lamp of the light was first lit by its keepers on the third day of October in 1854."


def long_answer() -> tuple[Step, ...]:
    """The longest reply that a model may write, a token at a time, over a text of 2 MB."""
    claims = tuple(Claim(SENTENCE, (1,), supported=bool(number % 3)) for number in range(8))
    text = " ".join(f"{SENTENCE} [1]" for _ in claims)
    tokens = tuple(step for _ in range(160) for step in (Token("lamp **oil** "), 0.002))
    reading = tuple(step for done in (0, 128, 256, 300) for step in (Reading(done, 300), 0.01))
    finished = Finished(answer(text, claims=claims, citations=(CITATION,)))
    return (Found((), CITATION), *reading, *tokens, Checking(), 0.01, finished)


async def answered(pilot: AppPilot, said: str) -> LoopWatch:
    """Ask, and watch the event loop until the answer stands there and everything is laid out."""
    with watched() as watch:
        pilot.app.query_one(QuestionInput).value = said
        await pilot.press("enter")
        await until(
            pilot,
            lambda: str(pilot.app.query(".status").last().render()).startswith("6.2 s"),
            seconds=60,
        )
        await pilot.pause(0.2)
    assert len(watch.callbacks) > 100
    return watch


async def resumed(pilot: AppPilot, turns: tuple[KeptTurn, ...]) -> LoopWatch:
    """Open a kept conversation, and watch the event loop until its end is laid out."""
    with watched() as watch:
        opened = SessionOpened(Session(1, "", NOW, NOW, len(turns)), turns)
        pilot.app.screen.post_message(opened)
        await until(pilot, lambda: f"▸ {turns[-1].answer.question}" in shown(pilot))
        await until(pilot, lambda: len(pilot.app.screen.query(TurnView)) == 1 + NEAR)
        await pilot.pause(0.2)
    return watch


async def cleared(pilot: AppPilot) -> LoopWatch:
    """Begin a new conversation, and watch the event loop until the welcome stands there."""
    with watched() as watch:
        await pilot.press("ctrl+l")
        await until(pilot, lambda: not pilot.app.screen.query(TurnView))
        await pilot.pause(0.2)
    return watch


async def laid_out_anew(pilot: AppPilot) -> LoopWatch:
    """Give the terminal another size and back, at which everything is painted again."""
    width, height = pilot.app.size
    with watched() as watch:
        for columns in (width - 1, width):
            await pilot.resize_terminal(columns, height)
            await pilot.pause(0.2)
    return watch


def assert_never_held_up(watches: list[LoopWatch], anew: list[LoopWatch]) -> None:
    """Each in its best run: a busy machine makes even an addition slow now and then.

    Painting is Textual's own, and how long it takes is the machine's affair: no paint may take
    longer than one of the same screen from nothing.
    """
    handled = min(watch.longest(HANDLED).handled for watch in watches)
    assert handled < LONGEST, [watch.longest(HANDLED) for watch in watches]
    painted = min(watch.longest(PAINTED).painted for watch in watches)
    whole = min(watch.longest(PAINTED).painted for watch in anew)
    assert painted < whole, (painted, whole)


async def test_no_handler_computes_longer_than_50_ms_in_the_course_of_an_answer() -> None:
    app = app_with(FakeAssistant(long_answer(), texts={1: TEXT}))
    async with app.run_test(size=(140, 40)) as pilot:
        watches = [await answered(pilot, "When?") for _ in range(3)]
        anew = [await laid_out_anew(pilot) for _ in range(3)]
    assert_never_held_up(watches, anew)


async def test_no_handler_computes_longer_than_50_ms_where_a_long_conversation_comes_and_goes() -> (
    None
):
    kinds = (answer(), DISAGREEING, REFUSING)
    turns = tuple(
        KeptTurn(NOW, replace(kinds[n % 3], question=f"Question {n}?")) for n in range(1, 151)
    )
    async with app_with(FakeAssistant()).run_test(size=(140, 40)) as pilot:
        watches, anew, clearings = [], [], []
        for _ in range(3):
            watches.append(await resumed(pilot, turns))
            anew.append(await laid_out_anew(pilot))
            clearings.append(await cleared(pilot))
    assert_never_held_up(watches, anew)
    assert_never_held_up(clearings, anew)


@pytest.mark.parametrize("there", ["conversations", "evaluation", "models", "shelf"])
async def test_no_handler_computes_longer_than_50_ms_on_the_way_to_a_screen(
    whole_app: MakeApp, there: str
) -> None:
    watches = []
    for _ in range(3):
        async with whole_app(Looks()).run_test(size=(140, 40)) as pilot:
            await reached(pilot, SCREENS["welcome"])
            await pilot.app.workers.wait_for_complete()  # the screens are loaded now
            with watched() as watch:
                await reached(pilot, SCREENS[there])
                await pilot.pause(0.2)
            watches.append(watch)
    handled = min(watch.longest(HANDLED).handled for watch in watches)
    assert handled < LONGEST, [watch.longest(HANDLED) for watch in watches]


async def test_a_handler_that_waits_is_noticed() -> None:
    """The watch itself works: what sleeps in the loop is seen."""
    app = app_with(FakeAssistant())
    async with app.run_test() as pilot:
        with watched() as watch:
            app.call_later(threading.Event().wait, 0.3)
            await pilot.pause(0.5)
            assert watch.longest(IDLE).idle > 0.25


async def test_no_handler_waits_in_the_course_of_an_answer() -> None:
    app = app_with(FakeAssistant())
    async with app.run_test(size=(140, 40)) as pilot:
        waits = []
        for question in ("One?", "Two?", "Three?"):
            with watched() as watch:
                await ask(pilot, question, seen=f"▸ {question}")
                await until(pilot, lambda: not pilot.app.query(".draft"))
                waits.append(watch.longest(IDLE))
    # The clock also counts the time in which other programs had the processor.
    assert min(each.idle for each in waits) < 0.25, waits

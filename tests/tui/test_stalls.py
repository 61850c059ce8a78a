"""The event loop is never held up while a question is answered."""

import threading

from qa.answer import Checking, Citation, Claim, Finished, Found, Reading, Token
from tests.tui.fake_desk import FakeAssistant, Step, answer
from tests.tui.loop_watch import watched
from tests.tui.pilots import AppPilot, app_with, ask, until
from tui.question import QuestionInput

LONGEST = 0.05
"""Seconds that a callback may take."""
TEXT = "word " * 400_000
QUOTE = TEXT[1_000_000:1_000_050]
CITATION = Citation(1, "big.txt", "Big", QUOTE, 1_000_000, 1_000_050, document_id=1)
SENTENCE = "The lamp of the light was first lit by its keepers on the third day of October in 1854."


def long_answer() -> tuple[Step, ...]:
    """The longest reply that a model may write, a token at a time, over a text of 2 MB."""
    claims = tuple(Claim(SENTENCE, (1,), supported=bool(number % 3)) for number in range(8))
    text = " ".join(f"{SENTENCE} [1]" for _ in claims)
    tokens = tuple(step for _ in range(160) for step in (Token("lamp **oil** "), 0.002))
    reading = tuple(step for done in (0, 128, 256, 300) for step in (Reading(done, 300), 0.01))
    finished = Finished(answer(text, claims=claims, citations=(CITATION,)))
    return (Found((), CITATION), *reading, *tokens, Checking(), 0.01, finished)


async def longest_block(pilot: AppPilot, said: str) -> tuple[float, str]:
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
        assert len(watch.computed) > 100
        return watch.longest


async def test_no_callback_computes_longer_than_50_ms_in_the_course_of_an_answer() -> None:
    app = app_with(FakeAssistant(long_answer(), texts={1: TEXT}))
    async with app.run_test(size=(140, 40)) as pilot:
        # The best of three: a busy machine makes even an addition slow now and then.
        blocks = [await longest_block(pilot, "When?") for _ in range(3)]
    assert min(blocks)[0] < LONGEST, blocks


async def test_a_handler_that_waits_is_noticed() -> None:
    """The watch itself works: what sleeps in the loop is seen."""
    app = app_with(FakeAssistant())
    async with app.run_test() as pilot:
        with watched() as watch:
            app.call_later(threading.Event().wait, 0.3)
            await pilot.pause(0.5)
            assert watch.idlest[0] > 0.25


async def test_no_handler_waits_in_the_course_of_an_answer() -> None:
    app = app_with(FakeAssistant())
    async with app.run_test(size=(140, 40)) as pilot:
        waits = []
        for question in ("One?", "Two?", "Three?"):
            with watched() as watch:
                await ask(pilot, question, seen=f"▸ {question}")
                await until(pilot, lambda: not pilot.app.query(".draft"))
                waits.append(watch.idlest)
    # The clock also counts the time in which other programs had the processor.
    assert min(waits)[0] < 0.25, waits

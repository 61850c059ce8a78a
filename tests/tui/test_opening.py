"""From the first paint to the last: loading, what can go wrong, leaving."""

import subprocess
import sys
import threading
from collections.abc import Callable

import pytest

from index.errors import NoIndex, StoreError
from qa.beginning import Beginning
from tests.tui.fake_desk import FakeAssistant
from tests.tui.kinds import EACH_KIND
from tests.tui.pilots import AppPilot, app_with, ask, shown, until
from tui import command
from tui.app import LecternApp
from tui.assistant import Facts
from tui.looks import Looks
from tui.question import QuestionInput
from tui.services import Services
from tui.suggestions import Suggestions


async def test_the_first_screen_does_not_wait_and_takes_a_question_meanwhile() -> None:
    loaded, fake = threading.Event(), FakeAssistant()

    def open_assistant() -> FakeAssistant:
        loaded.wait(10)
        return fake

    services = Services(open_assistant, Facts("/home/ann/shelf", "qwen"))
    async with LecternApp(services).run_test() as pilot:
        assert "Opening the index and the model qwen" in shown(pilot)
        assert "/home/ann/shelf" in shown(pilot)
        await ask(pilot, seen="waiting for the index and the model")
        loaded.set()
        await until(pilot, lambda: "6.2 s" in shown(pilot))


async def test_where_nothing_is_indexed_enter_indexes_the_starter_documents() -> None:
    indexed, seen = threading.Event(), threading.Event()

    def open_assistant() -> FakeAssistant:
        if not indexed.is_set():
            raise NoIndex
        return FakeAssistant()

    def index_starter(report: Callable[[str], None]) -> None:
        report("3 of 5 documents")
        seen.wait(10)
        indexed.set()

    app = LecternApp(Services(open_assistant, index_starter=index_starter))
    async with app.run_test() as pilot:
        await until(pilot, lambda: "Nothing has been indexed yet." in shown(pilot))
        assert "lectern index PATH" in shown(pilot)
        await pilot.press("w", "enter", "backspace", "enter")
        await until(pilot, lambda: "3 of 5 documents" in shown(pilot))
        seen.set()
        await until(pilot, lambda: "12 documents are on your shelf" in shown(pilot))


async def test_a_question_typed_before_a_failure_is_asked_after_it() -> None:
    attempts: list[int] = []
    typed = threading.Event()

    def open_assistant() -> FakeAssistant:
        attempts.append(1)
        if len(attempts) == 1:
            typed.wait(10)
            raise StoreError("The index is locked.", hint="Wait for the other process.")
        return FakeAssistant()

    async with LecternApp(Services(open_assistant)).run_test() as pilot:
        await ask(pilot, seen="waiting for the index")
        typed.set()
        await until(pilot, lambda: "The index is locked." in shown(pilot))
        assert "Wait for the other process." in shown(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "6.2 s" in shown(pilot))


async def test_a_bug_while_loading_ends_the_app() -> None:
    def open_assistant() -> FakeAssistant:
        raise ZeroDivisionError("a bug")

    with pytest.raises(ZeroDivisionError):
        async with LecternApp(Services(open_assistant)).run_test() as pilot:
            await until(pilot, lambda: not pilot.app.is_running)


async def test_quitting_in_the_middle_of_an_answer_closes_the_assistant_once() -> None:
    fake = FakeAssistant((threading.Event(),))
    async with app_with(fake).run_test() as pilot:
        await ask(pilot, seen="searching")
        await until(pilot, lambda: fake.asked)
        await pilot.press("ctrl+q")
    assert (fake.cancelled, fake.closed) == (1, 1)


async def test_an_assistant_that_opens_after_the_app_is_gone_is_closed_too() -> None:
    loaded, fake = threading.Event(), FakeAssistant()

    def open_assistant() -> FakeAssistant:
        loaded.wait(10)
        return fake

    async with LecternApp(Services(open_assistant)).run_test() as pilot:
        await pilot.press("ctrl+q")
    loaded.set()
    for thread in threading.enumerate():
        if thread.name == "opening the desk":
            thread.join(10)
    assert fake.closed == 1


def test_without_a_terminal_there_is_usage_and_exit_code_2() -> None:
    code = (
        "import argparse, sys; from qa.settings import Settings; from tui import command;"
        "sys.exit(command.run(argparse.Namespace(), Settings()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input="",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (2, "", command.USAGE)


NEW = Beginning()
STARTED = Beginning("qwen2.5-1.5b", ("When was it lit?", "How high is it?", "[bold]Who?"))


async def test_a_newcomer_sees_three_steps_and_gets_to_an_answer_by_enter_alone() -> None:
    fake, indexed = FakeAssistant(), threading.Event()

    def open_assistant() -> FakeAssistant:
        if not indexed.is_set():
            raise NoIndex
        return fake

    def look_around() -> Beginning:
        return STARTED if indexed.is_set() else NEW

    def index_starter(report: Callable[[str], None]) -> None:
        indexed.set()

    services = Services(open_assistant, index_starter=index_starter, look_around=look_around)
    async with LecternApp(services).run_test() as pilot:
        await until(pilot, lambda: "○ 2  There is no answering model yet." in shown(pilot))
        assert "○ 1  Documents: Nothing has been indexed yet." in shown(pilot)
        assert "F4     fetches one" in shown(pilot)
        assert "○ 3  Your first question" in shown(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "[bold]Who?" in shown(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: "6.2 s" in shown(pilot))
    assert [question for question, _ in fake.asked] == ["When was it lit?"]


async def test_another_suggestion_is_asked_by_keys_or_by_a_click() -> None:
    fake = FakeAssistant()
    services = Services(lambda: fake, look_around=lambda: STARTED)
    async with LecternApp(services).run_test() as pilot:
        await until(pilot, lambda: "How high is it?" in shown(pilot))
        await pilot.press("tab", "tab", "down", "enter")
        await until(pilot, lambda: "6.2 s" in shown(pilot))
        await pilot.press("enter", "ctrl+l")
        await until(pilot, lambda: "[bold]Who?" in shown(pilot))
        await pilot.click(Suggestions, offset=(3, 2))
        await until(pilot, lambda: "6.2 s" in shown(pilot))
    assert [question for question, _ in fake.asked] == ["How high is it?", "[bold]Who?"]


async def test_without_a_model_the_welcome_says_what_answers_are_then() -> None:
    services = Services(FakeAssistant, look_around=lambda: NEW)
    async with LecternApp(services).run_test() as pilot:
        await until(pilot, lambda: "until then answers are quoted evidence" in shown(pilot))
        assert "12 documents are on your shelf" in shown(pilot)


@EACH_KIND
@pytest.mark.parametrize("begun", [False, True], ids=["nothing", "started"])
def test_the_first_screens(
    snap_compare: Callable[..., bool], size: tuple[int, int], theme: str, begun: bool
) -> None:
    def open_assistant() -> FakeAssistant:
        if not begun:
            raise NoIndex
        return FakeAssistant()

    async def settled(pilot: AppPilot) -> None:
        pilot.app.query_one(QuestionInput).cursor_blink = False
        await until(pilot, lambda: ("How high is it?" if begun else "○ 2") in shown(pilot))

    services = Services(
        open_assistant,
        index_starter=lambda report: None,
        look_around=lambda: STARTED if begun else NEW,
        looks=Looks(theme=theme),
    )
    assert snap_compare(LecternApp(services), terminal_size=size, run_before=settled)

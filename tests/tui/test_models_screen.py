"""The models' screen: every key, and what it says."""

import doctest
import threading
from dataclasses import replace

import pytest
from textual.widgets import DataTable, Input

import tui.model_progress
import tui.pace
from index.errors import DownloadFailed, ModelMissing, SettingsError, UnknownModel
from qa.model_files import Fetched, ListedModel
from qa.model_keeping import KeptModel
from qa.trial import Trying
from tests.tui.fake_desk import FakeAssistant
from tests.tui.fake_keeper import FOLDER, LARGE, OTHER, SMALL, SPEED, FakeKeeper
from tests.tui.pilots import AppPilot, ask, shown, until
from tui.app import LecternApp
from tui.services import Services

HERE = replace(LARGE, listed=replace(LARGE.listed, present=True))


def app_with(keeper: FakeKeeper | None, *assistants: FakeAssistant) -> LecternApp:
    waiting = iter(assistants or (FakeAssistant(), FakeAssistant()))
    return LecternApp(Services(lambda: next(waiting), model_keeper=keeper))


async def opened(pilot: AppPilot, *, seen: str = "Apache-2.0") -> None:
    await pilot.press("f4")
    await until(pilot, lambda: seen in shown(pilot))


async def select(pilot: AppPilot, name: str) -> None:
    """Move to a row from whichever is selected."""
    table = pilot.app.screen.query_one(DataTable)
    names = [str(table.get_row_at(row)[1]) for row in range(table.row_count)]
    table.move_cursor(row=names.index(name))
    await pilot.pause()


def row(pilot: AppPilot, name: str) -> str:
    """The table's line about a model."""
    return next(line for line in shown(pilot).splitlines()[2:] if f" {name} " in line)


async def test_each_model_stands_in_a_row_with_its_state_and_speed() -> None:
    partly = replace(LARGE, fetched=412_000_000)
    async with app_with(FakeKeeper(partly, SMALL, OTHER)).run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        assert row(pilot, "large").split() == [
            *("◐", "large", "1,117", "MB", "36%", "here", "–", "–", "Apache-2.0")
        ]
        assert row(pilot, "small").split()[4:] == ["in", "use", "160", "50", "Apache-2.0"]
        assert row(pilot, "own.gguf").split()[2:] == ["700", "MB", "here", "57", "11", "–"]


async def test_the_selected_model_is_shown_in_full() -> None:
    async with app_with(FakeKeeper()).run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        assert "small  (built-in)" in shown(pilot)
        assert "At /home/ann/lectern/models/small.gguf" in shown(pilot)
        assert "On this machine it reads 160 and writes 50 tokens a second" in shown(pilot)
        await pilot.press("up")
        await until(pilot, lambda: "p fetches it to /home/ann/lectern/models/" in shown(pilot))


async def test_a_fetch_is_seen_with_its_size_and_ends_with_the_model_here() -> None:
    came = threading.Event()
    keeper = FakeKeeper(work=(Fetched(312_000_000, 1_117_000_000), came))
    async with app_with(keeper).run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await select(pilot, "large")
        await pilot.press("p")
        await until(pilot, lambda: "Fetching large: 312 of 1,117 MB" in shown(pilot))
        assert "28%" in shown(pilot)
        assert "at work" in row(pilot, "large")
        came.set()
        await until(pilot, lambda: "✓ large is here." in shown(pilot))
        assert "Fetching" not in shown(pilot)
        assert "here" in row(pilot, "large")
        assert keeper.asked == [("pull", "large")]


async def test_a_fetch_goes_on_while_another_screen_is_in_front_and_its_end_is_told_there() -> None:
    came = threading.Event()
    app = app_with(FakeKeeper(work=(came,)))
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await opened(pilot)
        await select(pilot, "large")
        await pilot.press("p", "escape")
        await ask(pilot)
        came.set()
        await until(pilot, lambda: "✓ large is here." in shown(pilot))


async def test_a_stopped_fetch_says_that_what_has_come_is_kept() -> None:
    never = threading.Event()
    keeper = FakeKeeper(work=(Fetched(1_000_000, 0), never))
    async with app_with(keeper).run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await select(pilot, "large")
        await pilot.press("p")
        await until(pilot, lambda: "Fetching large: 1 MB" in shown(pilot))
        await pilot.press("x")
        await until(pilot, lambda: "■ Stopped. What has come is kept." in shown(pilot))
        await until(pilot, lambda: "p Fetch" in shown(pilot) and "x Stop" not in shown(pilot))


async def test_a_model_that_is_here_is_checked() -> None:
    keeper = FakeKeeper()
    async with app_with(keeper).run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await pilot.press("p")
        await until(pilot, lambda: "✓ small is whole." in shown(pilot))
        assert keeper.asked == [("pull", "small")]


async def test_only_one_model_is_worked_on_at_a_time() -> None:
    keeper = FakeKeeper(work=(threading.Event(),))
    async with app_with(keeper).run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await pilot.press("t")
        await until(pilot, lambda: "Testing small" in shown(pilot))
        await select(pilot, "large")
        await pilot.press("p", "t")
        await pilot.pause(0.1)
        assert keeper.asked == [("test", "small")]


async def test_a_failed_fetch_says_why_and_what_to_do() -> None:
    failure = DownloadFailed("No [source] had it.", hint="Run it again.")
    async with app_with(FakeKeeper(work=(failure,))).run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await select(pilot, "large")
        await pilot.press("p")
        await until(pilot, lambda: "✖ No [source] had it." in shown(pilot))
        assert "Run it again." in shown(pilot)


async def test_a_tested_models_speed_is_told() -> None:
    read = threading.Event()
    keeper = FakeKeeper(work=(Trying("loading"), Trying("reading", 64, 245), read, SPEED))
    async with app_with(keeper).run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await pilot.press("t")
        await until(pilot, lambda: "Testing small: reading, 64 of 245 tokens" in shown(pilot))
        read.set()
        await until(pilot, lambda: "✓ small reads 57 and writes 11 tokens" in shown(pilot))


async def test_a_chosen_model_answers_from_the_next_question_on() -> None:
    first, second = FakeAssistant(), FakeAssistant()
    second.model = "own"
    keeper = FakeKeeper()
    async with app_with(keeper, first, second).run_test(size=(120, 36)) as pilot:
        await ask(pilot)
        await opened(pilot)
        await select(pilot, "own.gguf")
        await pilot.press("u")
        await until(pilot, lambda: "✓ own.gguf answers from the next question on." in shown(pilot))
        assert "in use" in row(pilot, "own.gguf")
        await pilot.press("escape")
        await until(pilot, lambda: "12 documents · own" in shown(pilot))
        assert "6.2 s" in shown(pilot)
        await ask(pilot, "And now?", seen="And now?")
        await until(pilot, lambda: second.asked)
    assert [question for question, _ in second.asked] == ["And now?"]
    assert len(second.asked[0][1]) == 2
    assert (first.closed, second.closed) == (1, 1)


async def test_a_running_answer_is_finished_by_the_model_that_began_it() -> None:
    written = threading.Event()
    first, second = FakeAssistant((written,)), FakeAssistant()
    async with app_with(FakeKeeper(), first, second).run_test(size=(120, 36)) as pilot:
        await ask(pilot, seen="searching")
        await until(pilot, lambda: first.asked)
        await opened(pilot)
        await select(pilot, "own.gguf")
        await pilot.press("u")
        await until(pilot, lambda: "answers from the next question on" in shown(pilot))
        assert (first.closed, first.cancelled) == (0, 0)
        written.set()
        await until(pilot, lambda: first.closed == 1)


async def test_whichever_model_was_chosen_last_answers_and_the_others_are_let_go() -> None:
    assistants = [FakeAssistant() for _ in range(3)]
    async with app_with(FakeKeeper(HERE, SMALL, OTHER), *assistants).run_test() as pilot:
        await opened(pilot)
        for name in ("own.gguf", "large"):
            await select(pilot, name)
            await pilot.press("u")
            await until(pilot, lambda name=name: f"✓ {name} answers" in shown(pilot))
        await until(pilot, lambda: assistants[1].closed)
    assert [each.closed for each in assistants] == [1, 1, 1]


async def test_a_choice_that_something_overrules_says_so() -> None:
    keeper = FakeKeeper()
    keeper.overruled_by = "LECTERN_MODEL"
    async with app_with(keeper).run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await select(pilot, "own.gguf")
        await pilot.press("u")
        await until(pilot, lambda: "At the next start LECTERN_MODEL comes first" in shown(pilot))


async def test_a_model_that_came_first_into_use_by_being_fetched_answers_too() -> None:
    unused = replace(SMALL, listed=replace(SMALL.listed, in_use=False))

    class Best(FakeKeeper):
        def _change(self, name: str, **given: bool) -> None:
            super()._change(name, **given, in_use=True)

    assistants = FakeAssistant(), FakeAssistant()
    async with app_with(Best(LARGE, unused), *assistants).run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await select(pilot, "large")
        await pilot.press("p")
        await until(pilot, lambda: assistants[0].closed == 1)


async def test_enter_fetches_what_is_not_here_and_uses_what_is() -> None:
    keeper = FakeKeeper()
    async with app_with(keeper).run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await select(pilot, "large")
        await pilot.press("enter")
        await until(pilot, lambda: "✓ large is here." in shown(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: "✓ large answers" in shown(pilot))
        assert keeper.asked == [("pull", "large"), ("use", "large")]


async def test_a_refusal_of_the_choice_stands_on_the_screen() -> None:
    keeper = FakeKeeper()
    keeper.refused = SettingsError("It could not be changed.", hint="Look at the file.")
    async with app_with(keeper).run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await select(pilot, "own.gguf")
        await pilot.press("u")
        await until(pilot, lambda: "✖ It could not be changed." in shown(pilot))
        assert "Look at the file." in shown(pilot)


async def test_a_model_is_deleted_when_asked_twice() -> None:
    keeper = FakeKeeper()
    async with app_with(keeper).run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await select(pilot, "own.gguf")
        await pilot.press("d")
        await until(pilot, lambda: "Delete own.gguf, 700 MB?" in shown(pilot))
        assert keeper.asked == []
        await pilot.press("d")
        await until(pilot, lambda: "✓ own.gguf is deleted." in shown(pilot))
        assert keeper.asked == [("delete", "own.gguf")]


@pytest.mark.parametrize("key", ["escape", "up"])
async def test_a_deletion_that_is_not_confirmed_is_forgotten(key: str) -> None:
    keeper = FakeKeeper()
    async with app_with(keeper).run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await select(pilot, "own.gguf")
        await pilot.press("d", key)
        await until(pilot, lambda: "Delete own.gguf" not in shown(pilot))
        await select(pilot, "own.gguf")
        await pilot.press("d")
        await until(pilot, lambda: "Delete own.gguf" in shown(pilot))
        assert keeper.asked == []


async def test_the_model_in_use_cannot_be_deleted() -> None:
    keeper = FakeKeeper()
    async with app_with(keeper).run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await pilot.press("d", "d")
        await pilot.pause(0.1)
        assert keeper.asked == []
        assert "Delete" not in shown(pilot)


async def test_a_typed_model_becomes_a_row_which_the_keys_are_for() -> None:
    keeper = FakeKeeper()
    address = "http://192.168.1.20:8080/v1#own"
    keeper.found = KeptModel(ListedModel(address, "", 0, "", None, True, False))
    async with app_with(keeper).run_test(size=(120, 30)) as pilot:
        await opened(pilot)
        await pilot.press("slash", *"put", "enter")
        await until(pilot, lambda: "a server" in shown(pilot))
        assert "passages of your documents are sent to;" in shown(pilot)
        assert f"{address}: u uses it." in shown(pilot)
        assert keeper.asked[0] == ("look_up", "put")
        await pilot.press("t")
        await until(pilot, lambda: ("test", address) in keeper.asked)


async def test_a_typed_model_stays_selected_once_it_is_here_under_its_files_name() -> None:
    keeper = FakeKeeper(SMALL, OTHER)
    keeper.found = KeptModel(
        ListedModel("Some/Repo:own.gguf", "", 0, "", FOLDER / "own.gguf", False, False)
    )
    async with app_with(keeper).run_test(size=(120, 30)) as pilot:
        await opened(pilot)
        await pilot.press("slash", *"x", "enter")
        await until(pilot, lambda: "own.gguf\n" in shown(pilot).replace(" ", ""))
        table = pilot.app.screen.query_one(DataTable)
        assert (table.row_count, table.cursor_row) == (2, 1)


@pytest.mark.parametrize(
    "error",
    [
        UnknownModel("No model is called 'gtp'.", hint="Did you mean 'gpt'?"),
        ModelMissing("/x/y.gguf does not exist.", hint="See the list."),
    ],
)
async def test_what_a_typed_name_cannot_mean_is_said_in_place(error: Exception) -> None:
    keeper = FakeKeeper()
    keeper.found = error
    async with app_with(keeper).run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await pilot.press("slash", *"gtp", "enter")
        await until(pilot, lambda: f"✖ {error}" in shown(pilot))


async def test_escape_leaves_the_line_then_the_screen() -> None:
    async with app_with(FakeKeeper()).run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await pilot.press("slash", *"dtx")
        line = pilot.app.screen.query_one("#model-input", Input)
        assert line.value == "dtx"
        await pilot.press("escape")
        assert not line.display
        await pilot.press("escape")
        await until(pilot, lambda: "12 documents are on your shelf" in shown(pilot))


async def test_names_from_outside_are_shown_letter_for_letter() -> None:
    nasty = KeptModel(ListedModel("[red]x\x1b[2J.gguf", "", 1, "", FOLDER / "x", True, False))
    async with app_with(FakeKeeper(SMALL, nasty)).run_test(size=(120, 30)) as pilot:
        await opened(pilot)
        await pilot.press("down", "d")
        await until(pilot, lambda: "Delete [red]x" in shown(pilot))
        assert shown(pilot).count("[red]x") == 3
        assert "\x1b" not in shown(pilot)


async def test_leaving_the_app_ends_what_is_being_done() -> None:
    keeper = FakeKeeper(work=(threading.Event(),))
    async with app_with(keeper).run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await pilot.press("t")
        await until(pilot, lambda: keeper.asked)
        await pilot.press("ctrl+q")
    assert keeper.cancelled == 1


async def test_where_models_cannot_be_had_the_screen_says_so() -> None:
    async with app_with(None).run_test(size=(100, 30)) as pilot:
        await opened(pilot, seen="Models cannot be changed here.")
        await pilot.press("p", "u", "t", "d", "slash", "escape")
        await until(pilot, lambda: "12 documents are on your shelf" in shown(pilot))


def test_the_documented_examples_hold() -> None:
    for module in (tui.pace, tui.model_progress):
        result = doctest.testmod(module)
        assert result.attempted
        assert result.failed == 0

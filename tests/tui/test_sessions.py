"""Conversations are kept as they are held, found again, gone on with, and let go."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from index.errors import SessionsError
from qa.answer import Turn
from qa.session import KeptTurn, Session
from qa.session_markdown import as_markdown
from qa.sessions import FILE_NAME, SessionStore
from tests.tui.fake_desk import DISAGREEING, REFUSING, FakeAssistant, answer, script
from tests.tui.pilots import AppPilot, ask, shown, until
from tui.app import LecternApp
from tui.confirm import Confirm
from tui.conversation import NEAR
from tui.reading import ReadingScreen
from tui.services import Services
from tui.sessions_screen import SessionsScreen
from tui.turn import TurnView

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)
LAMP = "When was it lit?"
TOWER = "[bold]Who[/bold] designed the tower?"


@pytest.fixture
def store(tmp_path: Path) -> SessionStore:
    (tmp_path / "home").mkdir()
    return SessionStore(tmp_path / "home", origin="app")


@pytest.fixture
def kept(store: SessionStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[SessionStore]:
    """Two conversations, seen from Greenwich."""
    lamp = store.keep(KeptTurn(NOON, DISAGREEING))
    high = answer("41 metres [2].", question="How high?", rewritten="How high is the tower?")
    store.keep(KeptTurn(NOON + timedelta(minutes=1), high), session=lamp)
    store.rename(lamp, LAMP)
    refused = KeptTurn(NOON + timedelta(days=1), REFUSING)
    store.rename(store.keep(refused), TOWER)
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield store
    monkeypatch.undo()
    time.tzset()


def desk(store: SessionStore | None, fake: FakeAssistant | None = None) -> LecternApp:
    assistant = fake or FakeAssistant()
    return LecternApp(Services(lambda: assistant, sessions=store))


async def listed(pilot: AppPilot, count: int = 2) -> None:
    """Go to the list, and wait for it."""
    await pilot.press("f2")
    await until(pilot, lambda: on_list(pilot) and len(titles(pilot)) == count)


def on_list(pilot: AppPilot) -> bool:
    return isinstance(pilot.app.screen, SessionsScreen)


def on_desk(pilot: AppPilot) -> bool:
    return isinstance(pilot.app.screen, ReadingScreen)


def titles(pilot: AppPilot) -> list[str]:
    return [
        str(each.prompt).splitlines()[0] for each in pilot.app.screen.query_one(OptionList).options
    ]


async def test_every_finished_turn_is_kept_in_one_conversation(store: SessionStore) -> None:
    async with desk(store).run_test() as pilot:
        await ask(pilot, LAMP)
        await ask(pilot, "And then?", seen="And then?")
        await until(pilot, lambda: store.sessions() and store.sessions()[0].questions == 2)
        (session,) = store.sessions()
        assert [turn.answer for turn in store.turns(session.id)] == [answer(), answer()]


async def test_a_new_conversation_is_kept_by_itself(store: SessionStore) -> None:
    async with desk(store).run_test() as pilot:
        await ask(pilot)
        await until(pilot, lambda: len(store.sessions()) == 1)
        await pilot.press("ctrl+l")
        await ask(pilot, "Again?")
        await until(pilot, lambda: len(store.sessions()) == 2)


async def test_a_cancelled_question_leaves_nothing_behind(
    store: SessionStore, tmp_path: Path
) -> None:
    fake = FakeAssistant((*script()[:3], threading.Event()))
    async with desk(store, fake).run_test() as pilot:
        await ask(pilot, seen="The lamp")
        await pilot.press("escape")
        await until(pilot, lambda: "■ cancelled" in shown(pilot))
    assert list((tmp_path / "home").iterdir()) == []


async def test_enter_ahead_of_a_search_resumes_what_is_found_and_nothing_else(
    kept: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = kept.sessions

    def slowly(search: str = "") -> tuple[Session, ...]:
        time.sleep(0.5 if search else 0)
        return find(search)

    monkeypatch.setattr(kept, "sessions", slowly)
    async with desk(kept).run_test() as pilot:
        await listed(pilot)
        await pilot.press("slash", *"nothing like it", "enter")
        await until(pilot, lambda: "In no conversation does all of that stand." in shown(pilot))
        assert on_list(pilot)
        await pilot.press("ctrl+u", *"How high", "enter")
        await until(pilot, lambda: on_desk(pilot) and "41 metres" in shown(pilot))


async def test_the_list_says_title_time_and_number_of_questions(kept: SessionStore) -> None:
    async with desk(kept).run_test() as pilot:
        await listed(pilot)
        assert titles(pilot) == [TOWER, LAMP]
        lines = [line.strip(" │") for line in shown(pilot).splitlines()]
        assert lines.index("2025-03-05 12:00 · 1 question") == lines.index(TOWER) + 1
        assert lines.index("2025-03-04 12:01 · 2 questions") == lines.index(LAMP) + 1


async def test_typing_filters_and_enter_goes_on_with_what_was_found(kept: SessionStore) -> None:
    async with desk(kept).run_test() as pilot:
        await listed(pilot)
        await pilot.press("slash", *"METRES painted")
        await until(pilot, lambda: titles(pilot) == [LAMP])
        await pilot.press("enter")
        await until(pilot, lambda: on_desk(pilot) and "41 metres [2]." in shown(pilot))


async def test_what_is_nowhere_found_says_so_and_escape_shows_all_again(
    kept: SessionStore,
) -> None:
    async with desk(kept).run_test() as pilot:
        await listed(pilot)
        await pilot.press("slash", *"purple")
        await until(pilot, lambda: "In no conversation does all of that stand." in shown(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: len(titles(pilot)) == 2)
        await pilot.press("escape")
        await until(pilot, lambda: on_desk(pilot))


async def test_a_resumed_conversation_shows_its_turns_and_is_gone_on_with(
    kept: SessionStore,
) -> None:
    fake = FakeAssistant()
    async with desk(kept, fake).run_test(size=(140, 60)) as pilot:
        await listed(pilot)
        await pilot.press("down", "enter")
        await until(pilot, lambda: on_desk(pilot) and "41 metres [2]." in shown(pilot))
        assert "≠ The documents disagree" in shown(pilot)
        assert "unsupported" in shown(pilot)
        assert "Asked as: How high is the tower?" in shown(pilot)
        assert pilot.app.query_one("#source-list", OptionList).option_count == 3
        assert fake.asked == []
        await ask(pilot, "And then?", seen="▸ And then?")
        await until(pilot, lambda: fake.asked)
        assert fake.asked[0][1] == (
            Turn("user", DISAGREEING.question),
            Turn("assistant", DISAGREEING.text),
            Turn("user", "How high?"),
            Turn("assistant", "41 metres [2]."),
        )
        await until(pilot, lambda: [each.questions for each in kept.sessions()] == [3, 1])


async def test_what_is_asked_while_a_conversation_is_restored_comes_after_it(
    store: SessionStore,
) -> None:
    session = store.keep(KeptTurn(NOON, answer(question="Question 0?")))
    for number in range(1, 12):
        turn = KeptTurn(NOON, answer(question=f"Question {number}?"))
        store.keep(turn, session=session)
    fake = FakeAssistant()
    async with desk(store, fake).run_test(size=(140, 40)) as pilot:
        await listed(pilot, 1)
        await pilot.press("enter")
        await until(pilot, lambda: on_desk(pilot) and pilot.app.screen.query(TurnView))
        pilot.app.screen.query_one("#question", Input).value = "And then?"
        await pilot.press("enter")
        await until(pilot, lambda: fake.asked)
        assert len(fake.asked[0][1]) == 24
        await until(pilot, lambda: len(pilot.app.screen.query(TurnView)) >= NEAR + 1)
        questions = [turn.question for turn in pilot.app.screen.query(TurnView)]
        assert questions[-NEAR:] == [*(f"Question {n}?" for n in range(13 - NEAR, 12)), "And then?"]


async def test_what_is_cleared_away_while_it_is_restored_stays_away(store: SessionStore) -> None:
    session = store.keep(KeptTurn(NOON, answer()))
    for _ in range(11):
        store.keep(KeptTurn(NOON, answer()), session=session)
    async with desk(store).run_test() as pilot:
        await listed(pilot, 1)
        await pilot.press("enter")
        await until(pilot, lambda: on_desk(pilot) and pilot.app.screen.query(TurnView))
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "12 documents are on your shelf" in shown(pilot))
        await pilot.pause(0.5)
        assert not pilot.app.screen.query(TurnView)


async def test_a_refusal_is_resumed_with_what_was_nearest(kept: SessionStore) -> None:
    async with desk(kept).run_test(size=(140, 40)) as pilot:
        await listed(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: on_desk(pilot) and "○ Not answered" in shown(pilot))
        assert "Nearest in your documents" in shown(pilot)


async def test_a_conversation_is_renamed_in_place(kept: SessionStore) -> None:
    async with desk(kept).run_test() as pilot:
        await listed(pilot)
        await pilot.press("down", "r")
        title = pilot.app.screen.query_one("#session-title", Input)
        assert title.value == LAMP
        await pilot.press("home", "ctrl+k", *"The lamp", "enter")
        await until(pilot, lambda: titles(pilot) == [TOWER, "The lamp"])
        assert not title.display
        await pilot.press("r", *"xyz", "escape")
        assert not title.display
        assert titles(pilot) == [TOWER, "The lamp"]
        assert [each.title for each in kept.sessions()] == [TOWER, "The lamp"]


async def test_a_conversation_is_deleted_once_the_person_is_sure(kept: SessionStore) -> None:
    async with desk(kept).run_test() as pilot:
        await listed(pilot)
        for no in ("escape", "n", "enter"):
            await pilot.press("d")
            await until(pilot, lambda: f"Delete “{TOWER}”" in shown(pilot))
            await pilot.press(no)
            await until(pilot, lambda: on_list(pilot))
        assert len(kept.sessions()) == 2
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.press("y")
        await until(pilot, lambda: on_list(pilot) and titles(pilot) == [LAMP])
        assert [each.title for each in kept.sessions()] == [LAMP]


async def test_the_mouse_says_yes_as_well(kept: SessionStore) -> None:
    async with desk(kept).run_test() as pilot:
        await listed(pilot)
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.click("#yes")
        await until(pilot, lambda: on_list(pilot) and titles(pilot) == [LAMP])


async def test_with_the_conversation_on_the_screen_its_turns_go_too(kept: SessionStore) -> None:
    async with desk(kept).run_test() as pilot:
        await ask(pilot, "Is it secret?")
        await until(pilot, lambda: len(kept.sessions()) == 3)
        await listed(pilot, 3)
        assert "on the screen" in shown(pilot)
        await pilot.press("d", "y")
        await until(pilot, lambda: on_list(pilot) and len(titles(pilot)) == 2)
        await pilot.press("escape")
        await until(pilot, lambda: "12 documents are on your shelf" in shown(pilot))
        assert not pilot.app.screen.query(TurnView)


async def test_a_conversation_is_written_to_the_working_folder_and_never_over_a_file(
    kept: SessionStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with desk(kept).run_test(notifications=True) as pilot:
        await listed(pilot)
        await pilot.press("down", "e")
        await until(pilot, (tmp_path / "when-was-it-lit.md").exists)
        await until(pilot, lambda: "Written to" in shown(pilot))
        await pilot.press("e")
        await until(pilot, (tmp_path / "when-was-it-lit-2.md").exists)
    (session,) = kept.sessions("painted")
    text = as_markdown(LAMP, kept.turns(session.id))
    assert (tmp_path / "when-was-it-lit.md").read_text("utf-8") == text


async def test_n_begins_a_new_conversation(kept: SessionStore) -> None:
    async with desk(kept).run_test() as pilot:
        await ask(pilot)
        await pilot.press("f2")
        await until(pilot, lambda: on_list(pilot))
        await pilot.press("n")
        await until(pilot, lambda: "12 documents are on your shelf" in shown(pilot))


async def test_the_last_conversation_is_resumed_but_not_the_one_on_the_screen(
    kept: SessionStore,
) -> None:
    app = desk(kept)
    async with app.run_test(size=(140, 40)) as pilot:
        await until(pilot, lambda: "12 documents are on your shelf" in shown(pilot))
        app.action_resume_last()
        await until(pilot, lambda: "Your documents do not say who designed it." in shown(pilot))
        app.action_resume_last()
        await until(pilot, lambda: "41 metres [2]." in shown(pilot))


async def test_where_nothing_is_kept_it_says_so(store: SessionStore) -> None:
    app = desk(store)
    async with app.run_test(notifications=True) as pilot:
        await pilot.press("f2")
        await until(pilot, lambda: "No conversation is kept yet." in shown(pilot))
        await pilot.press("enter", "r", "d", "e")
        assert on_list(pilot)
        await pilot.press("escape")
        app.action_resume_last()
        await until(pilot, lambda: "No other conversation is kept." in shown(pilot))


async def test_without_a_keeper_it_says_so_and_answers_all_the_same() -> None:
    async with desk(None).run_test() as pilot:
        await ask(pilot)
        await pilot.press("f2")
        await until(pilot, lambda: "Conversations are not kept here." in shown(pilot))


async def test_a_damaged_file_is_told_once_and_questions_are_answered_all_the_same(
    store: SessionStore, tmp_path: Path
) -> None:
    damaged = tmp_path / "home" / FILE_NAME
    damaged.write_text("no database" * 100, "utf-8")
    app = desk(store)
    async with app.run_test(size=(160, 40), notifications=True) as pilot:
        await ask(pilot)
        await until(pilot, lambda: "This conversation is not kept" in shown(pilot))
        await ask(pilot, "Again?", seen="▸ Again?")
        await until(pilot, lambda: shown(pilot).count("6.2 s") == 2)
        assert len(app._notifications) == 1
        await pilot.press("f2")
        await until(pilot, lambda: "✖ The file of kept conversations is damaged" in shown(pilot))
        assert "to begin anew" in shown(pilot)


class _Failing(SessionStore):
    def turns(self, session: int) -> tuple[KeptTurn, ...]:
        raise SessionsError("[red]It cannot be read.", hint="Delete it.")


async def test_a_conversation_that_cannot_be_read_is_told_and_the_list_stays(
    kept: SessionStore, tmp_path: Path
) -> None:
    async with desk(_Failing(tmp_path / "home", origin="app")).run_test(
        notifications=True
    ) as pilot:
        await listed(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "[red]It cannot be read. Delete it." in shown(pilot))
        assert titles(pilot) == [TOWER, LAMP]


class _Slow(SessionStore):
    """Finds one conversation at first, later than the ones that are searched for next."""

    def sessions(self, search: str = "") -> tuple[Session, ...]:
        found = super().sessions(search)
        if search == "l":
            time.sleep(0.3)
        return found


async def test_a_list_that_comes_late_is_dropped(kept: SessionStore, tmp_path: Path) -> None:
    async with desk(_Slow(tmp_path / "home", origin="app")).run_test() as pilot:
        await listed(pilot)
        await pilot.press("slash", *"painted")
        await until(pilot, lambda: titles(pilot) == [LAMP])
        await pilot.pause(0.4)
        assert titles(pilot) == [LAMP]

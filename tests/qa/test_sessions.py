"""Conversations are kept, found again, and gone once they are deleted."""

import multiprocessing
import sqlite3
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.errors import SessionsError, UnknownSession
from qa import session_tables
from qa.answer import Turn
from qa.session import LONGEST_TITLE, KeptTurn, just_answered, messages
from qa.sessions import FILE_NAME, SessionStore
from tests.qa.conftest import MakeAssistant, answer_of, said, scripted
from tests.tui.fake_desk import DISAGREEING, REFUSING, answer

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> SessionStore:
    return SessionStore(tmp_path, origin="app")


def turn(
    question: str = "When was it lit?", text: str = "In 1854 [1].", *, at: int = 0
) -> KeptTurn:
    """A turn that began so many minutes after noon."""
    return KeptTurn(NOON + timedelta(minutes=at), answer(text, question=question))


def test_before_anything_is_kept_there_is_no_file_and_nothing_to_list(
    store: SessionStore, tmp_path: Path
) -> None:
    assert store.sessions() == ()
    assert store.latest() is None
    with pytest.raises(UnknownSession):
        store.turns(1)
    assert list(tmp_path.iterdir()) == []


def test_turns_come_back_exactly_as_they_were(store: SessionStore) -> None:
    kept = tuple(KeptTurn(NOON, each) for each in (DISAGREEING, REFUSING, answer(rewritten="So?")))
    session = store.keep(kept[0])
    for each in kept[1:]:
        assert store.keep(each, session=session) == session
    assert store.turns(session) == kept


def test_a_real_answer_comes_back_exactly_as_it_was(
    store: SessionStore, assistant: MakeAssistant
) -> None:
    lit = "The Skerry light was first lit in 1846."
    kept = just_answered(answer_of(assistant(scripted(said(lit))).ask("When was it first lit?")))
    assert kept.answer.citations
    assert store.turns(store.keep(kept)) == (kept,)


@pytest.mark.parametrize("text", ["plain", "“quotes” \n\x1b[31m \\ 💡", "\udcff", "\0"])
def test_text_of_any_kind_comes_back_as_it_was(store: SessionStore, text: str) -> None:
    (back,) = store.turns(store.keep(turn(text, text)))
    assert (back.answer.question, back.answer.text) == (text, text)


def test_a_conversation_is_titled_by_its_first_question_and_dated_by_both_ends(
    store: SessionStore,
) -> None:
    session = store.keep(turn("Who\nwrote it?"))
    store.keep(turn("When?", at=5), session=session)
    (listed,) = store.sessions()
    assert listed == store.session(session)
    assert (listed.title, listed.questions) == ("Who wrote it?", 2)
    assert (listed.created, listed.updated) == (NOON, NOON + timedelta(minutes=5))


def test_what_was_asked_last_is_listed_first(store: SessionStore) -> None:
    first = store.keep(turn("First?", at=0))
    second = store.keep(turn("Second?", at=1))
    assert [each.id for each in store.sessions()] == [second, first]
    store.keep(turn("Again?", at=2), session=first)
    assert [each.id for each in store.sessions()] == [first, second]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", ["Über den Turm?", "Who lit it?"]),
        ("lit", ["Who lit it?"]),
        ("über turm", ["Über den Turm?"]),
        ("anna LIT", ["Who lit it?"]),
        ("keeper", ["Who lit it?"]),
        ("100%", ["Über den Turm?"]),
        ("0_m", []),
        ("turm lit", []),
    ],
)
def test_each_word_is_looked_for_in_titles_questions_and_answers(
    store: SessionStore, search: str, found: list[str]
) -> None:
    session = store.keep(turn("Who lit it?", "Anna Holm did.", at=0))
    store.keep(turn("Was she the keeper?", "Yes.", at=1), session=session)
    store.keep(turn("Über den Turm?", "Zu 100% aus Stein.", at=2))
    assert [each.title for each in store.sessions(search)] == found


def test_a_renamed_conversation_is_found_by_its_new_name(store: SessionStore) -> None:
    session = store.keep(turn("Who lit it?"))
    store.rename(session, "  The\nlamp \x1b[31m")
    assert [each.title for each in store.sessions("lamp")] == [
        "The lamp \N{REPLACEMENT CHARACTER}[31m"
    ]
    store.rename(session, "   ")
    assert store.session(session).title.startswith("The lamp")
    store.rename(session, "long " * 100)
    assert len(store.session(session).title) <= LONGEST_TITLE
    with pytest.raises(UnknownSession):
        store.rename(session + 1, "Another")


def test_of_a_deleted_conversation_nothing_is_left_on_the_disk(
    store: SessionStore, tmp_path: Path
) -> None:
    session = store.keep(turn("Who is the Marquis of Carabas?", "Nobody knows the Marquis."))
    other = store.keep(turn())
    store.delete(session)
    assert [each.id for each in store.sessions()] == [other]
    assert all(b"Marquis" not in file.read_bytes() for file in tmp_path.iterdir())
    store.delete(session)


def test_the_number_of_a_deleted_conversation_is_not_used_again(store: SessionStore) -> None:
    session = store.keep(turn("First?"))
    store.delete(session)
    again = store.keep(turn("Second?"), session=session)
    assert again != session
    assert store.session(again).title == "Second?"


def test_each_origin_has_a_latest_of_its_own(store: SessionStore, tmp_path: Path) -> None:
    asked = SessionStore(tmp_path, origin="ask")
    session = asked.keep(turn("On the command line?", at=0))
    store.keep(turn("In the app?", at=1))
    assert asked.latest() == store.session(session)
    assert len(asked.sessions()) == 2


def test_nobody_else_may_read_them(store: SessionStore, tmp_path: Path) -> None:
    store.keep(turn())
    assert all(file.stat().st_mode & 0o077 == 0 for file in tmp_path.iterdir())


def test_what_was_said_is_told_as_the_assistant_takes_it() -> None:
    assert messages([turn("Who?", "Anna."), turn("When?", "In 1854.")]) == (
        Turn("user", "Who?"),
        Turn("assistant", "Anna."),
        Turn("user", "When?"),
        Turn("assistant", "In 1854."),
    )


def _keep_ten(home: Path, session: int | None) -> None:
    for number in range(10):
        SessionStore(home, origin="ask").keep(turn(f"{number}?"), session=session)


def test_several_processes_and_threads_keep_at_once_and_nothing_is_lost(
    store: SessionStore, tmp_path: Path
) -> None:
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=_keep_ten, args=(tmp_path, None)) for _ in range(2)]
    for process in processes:
        process.start()
    session = store.keep(turn())
    threads = [threading.Thread(target=_keep_ten, args=(tmp_path, session)) for _ in range(4)]
    for each in threads:
        each.start()
    for each in (*threads, *processes):
        each.join()
    assert [process.exitcode for process in processes] == [0, 0]
    assert len(store.turns(session)) == 41
    assert len(store.sessions()) == 21


def test_a_file_of_a_later_version_is_refused_and_left_alone(
    store: SessionStore, tmp_path: Path
) -> None:
    store.keep(turn())
    later = session_tables.VERSION + 1
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute(f"PRAGMA user_version = {later}")
    connection.close()
    with pytest.raises(SessionsError, match=f"format {later}") as refused:
        store.keep(turn())
    assert "Update Lectern" in refused.value.hint


def test_a_file_of_an_earlier_version_is_brought_forward(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = turn()
    session = store.keep(kept)
    added = ("ALTER TABLE sessions ADD COLUMN colour TEXT",)
    monkeypatch.setattr(session_tables, "_STEPS", (*session_tables._STEPS, added))
    monkeypatch.setattr(session_tables, "VERSION", session_tables.VERSION + 1)
    assert store.turns(session) == (kept,)
    assert store.keep(turn(), session=session) == session


@pytest.mark.parametrize("kept", [b"no database" * 100, b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_damaged_file_is_named_with_the_way_out(
    store: SessionStore, tmp_path: Path, kept: bytes
) -> None:
    (tmp_path / FILE_NAME).write_bytes(kept)
    for attempt in (store.sessions, store.latest, lambda: store.keep(turn())):
        with pytest.raises(SessionsError) as caught:
            attempt()
        assert str(tmp_path / FILE_NAME) in caught.value.hint
    assert (tmp_path / FILE_NAME).read_bytes() == kept


@pytest.mark.parametrize("record", ["{", "[]", "{}", '{"question": 1}', "[" * 100_000])
def test_a_turn_that_records_no_answer_is_told_and_can_be_deleted(
    store: SessionStore, tmp_path: Path, record: str
) -> None:
    session = store.keep(turn())
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute("UPDATE turns SET answer = ?", (record,))
    connection.close()
    with pytest.raises(SessionsError, match="cannot be read"):
        store.turns(session)
    store.delete(session)
    assert store.sessions() == ()


def test_what_a_later_version_recorded_besides_is_passed_over(
    store: SessionStore, tmp_path: Path
) -> None:
    kept = turn()
    session = store.keep(kept)
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute("UPDATE turns SET answer = json_set(answer, '$.mood', 'good')")
    connection.close()
    assert store.turns(session) == (kept,)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(SessionsError, match="could not be opened"):
        SessionStore(tmp_path / "nowhere", origin="app").keep(turn())


def test_a_turn_was_asked_as_long_ago_as_its_answer_took() -> None:
    took = replace(answer().timings, total=90.0)
    asked = just_answered(answer(timings=took)).asked
    assert timedelta(seconds=90) <= datetime.now(UTC) - asked < timedelta(seconds=95)

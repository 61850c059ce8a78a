"""What the list of conversations looks like, and the difference between two answers."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from qa.session import KeptTurn
from qa.sessions import SessionStore
from tests.tui.fake_desk import CITATIONS, FakeAssistant, answer, script
from tests.tui.kinds import EACH_KIND
from tests.tui.pilots import app_with, ask, shown, until
from tui.app import LecternApp
from tui.question import QuestionInput
from tui.services import Services

ASKED = (
    "When was the lamp of Skerry Light first lit?",
    "Wer hat den höchsten Turm der Küste entworfen, und in welchem Jahr wurde er zum ersten Mal"
    " gestrichen?",
    "灯台の高さは何メートルですか",
    "متى أضيء المصباح",
    "How many steps lead up to the lamp?",
)
OTHER = answer(
    "The lamp was first lit on 3 October 1854 [1]. It was green [2].", citations=CITATIONS[:2]
)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SessionStore:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    store = SessionStore(tmp_path, origin="app")
    for day, question in enumerate(ASKED):
        asked = datetime(2025, 3, 4, 12, tzinfo=UTC) - timedelta(days=day)
        session = store.keep(KeptTurn(asked, answer(question=question)))
        if day == 0:
            store.keep(KeptTurn(asked, answer()), session=session)
    return store


@EACH_KIND
def test_the_list_of_conversations(
    snap_compare: Callable[..., bool], store: SessionStore, size: tuple[int, int], theme: str
) -> None:
    async def listed(pilot: Pilot[None]) -> None:
        pilot.app.theme = theme
        await pilot.press("f2")
        await until(pilot, lambda: "2 questions" in shown(pilot))

    app = LecternApp(Services(FakeAssistant, sessions=store))
    assert snap_compare(app, terminal_size=size, run_before=listed)


@EACH_KIND
def test_the_question_before_a_conversation_is_deleted(
    snap_compare: Callable[..., bool], store: SessionStore, size: tuple[int, int], theme: str
) -> None:
    async def asked(pilot: Pilot[None]) -> None:
        pilot.app.theme = theme
        await pilot.press("f2")
        await until(pilot, lambda: "2 questions" in shown(pilot))
        await pilot.press("d")
        await until(pilot, lambda: "for good?" in shown(pilot))

    app = LecternApp(Services(FakeAssistant, sessions=store))
    assert snap_compare(app, terminal_size=size, run_before=asked)


@EACH_KIND
def test_a_title_being_changed(
    snap_compare: Callable[..., bool], store: SessionStore, size: tuple[int, int], theme: str
) -> None:
    async def renaming(pilot: Pilot[None]) -> None:
        pilot.app.theme = theme
        await pilot.press("f2")
        await until(pilot, lambda: "2 questions" in shown(pilot))
        pilot.app.screen.query_one("#session-title", Input).cursor_blink = False
        await pilot.press("r")
        await until(pilot, lambda: "Another title" in shown(pilot))

    app = LecternApp(Services(FakeAssistant, sessions=store))
    assert snap_compare(app, terminal_size=size, run_before=renaming)


@EACH_KIND
def test_the_difference_to_the_answer_before(
    snap_compare: Callable[..., bool], size: tuple[int, int], theme: str
) -> None:
    async def again(pilot: Pilot[None]) -> None:
        pilot.app.theme = theme
        pilot.app.query_one(QuestionInput).cursor_blink = False
        await ask(pilot)
        await pilot.press("tab", "a")
        await until(pilot, lambda: "Another answer" in shown(pilot))

    app = app_with(FakeAssistant(script(), script(OTHER)))
    assert snap_compare(app, terminal_size=size, run_before=again)

"""`lectern export`: what was kept, for other programs and for people."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qa import cli
from qa.contract import as_json
from qa.session import KeptTurn
from qa.session_markdown import as_markdown
from qa.sessions import FILE_NAME, SessionStore
from tests.tui.fake_desk import DISAGREEING, answer

pytestmark = pytest.mark.usefixtures("no_settings_from_outside")

FIRST = KeptTurn(datetime(2026, 11, 27, 12, tzinfo=UTC), answer(question="When was it lit?"))
THEN = KeptTurn(datetime(2026, 11, 27, 13, tzinfo=UTC), DISAGREEING)
LAST = KeptTurn(datetime(2026, 11, 28, 9, tzinfo=UTC), answer(question="\x1b[31mHöher? 灯台"))
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


@pytest.fixture
def kept(home: Path) -> SessionStore:
    """Two conversations, the second of which was held last."""
    store = SessionStore(home, origin="app")
    store.keep(THEN, session=store.keep(FIRST))
    store.keep(LAST)
    return store


@pytest.fixture
def export(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """The exit code, and what was written to stdout and to stderr."""

    def export(*words: str) -> tuple[int, str, str]:
        code = cli.main(["export", *words])
        return code, *capsys.readouterr()

    return export


def test_the_latest_conversation_is_printed_as_markdown(export: Run, kept: SessionStore) -> None:
    title = kept.sessions()[0].title
    assert export() == (0, as_markdown(title, [LAST]), "")


@pytest.mark.usefixtures("kept")
def test_a_conversation_is_named_by_its_number(export: Run) -> None:
    assert export("1")[1] == as_markdown("When was it lit?", [FIRST, THEN])


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("option", [("--format", "json"), ("--json",)])
def test_json_is_what_ask_printed_with_the_time_of_asking(
    export: Run, option: tuple[str, ...]
) -> None:
    code, out, err = export("1", *option)
    assert (code, err, out.count("\n")) == (0, "", 1)
    assert json.loads(out) == [
        json.loads(json.dumps({**as_json(turn.answer), "asked": turn.asked.isoformat()}))
        for turn in (FIRST, THEN)
    ]


@pytest.mark.usefixtures("kept")
def test_the_list_is_a_line_for_each_with_its_number(export: Run) -> None:
    code, out, err = export("--list")
    assert (code, err) == (0, "")
    last, first = out.splitlines()
    assert last.split()[0] == "2"
    assert last.endswith("1 question  \N{REPLACEMENT CHARACTER}[31mHöher? 灯台")
    assert first.endswith("2 questions  When was it lit?")


@pytest.mark.usefixtures("kept")
def test_the_list_as_json_is_one_object(export: Run) -> None:
    sessions = json.loads(export("--list", "--json")[1])["sessions"]
    assert [each["session"] for each in sessions] == [2, 1]
    assert sessions[1] == {
        "session": 1,
        "title": "When was it lit?",
        "created": "2026-11-27T12:00:00+00:00",
        "updated": "2026-11-27T13:00:00+00:00",
        "questions": 2,
    }


@pytest.mark.usefixtures("kept")
def test_a_file_takes_it_and_stdout_stays_empty(export: Run, tmp_path: Path) -> None:
    code, out, err = export("1", "--output", "lamp.md")
    assert (code, out, err) == (0, "", "Written to lamp.md.\n")
    written = (tmp_path / "lamp.md").read_text("utf-8")
    assert written == as_markdown("When was it lit?", [FIRST, THEN])


@pytest.mark.usefixtures("kept")
def test_a_file_that_cannot_be_written_is_wrong_usage(export: Run) -> None:
    code, out, err = export("--output", "nowhere/lamp.md")
    assert (code, out) == (2, "")
    assert "nowhere/lamp.md could not be written" in err


def test_a_name_that_is_no_utf_8_stays_readable_json(export: Run, home: Path) -> None:
    store = SessionStore(home, origin="ask")
    store.keep(KeptTurn(FIRST.asked, answer(model="\udcff.gguf")))
    assert json.loads(export("--json")[1])[0]["model"] == "\udcff.gguf"


@pytest.mark.usefixtures("kept")
def test_a_number_that_no_conversation_has_is_wrong_usage(export: Run) -> None:
    code, out, err = export("7")
    assert (code, out) == (2, "")
    assert "lectern export --list" in err


def test_where_nothing_was_kept_it_says_how_to_begin(export: Run) -> None:
    code, out, err = export()
    assert (code, out) == (1, "")
    assert "lectern ask" in err
    assert export("--list") == (0, "", "No conversation has been kept yet.\n")
    assert export("--list", "--json")[1] == '{"sessions": []}\n'


def test_a_damaged_file_is_told(export: Run, home: Path) -> None:
    (home / FILE_NAME).write_text("no database" * 100, "utf-8")
    code, out, err = export()
    assert (code, out) == (1, "")
    assert str(home / FILE_NAME) in err

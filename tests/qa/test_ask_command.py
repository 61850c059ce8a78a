"""`lectern ask`, as scripts and people see it."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import LecternError, ModelDied, StoreError
from index.harmless import harmless
from index.shelf import Shelf
from qa import cli
from qa.answer import UNSUPPORTED
from qa.assistant import Assistant
from qa.compose import REFUSAL, UNSURE
from qa.contract import as_json
from qa.session import just_answered
from qa.sessions import FILE_NAME, SessionStore
from qa.settings import Settings
from tests.hashing_embedder import HashingEmbedder
from tests.qa.conftest import (
    ALSO_LIT,
    LIT,
    TALL,
    MakeAssistant,
    Shelve,
    answer_of,
    said,
    scripted,
)
from tests.scripted_model import ScriptedModel

pytestmark = pytest.mark.usefixtures("no_settings_from_outside")

WHO = "Who designed the tower of the Skerry light?"
WHEN = "When was the Skerry light first lit?"
DESIGNED = "Anna Holm designed the tower."
INVENTED = "Queen Margrethe painted it purple in 1777."

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


@pytest.fixture
def ask(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """The exit code of a command, and what it wrote to stdout and to stderr."""

    def ask(*words: str) -> tuple[int, str, str]:
        code = cli.main(["ask", *words])
        return code, *capsys.readouterr()

    return ask


@pytest.fixture
def answers(
    assistant: MakeAssistant, library: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., None]:
    """Sets who answers, over a library that the command closes."""

    def answers(model: ScriptedModel | None = None, **options: object) -> None:
        def open_assistant(settings: Settings) -> Assistant:
            return assistant(model, over=Shelf.open(library), **options)

        monkeypatch.setattr("qa.wiring.open_assistant", open_assistant)

    return answers


def test_stdout_is_the_answer_and_its_sources(ask: Run, answers: Callable[..., None]) -> None:
    answers(scripted(said(DESIGNED)))
    code, out, err = ask(WHO)
    assert (code, err) == (0, "")
    answer, empty, source, quote = out.splitlines()
    assert (answer, empty) == (f"{DESIGNED} [1]", "")
    assert source.startswith("[1] Skerry light (lights/skerry.md, line 3)")
    assert "“Anna Holm designed the tower" in quote


def test_json_is_one_object_and_nothing_else(
    ask: Run, answers: Callable[..., None], assistant: MakeAssistant
) -> None:
    answers(scripted(said(DESIGNED)), notes=("A note.",))
    code, out, err = ask(WHO, "--json")
    assert (code, err, out.count("\n")) == (0, "A note.\n", 1)
    shown = json.loads(out)
    expected = as_json(answer_of(assistant(scripted(said(DESIGNED))).ask(WHO)))
    assert [*shown] == [*expected]
    assert (shown["answer"], shown["citations"]) == (expected["answer"], expected["citations"])
    assert shown["notes"] == ["A note."]


def test_letters_of_any_script_stay_themselves_in_json(
    ask: Run, answers: Callable[..., None]
) -> None:
    answers()
    _, out, _ = ask("Wo steht der höchste Turm? 灯台", "--json")
    assert "höchste Turm? 灯台" in out


def test_what_nothing_carries_is_marked_and_strict_removes_it(
    ask: Run, answers: Callable[..., None]
) -> None:
    answers(scripted(said(f"{DESIGNED} {INVENTED}"), said(f"{DESIGNED} {INVENTED}")))
    assert ask(WHO)[1].startswith(f"{DESIGNED} [1] {INVENTED} {UNSUPPORTED}\n")
    answers(scripted(said(f"{DESIGNED} {INVENTED}")))
    _, out, err = ask(WHO, "--strict")
    assert out.startswith(f"{DESIGNED} [1]\n")
    assert "1777" not in out
    assert "removed" in err


def test_documents_that_differ_are_listed(ask: Run, answers: Callable[..., None]) -> None:
    answers(scripted(said(LIT), said(ALSO_LIT)))
    _, out, _ = ask(WHEN)
    assert "The documents differ: 1846 [1]\n" in out
    assert "The documents differ: 1851 [2]\n" in out


def test_a_refusal_is_an_answer_unless_asked_otherwise(
    ask: Run, answers: Callable[..., None]
) -> None:
    answers(caution=1.0)
    code, out, _ = ask(WHO)
    assert code == 0
    assert out.startswith((REFUSAL, UNSURE))
    assert "\n[1] " in out
    assert ask(WHO, "--strict-exit")[0] == 4
    assert ask(WHO, "--strict-exit", "--json")[0] == 4


def test_an_answer_is_no_refusal_for_strict_exit(ask: Run, answers: Callable[..., None]) -> None:
    answers()
    assert ask(WHO, "--strict-exit")[0] == 0


def test_a_dash_reads_the_question_from_stdin(
    ask: Run, answers: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers()
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{WHO}\n"))
    _, out, _ = ask("-", "--json")
    assert json.loads(out)["question"].strip() == WHO


@pytest.mark.parametrize("question", ["", "  "])
def test_an_empty_question_is_wrong_usage(
    ask: Run, answers: Callable[..., None], question: str
) -> None:
    answers()
    code, out, err = ask(question)
    assert (code, out) == (2, "")
    assert "empty" in err


def test_a_glob_keeps_other_documents_out(ask: Run, answers: Callable[..., None]) -> None:
    answers()
    shown = json.loads(ask(WHEN, "--in", "lights/al*", "--json")[1])
    assert {each["document"] for each in shown["citations"]} == {"lights/almanac.md"}


def test_continue_follows_up_on_what_was_asked_last(
    ask: Run, answers: Callable[..., None], home: Path
) -> None:
    standing_alone = "How high is the tower of the Skerry light?"
    answers(scripted(said(DESIGNED)))
    ask(WHO)
    answers(scripted(standing_alone, said(TALL)))
    code, out, err = ask("How high is it?", "--continue")
    assert code == 0
    assert out.startswith(f"{TALL} [1]\n")
    assert err == f"Asked as: {standing_alone}\n"
    (kept,) = SessionStore(home, origin="ask").sessions()
    assert (kept.title, kept.questions) == (WHO, 2)


def test_continue_knows_nothing_of_what_was_asked_in_the_terminal_app(
    ask: Run, answers: Callable[..., None], assistant: MakeAssistant, home: Path
) -> None:
    asked = answer_of(assistant(scripted(said(DESIGNED))).ask(WHO))
    SessionStore(home, origin="app").keep(just_answered(asked))
    answers()
    assert ask("How high is it?", "--continue")[2] == ""


def test_without_continue_a_question_begins_anew(
    ask: Run, answers: Callable[..., None], home: Path
) -> None:
    answers()
    ask(WHO)
    _, _, err = ask("How high is it?")
    assert err == ""
    kept = SessionStore(home, origin="ask").sessions()
    assert [(each.title, each.questions) for each in kept] == [("How high is it?", 1), (WHO, 1)]


def test_a_conversation_that_cannot_be_read_is_told_before_anything_is_asked(
    ask: Run, answers: Callable[..., None], home: Path
) -> None:
    answers()
    file = home / FILE_NAME
    file.write_text("no database" * 100, "utf-8")
    code, out, err = ask("How high is it?", "--continue")
    assert (code, out) == (1, "")
    assert str(file) in err
    code, out, err = ask(WHO)
    assert (code, "Anna Holm" in out) == (0, True)
    assert "`--continue` will not know of this question" in err


def test_where_the_model_dies_the_evidence_is_printed_and_a_note_says_why(
    ask: Run, answers: Callable[..., None]
) -> None:
    answers(scripted(ModelDied("The answering model stopped.")))
    code, out, err = ask(WHO)
    assert code == 0
    assert out.startswith("“")
    assert "The answering model stopped." in err


def test_without_any_model_there_is_an_answer_and_a_way_to_get_one(
    ask: Run, shelve: Shelve, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelve({"light.txt": "The light\n\nAnna Holm designed the tower of the Skerry light.\n"})
    monkeypatch.setattr("qa.wiring.Embedder", lambda name, home: HashingEmbedder())
    monkeypatch.setenv("LECTERN_CAUTION", "0")
    code, out, err = ask(WHO)
    assert code == 0
    assert out.startswith("“Anna Holm designed the tower of the Skerry light.” [1]\n")
    assert "lectern models pull" in err


def test_a_model_that_is_named_and_not_there_is_an_error(
    ask: Run, shelve: Shelve, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelve({"light.txt": "The light is lit.\n"})
    monkeypatch.setattr("qa.wiring.Embedder", lambda name, home: HashingEmbedder())
    code, out, err = ask(WHO, "--model", "built-in")
    assert (code, out) == (1, "")
    assert "lectern models pull" in err


@pytest.mark.parametrize("error", [StoreError("The vectors are gone."), KeyboardInterrupt()])
def test_whatever_happens_the_model_is_closed(
    ask: Run, answers: Callable[..., None], error: LecternError | KeyboardInterrupt
) -> None:
    model = scripted(said(DESIGNED))

    def trouble(*arguments: object, **options: object) -> None:
        raise error

    model.choose = trouble  # type: ignore[assignment,method-assign]
    answers(model)
    code, out, _ = ask(WHO)
    assert (code, out) == (130 if isinstance(error, KeyboardInterrupt) else 1, "")
    assert model.closed


def test_what_a_terminal_would_obey_is_printed_harmless(
    ask: Run, shelve: Shelve, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "# A \x1b]0;mine\x07 title\n\nA \x1b[31mred\u202e light was lit.\n"
    shelve({"evil\x1b[2J.md": text, "evil \x9b2J copy.md": text})
    monkeypatch.setattr("qa.wiring.Embedder", lambda name, home: HashingEmbedder())
    monkeypatch.setenv("LECTERN_CAUTION", "0")
    _, out, err = ask("When was the red light lit?")
    assert "light was lit" in out
    assert ", also evil" in out
    assert all(harmless(line) == line for line in (out + err).splitlines())


def test_what_a_model_writes_is_printed_harmless(ask: Run, answers: Callable[..., None]) -> None:
    rewrite = "How high is the \x1b[31mtower of the Skerry light?"
    answers(scripted(said(DESIGNED)))
    ask(WHO)
    answers(scripted(rewrite, said(f"{TALL} Seals \x1b]0;mine\x07 sleep on it.")))
    _, out, err = ask("How high is it?", "--continue")
    assert out.startswith(TALL)
    assert err.startswith("Asked as: ")
    assert all(harmless(line) == line for line in (out + err).splitlines())

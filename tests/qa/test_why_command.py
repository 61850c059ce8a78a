"""`lectern why`, as scripts and people see it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from index.harmless import harmless
from index.shelf import Shelf
from qa import cli
from qa.assistant import Assistant
from qa.settings import Settings
from tests.hashing_embedder import HashingEmbedder
from tests.qa.conftest import LIT, MakeAssistant, Shelve, said, scripted
from tests.scripted_model import ScriptedModel

pytestmark = pytest.mark.usefixtures("no_settings_from_outside")

WHEN = "When was the Skerry light first lit?"
STAGES = ["index", "words", "vectors", "passages", "evidence", "answer"]
FIELDS = {
    "index": ["passages", "reason", "nearest", "hint"],
    "words": ["rank", "of", "bm25", "depth", "lacking"],
    "vectors": ["rank", "of", "cosine", "depth"],
    "passages": ["rank", "of", "limit", "taken", "later", "earlier"],
    "evidence": [
        *("sentence", "rank", "of", "score", "picked", "lowest_picked", "enough_tokens"),
    ],
    "answer": [
        *("answer", "abstained", "quoted", "confidence", "caution", "model", "citations"),
    ],
}

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def why(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], library: Path) -> Run:
    """The exit code of a command over the library, and what it wrote to stdout and to stderr."""
    monkeypatch.setattr("qa.wiring.Embedder", lambda name, home: HashingEmbedder())
    monkeypatch.setenv("LECTERN_HOME", str(library))
    monkeypatch.chdir(library)

    def why(*words: str) -> tuple[int, str, str]:
        code = cli.main(["why", *words])
        return code, *capsys.readouterr()

    return why


@pytest.fixture
def answers(
    assistant: MakeAssistant, library: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., None]:
    """Sets who answers, over a library that the command closes."""

    def answers(model: ScriptedModel | None = None, **options: object) -> None:
        def open_assistant(settings: Settings, *, retrieval_only: bool) -> Assistant:
            assert not retrieval_only
            return assistant(model, over=Shelf.open(library), **options)

        monkeypatch.setattr("qa.wiring.open_assistant", open_assistant)

    return answers


def test_json_is_the_contract_s_object(why: Run, answers: Callable[..., None]) -> None:
    answers(scripted(said(LIT)), notes=("A note.",))
    code, out, err = why(WHEN, "--expect", "skerry.md", "--json")
    assert (code, err, out.count("\n")) == (0, "A note.\n", 1)
    shown = json.loads(out)
    assert [*shown] == ["question", "document", "stages", "lost_at"]
    assert (shown["question"], shown["document"]) == (WHEN, "lights/skerry.md")
    assert shown["lost_at"] is None
    assert {each["stage"]: [*each][2:] for each in shown["stages"]} == FIELDS
    assert [each["stage"] for each in shown["stages"]] == STAGES
    assert all([*each][:2] == ["stage", "reached"] for each in shown["stages"])
    assert all(each["reached"] is True for each in shown["stages"])


def test_people_see_a_line_for_each_stage_and_where_it_was_lost(
    why: Run, answers: Callable[..., None]
) -> None:
    model = scripted(said(LIT))
    answers(model)
    code, out, err = why(WHEN, "--expect", "bees.txt")
    assert (code, err) == (0, "")
    name, *lines, empty, lost, advice = out.splitlines()
    assert (name, empty, lost) == ("bees.txt", "", "Lost at: answer")
    assert [line.split()[0] for line in lines] == STAGES
    assert {line.split()[1] for line in lines[:-1]} == {"reached", "lost"}
    assert "cosine" in lines[2]
    assert lines[-1].split()[1] == "lost"
    assert LIT in lines[-1]
    assert "--in bees.txt" in advice
    assert model.closed


def test_without_an_answer_no_language_model_is_looked_for(
    why: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.wiring._model", lambda settings: pytest.fail("a model was asked for"))
    code, out, err = why(WHEN, "--expect", "skerry.md", "--no-answer")
    assert (code, err) == (0, "")
    assert out.endswith("\n\nNot lost: a model would read it.\n")
    shown = json.loads(why(WHEN, "--expect", "skerry.md", "--no-answer", "--json")[1])
    assert [each["stage"] for each in shown["stages"]] == STAGES[:-1]
    assert shown["lost_at"] is None


def test_what_the_settings_leave_out_is_lost_by_them(
    why: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LECTERN_PASSAGES", "1")
    _, out, _ = why(WHEN, "--expect", "skerry.md", "--no-answer")
    assert out.endswith("\n\nLost at: passages\nRaise `passages` to 2 or more.\n")


def test_what_is_dated_after_the_day_of_the_question_is_told_so(
    why: Run, shelve: Shelve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelve({"new.md": "---\ndate: 2026-05-04\n---\nThe horse Pebble won the derby.\n"})
    monkeypatch.setenv("LECTERN_HOME", str(tmp_path / "home"))
    asked = ("As of 2024-05-07: Which horse won?", "--expect", "new.md", "--no-answer")
    _, out, _ = why(*asked)
    assert "left out: it is dated 2026-05-04, after the day of the question" in out
    assert out.endswith(
        "\n\nLost at: passages\n"
        "Ask without a day, or as of 2026-05-04: it is dated after the day of the question.\n"
    )
    (taken,) = [each for each in json.loads(why(*asked, "--json")[1])["stages"] if "later" in each]
    assert (taken["reached"], taken["later"]) == (False, "2026-05-04")


def test_what_is_not_indexed_is_told_without_any_model(
    why: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.wiring.open_assistant", lambda *_: pytest.fail("nothing is searched"))
    code, out, err = why(WHEN, "--expect", "skery.md")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "skery.md",
        "  index     lost     no document is named so; names like it: lights/skerry.md",
        "",
        "Lost at: index",
        "Did you mean 'lights/skerry.md'?",
    ]
    shown = json.loads(why(WHEN, "--expect", "skery.md", "--json")[1])
    assert (shown["document"], shown["lost_at"]) == ("skery.md", "index")
    assert [each["nearest"] for each in shown["stages"]] == [["lights/skerry.md"]]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([WHEN, "--expect", ".md"], "lights/almanac.md, lights/skerry.md"),
        ([WHEN, "--expect", ""], "No document"),
        ([" ", "--expect", "skerry.md"], "empty"),
    ],
)
def test_what_cannot_be_followed_is_wrong_usage(why: Run, words: list[str], told: str) -> None:
    code, out, err = why(*words)
    assert (code, out) == (2, "")
    assert told in err


def test_the_document_has_to_be_named(why: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        why(WHEN)
    assert caught.value.code == 2
    assert "--expect" in capsys.readouterr().err


def test_without_an_index_the_way_to_one_is_shown(
    why: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LECTERN_HOME", str(tmp_path))
    code, out, err = why(WHEN, "--expect", "skerry.md")
    assert (code, out) == (3, "")
    assert "lectern index" in err


def test_an_index_of_another_embedding_model_is_refused(
    why: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.wiring.Embedder", lambda name, home: HashingEmbedder(name="other"))
    code, out, err = why(WHEN, "--expect", "skerry.md", "--no-answer")
    assert (code, out) == (1, "")
    assert "lectern index" in err


def test_a_model_that_is_named_is_the_one_that_is_looked_for(
    why: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, err = why(WHEN, "--expect", "skerry.md", "--model", "no-such-model")
    assert (code, out) == (1, "")
    assert "no-such-model" in err


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_what_a_terminal_would_obey_is_printed_harmless(
    why: Run, shelve: Shelve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: list[str]
) -> None:
    shelve({"evil\x1b[2J.md": "# A \x1b]0;mine\x07 title\n\nA \x1b[31mred\u202e light was lit.\n"})
    monkeypatch.setenv("LECTERN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LECTERN_CAUTION", "0")
    for name in ("J.md", "evil\x1b[2K.md", "evil\x1b[2J.txt"):
        _, out, err = why("Which light was \x1b[31mlit?", "--expect", name, *form)
        assert out
        assert all(harmless(line) == line for line in (out + err).splitlines())

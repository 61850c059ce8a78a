"""`lectern search`, as scripts and people see it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from index.harmless import harmless
from qa import cli
from tests.hashing_embedder import HashingEmbedder
from tests.qa.conftest import Shelve

pytestmark = pytest.mark.usefixtures("no_settings_from_outside")

Run = Callable[..., str]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], library: Path) -> Run:
    """What a search in the library prints; it says nothing on stderr."""
    monkeypatch.setattr("qa.wiring.Embedder", lambda name, home: HashingEmbedder())
    monkeypatch.setenv("LECTERN_HOME", str(library))
    monkeypatch.chdir(library)

    def run(*words: str) -> str:
        assert cli.main(["search", *words]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        return out

    return run


def test_json_is_the_contract_s_object(run: Run) -> None:
    shown = json.loads(run("When do bees dance?", "--json"))
    assert [*shown] == ["question", "passages", "timings"]
    assert shown["question"] == "When do bees dance?"
    assert [*shown["passages"][0]] == ["document", "start", "end", "text", "score", "page"]
    assert shown["passages"][0]["document"] == "bees.txt"
    assert shown["timings"]["retrieve"] > 0
    assert shown["timings"]["first_token"] is None


def test_no_more_passages_than_asked_for(run: Run) -> None:
    assert len(json.loads(run("light", "-k", "2", "--json"))["passages"]) == 2


def test_a_glob_keeps_other_documents_out(run: Run) -> None:
    shown = json.loads(run("bees dance", "--in", "lights/*", "--json"))
    assert {each["document"] for each in shown["passages"]} == {
        "lights/skerry.md",
        "lights/almanac.md",
    }


def test_people_see_numbered_passages_with_their_documents(run: Run) -> None:
    out = run("When do bees dance?", "-k", "1")
    assert out.startswith("1. On bees  (bees.txt)\n")
    assert "Bees dance to tell where nectar is." in out


def test_nothing_found_is_said(run: Run) -> None:
    assert run("light", "--in", "nothing/*") == "Nothing was found.\n"
    assert json.loads(run("light", "--in", "nothing/*", "--json"))["passages"] == []


def test_no_language_model_is_looked_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.wiring._model", lambda settings: pytest.fail("a model was asked for"))
    assert run("light")


def test_an_empty_query_is_wrong_usage(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["search", " "]) == 2
    assert "empty" in capsys.readouterr().err


def test_an_index_of_another_embedding_model_is_refused(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("qa.wiring.Embedder", lambda name, home: HashingEmbedder(name="other"))
    assert cli.main(["search", "light"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "lectern index" in err


def test_what_a_terminal_would_obey_is_printed_harmless(
    run: Run, shelve: Shelve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelve({"evil\x1b[2J.md": "# A \x1b]0;mine\x07 title\n\nA \x1b[31mred\u202e light.\n"})
    monkeypatch.setenv("LECTERN_HOME", str(tmp_path / "home"))
    out = run("red light")
    assert "light" in out
    assert all(harmless(line) == line for line in out.splitlines())

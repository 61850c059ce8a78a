"""`lectern eval make`: a file of drafts, kept whatever happens."""

import argparse
import json
from types import SimpleNamespace

import pytest

from evals import cases, make_command, own_index
from index.errors import CaseFileError, ModelError, SettingsError
from index.shelf import Shelf
from qa import wiring
from qa.settings import Settings
from tests.evals.drafts.obliging_model import ObligingModel
from tests.hashing_embedder import HashingEmbedder

TEXT = (
    "The Velm Harbour Board (VHB) bought 48 cranes from a dealer in Osterby in 1931.\n\n"
    "The Ness Mill Trust spent 2 million crowns on a wheel for Ness Mill.\n\n"
    "Jonas Berg, a sailor from Tonne, steered the ferry between Velm and Ness until 1958.\n"
)


@pytest.fixture
def model():
    return ObligingModel()


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "papers"
    made.mkdir()
    (made / "a.md").write_text(TEXT, "utf-8")
    return made


@pytest.fixture
def opened(monkeypatch, model):
    """Parts with a scripted model; what it notes is the home of the index and the settings."""
    noted = SimpleNamespace(home=None, settings=None, believed=True, model=model)
    embedder = HashingEmbedder()
    monkeypatch.setattr("index.embedder.Embedder", lambda name, home: embedder)

    def open_parts(settings, *, index_home=None, retrieval_only=False):
        noted.home, noted.settings = index_home, settings
        shelf = Shelf.open(index_home or settings.home)
        return wiring.Parts(shelf, embedder, noted.model, noted.believed, ())

    monkeypatch.setattr(wiring, "open_parts", open_parts)
    return noted


@pytest.fixture
def make(tmp_path, opened, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def run(*words):
        parser = argparse.ArgumentParser()
        make_command.configure(parser)
        arguments = parser.parse_args([str(word) for word in words])
        return make_command.run(arguments, Settings(home=tmp_path / "home"))

    return run


def test_a_folder_s_drafts_are_a_case_file_and_none_of_them_counts(make, folder, tmp_path, capsys):
    assert make(folder, "--count", 3) == 0
    made = cases.load(tmp_path / "drafts.jsonl")
    assert made
    assert all(case.draft for case in made)
    with pytest.raises(CaseFileError, match="still a draft"):
        cases.accepted(made, tmp_path / "drafts.jsonl")
    out, err = capsys.readouterr()
    assert out == ""
    assert all(case.question in err for case in made)
    assert f"lectern eval drafts.jsonl --documents {folder}" in err


def test_a_line_says_first_what_a_person_changes_and_quotes_to_the_letter(make, folder, tmp_path):
    make(folder, "--count", 2, "--output", "mine.jsonl")
    lines = (tmp_path / "mine.jsonl").read_text("utf-8").splitlines()
    for line in map(json.loads, lines):
        assert list(line) == [
            "draft", "id", "kind", "question", "answers", "answerable", "documents", "evidence"
        ]  # fmt: skip
        for shown in line["evidence"]:
            assert list(shown) == ["document", "start", "end", "quote"]
            assert TEXT[shown["start"] : shown["end"]] == shown["quote"]


def test_a_folder_is_asked_about_in_the_index_that_its_evaluation_uses(make, folder, opened):
    make(folder, "--count", 1)
    assert opened.home == own_index.own_home([folder], opened.settings)


def test_several_paths_share_an_index_and_files_will_do(make, folder, opened, tmp_path, capsys):
    (tmp_path / "b.txt").write_text(TEXT, "utf-8")
    make(folder / "a.md", tmp_path / "b.txt", "--count", 1)
    with Shelf.open(opened.home) as shelf:
        assert {document.id for document in shelf.documents()} == {"a.md", "b.txt"}
    assert "with the same documents in that folder" in capsys.readouterr().err


def test_without_a_path_the_shelf_is_asked_about(make, folder, opened, tmp_path, capsys):
    from index.sync import synchronise

    synchronise(tmp_path / "home", [folder], HashingEmbedder())
    assert make("--count", 1) == 0
    assert opened.home is None
    assert "Then: lectern eval drafts.jsonl\n" in capsys.readouterr().err


def test_a_file_that_is_there_is_written_over_only_where_the_person_says_so(
    make, folder, opened, tmp_path
):
    (tmp_path / "drafts.jsonl").write_text("reviewed")
    with pytest.raises(SettingsError, match="there already") as caught:
        make(folder)
    assert "--force" in caught.value.hint
    assert opened.home is None
    assert (tmp_path / "drafts.jsonl").read_text() == "reviewed"
    make(folder, "--count", 1, "--force")
    assert len(cases.load(tmp_path / "drafts.jsonl")) == 1


def test_standard_output_takes_the_cases_and_nothing_else(make, folder, tmp_path, capsys):
    assert make(folder, "--count", 2, "--output", "-") == 0
    out, _ = capsys.readouterr()
    assert all(json.loads(line)["draft"] for line in out.splitlines())
    assert not (tmp_path / "drafts.jsonl").exists()


def test_an_interruption_keeps_what_was_made(make, folder, model, tmp_path, capsys):
    first_case = 5  # three questions, an answer to the first, one request more
    model.stop_after = first_case
    assert make(folder, "--count", 5) == 130
    assert len(cases.load(tmp_path / "drafts.jsonl")) >= 1
    assert model.closed
    assert "Interrupted after " in capsys.readouterr().err


def test_nothing_is_written_over_for_nothing(make, folder, model, tmp_path, capsys):
    (tmp_path / "drafts.jsonl").write_text("reviewed")
    model.question = lambda asked: "Nothing comes to mind."
    assert make(folder, "--force") == 1
    assert (tmp_path / "drafts.jsonl").read_text() == "reviewed"
    assert "No case came of these documents" in capsys.readouterr().err


@pytest.mark.parametrize("missing", [True, False])
def test_a_model_that_is_not_believed_drafts_nothing(make, folder, opened, missing):
    opened.believed = False
    opened.model = None if missing else opened.model
    with pytest.raises(ModelError, match="none here" if missing else "too small") as caught:
        make(folder)
    assert "lectern models pull" in caught.value.hint


def test_the_model_can_be_named(make, folder, opened):
    make(folder, "--count", 1, "--model", "other")
    assert opened.settings.model == "other"


@pytest.mark.parametrize(
    "words",
    [
        ("--count", "0"),
        ("nowhere",),
        ("--output", "nowhere/drafts.jsonl"),
        ("--output", "drafts.json"),
    ],
)
def test_what_cannot_work_is_refused_before_anything_is_opened(make, opened, words):
    with pytest.raises(SettingsError):
        make(*words)
    assert opened.home is None
    assert opened.settings is None

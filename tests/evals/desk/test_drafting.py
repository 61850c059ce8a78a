"""Drafting a set and writing the page of a run, as a screen has it done."""

from types import SimpleNamespace

import pytest

from evals import cases
from evals.desk.desk import EvaluationDesk
from index.errors import Cancelled, ModelError, SettingsError
from index.shelf import Shelf
from index.sync import synchronise
from qa import wiring
from qa.drafting import Drafted, DraftOrder, DraftsKept
from qa.evaluating import Order, Preparing
from qa.settings import Settings
from tests.evals.drafts.obliging_model import ObligingModel
from tests.evals.test_make_command import TEXT
from tests.hashing_embedder import HashingEmbedder
from tests.in_process import InProcess


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "papers"
    made.mkdir()
    (made / "a.md").write_text(TEXT, "utf-8")
    return made


@pytest.fixture
def parts(monkeypatch):
    """What a drafting opens: a real shelf, and a model that obliges."""
    opened = SimpleNamespace(believed=True, model=ObligingModel(), homes=[])
    embedder = HashingEmbedder()
    monkeypatch.setattr("index.embedder.Embedder", lambda name, home: embedder)

    def open_parts(settings, *, index_home=None, retrieval_only=False):
        opened.homes.append(index_home)
        shelf = Shelf.open(index_home or settings.home)
        return wiring.Parts(shelf, embedder, opened.model, opened.believed, ())

    monkeypatch.setattr(wiring, "open_parts", open_parts)
    monkeypatch.setattr("evals.desk.drafting.run_apart", InProcess)
    return opened


@pytest.fixture
def drafting_desk(home, parts, folder, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    synchronise(home, [folder], HashingEmbedder())
    return EvaluationDesk(lambda: Settings(home=home))


def test_drafts_are_told_of_as_they_are_made_and_lie_in_the_file(drafting_desk, tmp_path, parts):
    events = list(drafting_desk.make(DraftOrder(tmp_path / "mine.jsonl", 3)))
    made = [event for event in events if isinstance(event, Drafted)]
    assert made
    assert Preparing("Loading the model") in events
    assert events[-1] == DraftsKept(tmp_path / "mine.jsonl", len(made), 3)
    kept = cases.load(tmp_path / "mine.jsonl")
    assert [case.question for case in kept] == [event.question for event in made]
    assert all(case.draft for case in kept)
    assert parts.homes == [None]
    assert parts.model.closed


def test_a_folder_is_asked_about_in_an_index_of_its_own(drafting_desk, tmp_path, folder, parts):
    list(drafting_desk.make(DraftOrder(tmp_path / "mine.jsonl", 1, folder)))
    (home,) = parts.homes
    assert home.parent.name == "evaluations"


def test_stopping_keeps_what_is_made(drafting_desk, tmp_path):
    making = drafting_desk.make(DraftOrder(tmp_path / "mine.jsonl", 5))
    events = []
    for event in making:
        events.append(event)
        if isinstance(event, Drafted):
            making.stop()
    assert events[-1] == DraftsKept(tmp_path / "mine.jsonl", 1, 5)
    assert len(cases.load(tmp_path / "mine.jsonl")) >= 1


def test_stopped_before_it_began_it_makes_nothing(drafting_desk, tmp_path):
    making = drafting_desk.make(DraftOrder(tmp_path / "mine.jsonl", 5))
    making.stop()
    with pytest.raises(Cancelled):
        list(making)
    assert not (tmp_path / "mine.jsonl").exists()


def test_a_file_that_is_there_is_not_written_over(drafting_desk, tmp_path):
    (tmp_path / "mine.jsonl").write_text("reviewed")
    with pytest.raises(SettingsError, match="there already"):
        list(drafting_desk.make(DraftOrder(tmp_path / "mine.jsonl", 5)))
    assert (tmp_path / "mine.jsonl").read_text() == "reviewed"


def test_a_model_that_is_too_small_and_documents_that_are_not_there_are_said(
    drafting_desk, tmp_path, parts
):
    parts.believed = False
    with pytest.raises(ModelError, match="too small"):
        list(drafting_desk.make(DraftOrder(tmp_path / "mine.jsonl", 5)))
    with pytest.raises(SettingsError, match="nowhere"):
        list(drafting_desk.make(DraftOrder(tmp_path / "a.jsonl", 5, tmp_path / "nowhere")))


def test_the_page_of_a_run_lies_in_the_working_folder(desk, case_file, tmp_path):
    *_, last = desk.run(Order(str(case_file)))
    page = desk.write_page(last.path)
    assert page == tmp_path / f"{last.path.stem}.html"
    text = page.read_text("utf-8")
    assert text.startswith("<!doctype html>")
    assert "three?" in text


def test_a_file_that_is_no_record_has_no_page(desk, tmp_path):
    (tmp_path / "other.json").write_text("[]")
    with pytest.raises(SettingsError, match="not a record"):
        desk.write_page(tmp_path / "other.json")

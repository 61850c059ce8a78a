import argparse
import importlib
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from lxml import html

from evals import command, own_index
from index.errors import CaseFileError, SettingsError
from qa.settings import Settings
from tests.evals.build import REFUSAL
from tests.evals.fake import DIED, Assistant

LINES = [
    {"id": "1", "question": "one?", "answers": ["2290"], "documents": ["a.md"]},
    {"id": "2", "question": "two?", "answers": ["2290"], "documents": ["a.md"]},
    {"id": "3", "question": "three?", "answers": []},
]


class Wiring:
    """Stands in for the wiring and the index, and notes what they were asked."""

    def __init__(self, seeds):
        self.assistant = Assistant({"three?": REFUSAL})
        self.seeds = seeds
        self.opened = None
        self.prepared = None

    def open_assistant(self, settings, *, index_home=None, retrieval_only=False):
        self.opened = (settings, index_home, retrieval_only)
        return self.assistant

    def prepare(self, paths, settings, console):
        (self.prepared,) = paths
        return own_index.own_home(paths, settings)

    def put_in_place(self, monkeypatch):
        wiring = SimpleNamespace(open_assistant=self.open_assistant)
        starter = SimpleNamespace(starter_documents=lambda: self.seeds)
        for name, module in (("qa.wiring", wiring), ("index.starter", starter)):
            monkeypatch.setitem(sys.modules, name, module)
            # Where another test has imported it for real, the package holds it too.
            package, _, own = name.partition(".")
            monkeypatch.setattr(importlib.import_module(package), own, module, raising=False)
        monkeypatch.setattr(own_index, "prepare", self.prepare, raising=False)


@pytest.fixture
def wiring(monkeypatch, tmp_path):
    faked = Wiring(tmp_path / "seeds")
    faked.put_in_place(monkeypatch)
    return faked


@pytest.fixture
def case_file(tmp_path):
    path = tmp_path / "mine.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in LINES))
    return path


@pytest.fixture
def lectern_eval(tmp_path, wiring):
    def run(*words):
        parser = argparse.ArgumentParser()
        command.configure(parser)
        arguments = parser.parse_args([str(word) for word in words])
        return command.run(arguments, Settings(home=tmp_path / "home"))

    return run


def test_a_case_file_is_asked_over_the_users_shelf(lectern_eval, wiring, case_file, capsys):
    assert lectern_eval(case_file) == 0
    _, index_home, retrieval_only = wiring.opened
    assert (index_home, retrieval_only, wiring.prepared) == (None, False, None)
    assert [question for question, _ in wiring.assistant.asked] == ["one?", "two?", "three?"]
    assert wiring.assistant.closed
    out, err = capsys.readouterr()
    assert out == ""
    assert "accuracy" in err


def test_the_set_that_comes_with_lectern_is_asked_over_its_own_documents(
    lectern_eval, wiring, tmp_path
):
    lectern_eval("--limit", 1)
    assert wiring.prepared == wiring.seeds
    assert wiring.opened[1].parent == tmp_path / "home" / "evaluations"
    assert wiring.opened[0].home == tmp_path / "home"


def test_a_folder_gets_an_index_of_its_own(lectern_eval, wiring, case_file, tmp_path):
    (tmp_path / "papers").mkdir()
    lectern_eval(case_file, "--documents", tmp_path / "papers")
    assert wiring.prepared == tmp_path / "papers"
    assert wiring.opened[1].name.startswith("papers-")


def test_folders_of_one_name_have_different_indexes_and_each_keeps_its_own(tmp_path):
    settings = Settings(home=tmp_path)
    one, other = tmp_path / "a" / "docs", tmp_path / "b" / "docs"
    assert own_index.own_home([one], settings) != own_index.own_home([other], settings)
    again = tmp_path / "a" / "x" / ".." / "docs"
    assert own_index.own_home([one], settings) == own_index.own_home([again], settings)


def test_search_alone_asks_for_no_model(lectern_eval, wiring, case_file, capsys):
    assert lectern_eval(case_file, "--retrieval-only", "--json", "-") == 0
    assert wiring.opened[2] is True
    assert wiring.assistant.cleaned == 0
    kept = json.loads(capsys.readouterr().out)
    assert kept["metrics"]["recall@5"]["value"] == 1
    assert kept["metrics"]["accuracy"] == {"value": None, "low": None, "high": None, "n": 0}
    assert kept["model"] == ""


def test_the_limit_takes_the_first_cases(lectern_eval, wiring, case_file):
    lectern_eval(case_file, "--limit", 2)
    assert [question for question, _ in wiring.assistant.asked] == ["one?", "two?"]


on_a_full_device = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="there is no device that is full"
)


@pytest.fixture
def draft_file(tmp_path):
    path = tmp_path / "drafts.jsonl"
    drafts = [line | {"draft": line["id"] != "3"} for line in LINES]
    path.write_text("".join(json.dumps(line) + "\n" for line in drafts))
    return path


def test_drafts_do_not_count_and_it_is_said_how_to_accept_them(
    lectern_eval, wiring, draft_file, capsys
):
    assert lectern_eval(draft_file) == 0
    assert [question for question, _ in wiring.assistant.asked] == ["three?"]
    said = " ".join(capsys.readouterr().err.split())
    assert "Left out, being drafts still: 2 cases." in said
    assert 'set its "draft" to false' in said


def test_drafts_are_asked_where_the_person_wants_it(lectern_eval, wiring, draft_file, capsys):
    assert lectern_eval(draft_file, "--drafts", "--limit", 2) == 0
    assert [question for question, _ in wiring.assistant.asked] == ["one?", "two?"]
    assert "Drafts that nobody has accepted yet: 2 of 2 cases." in capsys.readouterr().err


def test_a_file_of_nothing_but_drafts_opens_nothing(lectern_eval, wiring, draft_file):
    draft_file.write_text(json.dumps(LINES[0] | {"draft": True}))
    with pytest.raises(CaseFileError, match="still a draft"):
        lectern_eval(draft_file)
    assert wiring.opened is None


def test_the_model_can_be_named(lectern_eval, wiring, case_file):
    lectern_eval(case_file, "--model", "other")
    assert wiring.opened[0].model == "other"


def test_the_record_is_written_where_it_is_asked_for(lectern_eval, case_file, tmp_path, capsys):
    lectern_eval(case_file, "--json", tmp_path / "record.json")
    assert len(json.loads((tmp_path / "record.json").read_text())["cases"]) == 3
    assert capsys.readouterr().out == ""


def test_a_missed_floor_fails_with_a_line_for_each(lectern_eval, wiring, case_file, capsys):
    wiring.assistant.replies["one?"] = REFUSAL
    floors = ("--fail-under", "accuracy=.9", "--fail-under", "answer_match=.9")
    assert lectern_eval(case_file, *floors) == 1
    err = capsys.readouterr().err
    assert "accuracy is 0.6667, below 0.9." in err
    assert "answer_match is 0.5, below 0.9." in err
    assert lectern_eval(case_file, "--fail-under", "accuracy=.6") == 0


def test_a_failed_case_is_reported_and_only_failed_cases_fail(
    lectern_eval, wiring, case_file, capsys
):
    wiring.assistant.replies["one?"] = DIED
    assert lectern_eval(case_file) == 0
    assert "1 of 3 cases failed." in capsys.readouterr().err
    assert lectern_eval(case_file, "--limit", 1) == 1


def test_an_interrupted_run_reports_the_finished_cases(
    lectern_eval, wiring, case_file, tmp_path, capsys
):
    wiring.assistant.replies["two?"] = KeyboardInterrupt()
    assert lectern_eval(case_file, "--json", tmp_path / "record.json") == 130
    assert "Interrupted after 1 of 3 cases." in capsys.readouterr().err
    assert len(json.loads((tmp_path / "record.json").read_text())["cases"]) == 1
    assert wiring.assistant.closed


def test_an_earlier_record_is_compared_with(lectern_eval, wiring, case_file, tmp_path, capsys):
    lectern_eval(case_file, "--json", tmp_path / "old.json")
    wiring.assistant.replies["one?"] = REFUSAL
    lectern_eval(case_file, "--compare", tmp_path / "old.json")
    err = capsys.readouterr().err
    assert "3 shared cases" in err
    assert "b = 1 right before and not now, c = 0 right now and not before, p = 1" in err
    assert "Right before, not now: 1\n1  one?" in err


@on_a_full_device
def test_the_figures_are_shown_though_the_record_cannot_be_written(lectern_eval, case_file, capsys):
    with pytest.raises(SettingsError):
        lectern_eval(case_file, "--json", "/dev/full")
    assert "accuracy" in capsys.readouterr().err


def test_a_page_is_written_where_it_is_asked_for(lectern_eval, case_file, tmp_path, capsys):
    path = tmp_path / "page.html"
    path.write_text("old")
    assert lectern_eval(case_file, "--html", path) == 0
    shown = html.fromstring(path.read_text("utf-8"))
    assert len(shown.find_class("case")) == 3
    assert capsys.readouterr().out == ""
    assert lectern_eval(case_file, "--html", "-", "--limit", 1) == 0
    assert len(html.fromstring(capsys.readouterr().out).find_class("case")) == 1
    assert not list(tmp_path.glob(".page.html*"))


@on_a_full_device
def test_the_page_and_the_figures_are_there_though_the_record_cannot_be_written(
    lectern_eval, case_file, tmp_path, capsys
):
    with pytest.raises(SettingsError, match="/dev/full"):
        lectern_eval(case_file, "--json", "/dev/full", "--html", tmp_path / "a.html")
    assert "There were 2,290" in (tmp_path / "a.html").read_text("utf-8")
    assert "accuracy" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ("--limit", "0"),
        ("--documents", "nowhere"),
        ("--json", "nowhere/record.json"),
        ("--html", "nowhere/page.html"),
        ("--json", "."),
        ("--html", "."),
        ("--json", "same", "--html", "same"),
        ("--json", "-", "--html", "-"),
        ("--fail-under", "acuracy=1"),
        ("--compare", "nowhere.json"),
    ],
)
def test_what_cannot_work_is_refused_before_the_first_question(
    lectern_eval, wiring, case_file, words
):
    with pytest.raises(SettingsError):
        lectern_eval(case_file, *words)
    assert wiring.opened is None


def test_an_unknown_set_is_refused(lectern_eval):
    with pytest.raises(CaseFileError):
        lectern_eval("sedes")


def test_asking_for_help_loads_nothing_heavy():
    import subprocess

    code = (
        "import argparse, sys, evals.command as c; c.configure(argparse.ArgumentParser());"
        "print({'scipy', 'numpy', 'rich', 'ir_measures', 'jinja2', 'lxml'} & set(sys.modules))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"

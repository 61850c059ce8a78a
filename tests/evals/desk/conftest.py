"""A desk over a case file and a folder, with a scripted assistant."""

import importlib
import json
import sys
from types import SimpleNamespace

import pytest

from evals import own_index
from evals.desk.desk import EvaluationDesk
from qa.settings import Settings
from tests.evals.build import REFUSAL
from tests.evals.fake import Assistant
from tests.in_process import InProcess

LINES = [
    {"id": "1", "question": "one?", "answers": ["2290"], "documents": ["a.md"]},
    {"id": "2", "question": "two?", "answers": ["2290"], "documents": ["a.md"]},
    {"id": "3", "question": "three?", "answers": []},
]


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def assistant(monkeypatch):
    """Answers every question that is asked; jobs run in this process."""
    scripted = Assistant({"three?": REFUSAL})
    wiring = SimpleNamespace(open_assistant=lambda settings, **_: scripted)
    monkeypatch.setitem(sys.modules, "qa.wiring", wiring)
    monkeypatch.setattr(importlib.import_module("qa"), "wiring", wiring, raising=False)
    for module in ("evals.desk.running", "evals.desk.desk"):
        monkeypatch.setattr(f"{module}.run_apart", InProcess)
    return scripted


@pytest.fixture
def indexed(monkeypatch):
    """The folders that would have been indexed."""
    paths = []

    def bring_up_to_date(folders, settings, *, progress, notice):
        paths.extend(folders)
        progress("Reading 1/1  a.md")
        return own_index.own_home(folders, settings)

    monkeypatch.setattr(own_index, "bring_up_to_date", bring_up_to_date)
    return paths


@pytest.fixture
def case_file(tmp_path):
    path = tmp_path / "mine.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in LINES))
    return path


@pytest.fixture
def desk(home, assistant, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    return EvaluationDesk(lambda: Settings(home=home))

import json
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from evals import record
from evals.case_scores import NAMES
from evals.metrics import NAMES as METRICS
from evals.runner import run
from index.errors import SettingsError
from qa.settings import Settings
from tests.evals.build import case, unanswerable
from tests.evals.fake import DIED, Assistant

STARTED = datetime(2026, 3, 1, 9, 30, 0, 250, tzinfo=UTC)


def as_object(reply):
    """Stands in for the contract of `lectern ask --json`."""
    return {"answer": reply.text, "citations": [{}] * len(reply.citations), "claims": [{}]}


@pytest.fixture
def report(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "qa.contract", SimpleNamespace(as_json=as_object))
    results = [*run([case(), unanswerable()], Assistant())]
    results += run([case("crash")], Assistant({case().question: DIED}))
    settings = Settings(home=tmp_path)
    return record.report_of("mine", results, settings=settings, started=STARTED)


def test_the_record_has_the_contracts_keys(report, tmp_path):
    kept = json.loads(record.as_text(record.as_json(report)))
    assert list(kept) == ["set", "model", "commit", "started", "settings", "metrics", "cases"]
    assert (kept["set"], kept["model"]) == ("mine", "scripted")
    assert kept["started"] == "2026-03-01T09:30:00+00:00"
    assert kept["settings"]["home"] == str(tmp_path)
    assert list(kept["metrics"]) == list(METRICS)
    assert all(list(one) == ["value", "low", "high", "n"] for one in kept["metrics"].values())
    for one in kept["cases"]:
        assert list(one) == ["case", "answer", "scores", "seconds", "error"]
        assert list(one["case"]) == [
            "id", "question", "answers", "documents", "answerable", "history", "disagreement",
            "trap", "draft",
        ]  # fmt: skip
        assert set(one["scores"]) == set(NAMES)
    right, _, crash = kept["cases"]
    assert right["answer"]["answer"] == "There were 2,290 [1]."
    assert (right["error"], crash["answer"]) == (None, None)
    assert crash["error"].startswith("ModelDied")


def test_a_written_record_replaces_the_old_one_and_leaves_nothing_beside_it(tmp_path):
    path = tmp_path / "record.json"
    path.write_text("old")
    record.write("new", path)
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_record_that_cannot_be_written_leaves_the_old_one(tmp_path, monkeypatch):
    path = tmp_path / "record.json"
    path.write_text("old")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SettingsError, match="No space left"):
        record.write("new", path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_pipe_is_written_to_and_not_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    record.write("new", pipe)
    assert os.read(reader, 10) == b"new"
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def git(folder, *words):
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    command = ["git", "-C", str(folder), *who, *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_the_commit_is_the_checkouts_with_a_mark_where_files_differ(tmp_path):
    assert record.checkout_commit(tmp_path) == ""
    git(tmp_path, "init")
    assert record.checkout_commit(tmp_path) == ""
    (tmp_path / "file").write_text("one")
    git(tmp_path, "add", "file")
    git(tmp_path, "commit", "-m", "one")
    git(tmp_path, "tag", "v1")
    commit = git(tmp_path, "rev-parse", "HEAD")
    assert record.checkout_commit(tmp_path) == commit
    (tmp_path / "file").write_text("two")
    assert record.checkout_commit(tmp_path) == f"{commit}+dirty"
    assert record.checkout_commit(tmp_path / "inner") == ""

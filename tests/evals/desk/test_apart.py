"""Runs in real processes, over the real starter documents, with the real built-in model."""

import contextlib
import json
import os
import signal
from pathlib import Path

import pytest

from evals.desk.desk import EvaluationDesk
from evals.desk.running import record_folder
from index.errors import ProcessDied
from qa.evaluated import Evaluated
from qa.evaluating import Asked, Order, Preparing
from qa.model_files import BUILT_IN, models_folder
from qa.settings import Settings

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("home")
    model = models_folder(Settings()) / BUILT_IN.file
    assert model.exists(), "run `make test`: it fetches the built-in model"
    (home / "models").mkdir()
    (home / "models" / BUILT_IN.file).symlink_to(model)
    return Settings(home=home, model="built-in")


@pytest.fixture
def desk(settings: Settings) -> EvaluationDesk:
    return EvaluationDesk(lambda: settings)


def test_the_starter_questions_are_asked_and_the_record_compares_with_itself(
    desk: EvaluationDesk, settings: Settings
) -> None:
    *events, last = desk.run(Order("seeds", limit=3))
    assert isinstance(last, Evaluated)
    assert any(isinstance(event, Preparing) and "/" in event.line for event in events)
    assert [event.case for event in events if isinstance(event, Asked)] == list(last.cases)
    assert last.model == BUILT_IN.name
    kept = json.loads(last.path.read_text("utf-8"))
    assert [case["case"]["id"] for case in kept["cases"]] == ["seeds-001", "seeds-002", "seeds-003"]
    assert last.path.parent == record_folder(settings)
    compared = desk.compare(last.path, last.path)
    assert (compared.shared, compared.turned) == (3, ())


def test_stopping_in_the_midst_keeps_what_is_done(desk: EvaluationDesk) -> None:
    run = desk.run(Order("seeds", limit=20))
    asked, last = [], None
    for last in run:
        if isinstance(last, Asked):
            asked.append(last.case)
            run.stop()
    assert isinstance(last, Evaluated)
    assert list(last.cases) == asked
    assert 1 <= len(asked) < 20


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to find the process")
def test_a_killed_process_costs_no_finished_case(desk: EvaluationDesk) -> None:
    run = desk.run(Order("seeds", limit=20))
    seen = []

    def until_killed() -> None:
        for event in run:
            seen.append(event)
            if isinstance(event, Asked):
                _kill_job()

    with pytest.raises(ProcessDied):
        until_killed()
    assert isinstance(seen[-1], Evaluated)
    assert len(seen[-1].cases) >= 1


def _kill_job() -> None:
    own = str(os.getpid())
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
            if parent == own and b"qa.apart_process" in (process / "cmdline").read_bytes():
                os.kill(int(process.name), signal.SIGKILL)

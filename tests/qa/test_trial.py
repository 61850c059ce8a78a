"""Models tried out: the real built-in one, and a server on the loopback interface."""

import json
import threading
from pathlib import Path

import pytest

from index.errors import Cancelled, ModelError, ModelMissing
from qa import cli, settings
from qa.model_files import BUILT_IN, locate, models_folder
from qa.model_keeping import ModelKeeping
from qa.settings import Settings
from qa.speeds import Speed, known
from qa.trial import Trial, Trying
from tests.qa.loopback_endpoint import Endpoint, serving


@pytest.fixture(scope="module")
def built_in() -> Path:
    home = settings.default_home()
    try:
        return locate(Settings(home=home, model=BUILT_IN.name)).path
    except ModelMissing:
        pytest.fail(f"{BUILT_IN.name} is not in {home}; `make test` fetches it.")


@pytest.fixture
def keeping(built_in: Path, no_settings_from_outside: None) -> ModelKeeping:
    """The built-in model in a home of its own."""
    keeping = ModelKeeping(Settings())
    models_folder(keeping.settings).mkdir(parents=True)
    (models_folder(keeping.settings) / BUILT_IN.file).symlink_to(built_in)
    return keeping


def test_a_server_is_measured_by_what_it_counts(tmp_path: Path) -> None:
    with serving(Endpoint()) as endpoint:
        asked = Settings(home=tmp_path)
        *steps, speed = Trial(asked, f"{endpoint.address}#own").run()
    assert isinstance(speed, Speed)
    assert speed.reads > 0
    assert speed.memory is None
    assert steps[0] == Trying("loading")
    assert steps[-1] == Trying("writing", 2, 48)
    assert known(asked, f"{endpoint.address}#own") == speed


def test_a_server_that_is_not_there_is_said_and_nothing_kept(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="could not be reached"):
        list(Trial(Settings(home=tmp_path), "http://127.0.0.1:9/v1").run())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.model
def test_the_built_in_model_is_measured_and_remembered(keeping: ModelKeeping) -> None:
    *steps, speed = keeping.test("built-in")
    doing = [step.doing for step in steps if isinstance(step, Trying)]
    assert list(dict.fromkeys(doing)) == ["loading", "reading", "writing"]
    assert isinstance(speed, Speed)
    assert speed.reads > 0
    assert speed.writes > 0
    assert speed.load > 0
    assert (speed.memory or 0) > BUILT_IN.size
    (kept,) = [model for model in keeping.models() if model.name == BUILT_IN.name]
    assert kept.speed == speed


@pytest.mark.model
def test_a_test_is_given_up_at_once_and_leaves_nothing(keeping: ModelKeeping) -> None:
    testing = keeping.test("built-in")
    assert next(testing) == Trying("loading")
    timer = threading.Timer(0.3, testing.cancel)
    timer.start()
    with pytest.raises(Cancelled):
        for _ in testing:
            pass
    timer.join()
    assert not (keeping.settings.home / "model_speeds.json").exists()


@pytest.mark.model
def test_the_command_line_measures_too(
    keeping: ModelKeeping, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["models", "test", "--json"]) == 0
    told = capsys.readouterr()
    measured = json.loads(told.out)
    assert (measured["model"], measured["memory"] > BUILT_IN.size) == (BUILT_IN.name, True)
    assert told.err.splitlines() == ["Loading …", "Reading …", "Writing …"]
    assert cli.main(["models", "test", "built-in"]) == 0
    assert capsys.readouterr().out.startswith(f"{BUILT_IN.name} reads ")

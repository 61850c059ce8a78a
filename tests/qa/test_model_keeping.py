"""Models fetched, chosen and deleted, with real processes, files and sockets."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import filelock
import pytest

from index.errors import Cancelled, DownloadFailed, LecternError, ModelError, ModelMissing
from qa.model_files import BUILT_IN, RECOMMENDED, Fetched, models_folder
from qa.model_keeping import ModelKeeping
from qa.settings import Settings, load
from tests.qa.loopback_hub import CONTENT, Hub, serving

CUT = 300_000
NAME = "Some/Repo:files/own.gguf"
ADDRESS = "http://192.168.1.20:8080/v1#own"


@pytest.fixture
def hub() -> Iterator[Hub]:
    with serving(Hub()) as served:
        yield served


@pytest.fixture
def keeping(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_settings_from_outside: None
) -> ModelKeeping:
    monkeypatch.chdir(tmp_path)
    return ModelKeeping(Settings(hub=hub.address))


def put(keeping: ModelKeeping, file: str) -> Path:
    path = models_folder(keeping.settings) / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(CONTENT)
    return path


def states(keeping: ModelKeeping) -> dict[str, tuple[bool, bool, int]]:
    return {
        model.name: (model.listed.present, model.listed.in_use, model.fetched)
        for model in keeping.models()
    }


def test_a_model_is_fetched_in_a_process_of_its_own(keeping: ModelKeeping) -> None:
    *_, last = keeping.pull(NAME)
    assert last == Fetched(len(CONTENT), len(CONTENT))
    assert (models_folder(keeping.settings) / "own.gguf").read_bytes() == CONTENT
    assert states(keeping)["own.gguf"] == (True, False, 0)


def test_a_cancelled_fetch_goes_on_the_next_time(keeping: ModelKeeping, hub: Hub) -> None:
    hub.cut, hub.held = CUT, threading.Event()
    fetching = keeping.pull(NAME)
    assert next(fetching).done > 0
    fetching.cancel()
    with pytest.raises(Cancelled):
        for _ in fetching:
            pass
    there = keeping.look_up(NAME).fetched
    assert 0 < there <= CUT
    hub.held.set()
    for _ in keeping.pull(NAME):
        pass
    assert (models_folder(keeping.settings) / "own.gguf").read_bytes() == CONTENT
    assert hub.asked == ["", f"bytes={there}-"]


def test_what_ends_a_fetch_is_told_as_on_the_command_line(keeping: ModelKeeping, hub: Hub) -> None:
    hub.status = 404
    with pytest.raises(DownloadFailed, match="answered 404") as raised:
        list(keeping.pull(NAME))
    assert f"lectern models pull {NAME}" in raised.value.hint


def test_a_home_that_cannot_be_made_ends_a_fetch_and_no_more(
    keeping: ModelKeeping, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    elsewhere = ModelKeeping(replace(keeping.settings, home=tmp_path / "file" / "home"))
    with pytest.raises(DownloadFailed, match="Not a directory"):
        list(elsewhere.pull(NAME))
    assert [model.listed.present for model in elsewhere.models()] == [False, False]


@pytest.mark.parametrize("name", ["gpt-9", ADDRESS])
def test_what_cannot_be_fetched_is_refused_at_once(keeping: ModelKeeping, name: str) -> None:
    with pytest.raises(ModelError):
        keeping.pull(name)


def test_a_chosen_model_is_in_force_and_remembered(keeping: ModelKeeping) -> None:
    put(keeping, BUILT_IN.file)
    put(keeping, RECOMMENDED.file)
    assert keeping.use("built-in").name == BUILT_IN.name
    assert keeping.settings.model == load().model == "built-in"
    assert states(keeping)[BUILT_IN.name] == (True, True, 0)


@pytest.mark.parametrize("where", ["LECTERN_MODEL", "lectern.toml"])
def test_a_choice_says_what_overrules_it_and_holds_until_the_end(
    keeping: ModelKeeping, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    if where == "LECTERN_MODEL":
        monkeypatch.setenv(where, "recommended")
    else:
        (tmp_path / where).write_text('model = "recommended"\n', "utf-8")
    put(keeping, BUILT_IN.file)
    assert keeping.use("built-in").overruled_by.endswith(where)
    assert (keeping.settings.model, load().model) == ("built-in", "recommended")
    put(keeping, RECOMMENDED.file)
    assert keeping.use("recommended").overruled_by == ""


def test_what_a_person_types_is_understood(keeping: ModelKeeping, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere" / "Mine.gguf"
    elsewhere.parent.mkdir()
    elsewhere.write_bytes(CONTENT)
    put(keeping, "own.gguf")
    found = {
        typed: (model.name, model.listed.present, model.fetchable)
        for typed in (ADDRESS, str(elsewhere), "built-in", NAME, "Some/Repo:new.gguf")
        for model in (keeping.look_up(typed),)
    }
    assert found == {
        ADDRESS: (ADDRESS, True, False),
        str(elsewhere): (str(elsewhere), True, False),
        "built-in": (BUILT_IN.name, False, True),
        NAME: ("own.gguf", True, False),
        "Some/Repo:new.gguf": ("Some/Repo:new.gguf", False, True),
    }


@pytest.mark.parametrize("typed", ["absent.gguf", "http://nas:port/v1", "gtp-9", "smolm2-135m"])
def test_what_means_no_model_is_refused_with_a_hint(keeping: ModelKeeping, typed: str) -> None:
    with pytest.raises(LecternError) as raised:
        keeping.look_up(typed)
    assert raised.value.hint


def test_a_models_file_and_what_has_come_of_one_are_deleted(keeping: ModelKeeping) -> None:
    put(keeping, BUILT_IN.file)
    other = put(keeping, "own.gguf")
    part = put(keeping, f"{RECOMMENDED.file}.part")
    assert states(keeping)[RECOMMENDED.name] == (False, False, len(CONTENT))
    keeping.delete("own.gguf")
    keeping.delete(RECOMMENDED.name)
    assert (other.exists(), part.exists()) == (False, False)


def test_what_is_in_use_elsewhere_or_being_fetched_is_not_deleted(
    keeping: ModelKeeping, tmp_path: Path
) -> None:
    built_in, own = put(keeping, BUILT_IN.file), put(keeping, "own.gguf")
    elsewhere = tmp_path / "Mine.gguf"
    elsewhere.write_bytes(CONTENT)
    with pytest.raises(ModelError, match="in use"):
        keeping.delete("built-in")
    with pytest.raises(ModelError, match="is not in"):
        keeping.delete(str(elsewhere))
    with pytest.raises(ModelError, match="is not in"):
        keeping.delete(ADDRESS)
    lock = filelock.FileLock(own.with_name(".own.gguf.lock"))
    with lock, pytest.raises(ModelError, match="being fetched"):
        keeping.delete("own.gguf")
    assert built_in.exists()
    assert own.exists()
    assert elsewhere.exists()


def test_a_test_of_a_model_that_is_not_here_says_how_to_get_it(keeping: ModelKeeping) -> None:
    with pytest.raises(ModelMissing) as raised:
        list(keeping.test("recommended"))
    assert "lectern models pull" in raised.value.hint


def test_nothing_heavy_is_imported_to_keep_models() -> None:
    heavy = {"httpx", "jinja2", "llama_cpp", "numpy", "torch", "chromadb", "rich", "tomlkit"}
    program = f"import sys, qa.model_keeping; print({heavy} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "set()"

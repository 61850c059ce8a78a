"""What the terminal app is put together of."""

from dataclasses import replace
from pathlib import Path

from qa.model_keeping import ModelKeeping
from qa.settings import Settings
from tui.command import OtherModels


def test_the_other_models_are_those_on_this_machine_but_the_one_in_use(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    for name in ("one.gguf", "two.gguf"):
        (tmp_path / "models" / name).write_bytes(b"GGUF")
    in_use = str(tmp_path / "models" / "one.gguf")
    keeper = ModelKeeping(replace(Settings(), home=tmp_path, model=in_use))
    assert OtherModels(keeper).names() == ("two.gguf",)

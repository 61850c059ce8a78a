"""What the README shows is what the program says."""

import io
from contextlib import redirect_stdout
from dataclasses import fields
from pathlib import Path

import pytest

from qa import cli
from qa.settings import Settings

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")


def test_the_help_in_the_readme_is_the_real_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    written = io.StringIO()
    with pytest.raises(SystemExit) as ended, redirect_stdout(written):
        cli.main(["--help"])
    assert ended.value.code == 0
    indented = "\n".join(f"    {line}".rstrip() for line in written.getvalue().splitlines())
    assert indented in README


def test_every_setting_stands_in_the_readme() -> None:
    missing = [option.name for option in fields(Settings) if f"`{option.name}`" not in README]
    assert missing == []

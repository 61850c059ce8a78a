"""What is released holds all that a person needs, and the Makefile sets it up."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def built(kind: str, folder: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=120,
    )
    (path,) = folder.iterdir()
    return path


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The files of the wheel."""
    with zipfile.ZipFile(built("wheel", tmp_path_factory.mktemp("wheel"))) as archive:
        return frozenset(archive.namelist())


@pytest.mark.parametrize("package", ["index", "qa", "tui", "evals"])
def test_the_wheel_holds_every_file_of_each_package(wheel: frozenset[str], package: str) -> None:
    files = {
        str(path.relative_to(ROOT))
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.parent.name != "__pycache__"
    }
    assert f"{package}/__init__.py" in files
    assert files - wheel == set()


def test_the_wheel_holds_what_is_no_python(wheel: frozenset[str]) -> None:
    counted = {
        "starter documents": len(of(wheel, "index/_seeds/", ".md")),
        "cases": len(of(wheel, "evals/sets/", ".jsonl")),
        "templates": len(of(wheel, "evals/templates/", ".html")),
        "probes": len(of(wheel, "qa/probes/", ".json")),
    }
    assert counted == {
        "starter documents": 5,
        "cases": len(list((ROOT / "evals" / "sets").glob("*.jsonl"))),
        "templates": len(list((ROOT / "evals" / "templates").glob("*.html"))),
        "probes": len(list((ROOT / "qa" / "probes").glob("*.json"))),
    }
    for each in (ROOT / "evals" / "sets").glob("*/documents"):
        assert len(of(wheel, f"evals/sets/{each.parent.name}/documents/")) == len(
            list(each.iterdir())
        )
    sheets = {str(path.relative_to(ROOT)) for path in (ROOT / "tui").rglob("*.tcss")}
    assert sheets
    assert sheets <= wheel


def test_the_wheel_holds_neither_tests_nor_caches(wheel: frozenset[str]) -> None:
    tops = {name.split("/")[0] for name in wheel if ".dist-info/" not in name}
    assert tops == {"index", "qa", "tui", "evals"}
    assert [name for name in wheel if "__pycache__" in name] == []


def test_the_source_distribution_can_be_set_up_by_its_makefile(tmp_path: Path) -> None:
    with tarfile.open(built("sdist", tmp_path)) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
    needed = {"Makefile", ".constraints.txt", "pyproject.toml", "README.md", "LICENSE"}
    assert needed - inside == set()


def of(names: frozenset[str], folder: str, ending: str = "") -> list[str]:
    return [name for name in names if name.startswith(folder) and name.endswith(ending)]


def test_make_run_goes_on_where_no_model_can_be_fetched(tmp_path: Path) -> None:
    for name in (".installed", "bin/python", "bin/lectern"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    lectern = tmp_path / "bin" / "lectern"
    lectern.write_text('#!/bin/sh\necho "$*" >> "$0.log"\n[ "$1" != models ]\n', "utf-8")
    lectern.chmod(0o700)
    ran = subprocess.run(
        ["make", "run", f"VENV={tmp_path}"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (ran.returncode, ran.stderr.count("Going on without it.")) == (0, 2), ran.stderr
    called = (tmp_path / "bin" / "lectern.log").read_text("utf-8").splitlines()
    assert called[:3] == ["models pull built-in", "models pull recommended", "index"]
    assert called[3].startswith("ask ")

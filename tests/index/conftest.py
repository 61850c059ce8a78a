"""A home, a folder of documents, and a short way to synchronise one with the other."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.report import IndexReport
from index.sync import synchronise
from tests.hashing_embedder import HashingEmbedder

Synchronise = Callable[..., IndexReport]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "bees.txt").write_text("On bees\n\nBees dance to tell where nectar is.\n", "utf-8")
    (folder / "ants.txt").write_text("On ants\n\nAnts leave a trail of scent.\n", "utf-8")
    (folder / "sub").mkdir()
    (folder / "sub" / "moths.md").write_text("# On moths\n\nMoths fly at night.\n", "utf-8")
    return folder


@pytest.fixture
def embedder() -> HashingEmbedder:
    return HashingEmbedder()


@pytest.fixture
def sync(home: Path, folder: Path, embedder: HashingEmbedder) -> Synchronise:
    """`synchronise` with the fixtures filled in."""

    def run(*paths: Path, **options: object) -> IndexReport:
        return synchronise(home, paths or (folder,), embedder, **options)  # type: ignore[arg-type]

    return run

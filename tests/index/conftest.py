"""A home, a folder of documents, and a short way to synchronise one with the other."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from index.places import Places
from index.report import IndexReport
from index.shelf import Shelf
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


def settle(folder: Path) -> None:
    """Age the files, so that their times are trusted."""
    for path in folder.rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))


def consistent(home: Path) -> bool:
    """Whether every chunk has its words and its vector, and nothing is left over."""
    with Shelf.open(home) as shelf:
        keys = {key for (key,) in shelf._rows("SELECT id FROM chunks")}
        dimension = 64
        near = shelf.nearest(np.eye(1, dimension, dtype=np.float32)[0], 10_000)
    with sqlite3.connect(Places(home).catalogue) as connection:
        connection.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
    connection.close()
    return {key for key, _ in near} == keys


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that a process without rights can come to; pytest's own are closed."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)
    shutil.rmtree(folder)


@contextmanager
def without_rights() -> Iterator[None]:
    """Who may do everything takes the place of somebody who may not."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)

"""Whatever ends an indexing process, the next run gives the index that no end would have given."""

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.sync import synchronise
from tests.hashing_embedder import HashingEmbedder
from tests.index.contents import contents
from tests.index.indexer import CHUNK_SIZE

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("KILLS", "8"))
"""More of them by hand: `KILLS=50 pytest tests/index/test_killed.py`."""


def start(module: str, *words: str, **options: object) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", f"tests.index.{module}", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def write(folder: Path, chance: random.Random) -> None:
    """Some files, each of some lines; more than Chroma keeps in its journal."""
    for number in range(40):
        lines = (f"Line {n} about {chance.random()} plain things." for n in range(60))
        (folder / f"{number:02}.txt").write_text("\n\n".join(lines), "utf-8")


def change(folder: Path, chance: random.Random) -> None:
    files = sorted(folder.iterdir())
    for path in chance.sample(files, 8):
        path.write_text(path.read_text("utf-8") + f"\n\nA line of {chance.random()}.", "utf-8")
    for path in chance.sample(files, 3):
        path.unlink()
    for number in range(3):
        name = f"new-{chance.randrange(1000)}-{number}.txt"
        (folder / name).write_text(f"A new line of {chance.random()}.", "utf-8")


def index(home: Path, folder: Path) -> None:
    synchronise(home, [folder], HashingEmbedder(), chunk_size=CHUNK_SIZE)


@pytest.fixture(scope="module")
def seconds(tmp_path_factory: pytest.TempPathFactory) -> float:
    """How long a run takes that nothing ends."""
    folder, home = tmp_path_factory.mktemp("documents"), tmp_path_factory.mktemp("home")
    write(folder, random.Random(0))
    with start("indexer", str(home), str(folder)) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        started = time.monotonic()
        assert process.stdout.readline() == "done\n"
        return time.monotonic() - started


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_killed_run_costs_nothing_but_time(tmp_path: Path, seconds: float, seed: int) -> None:
    chance = random.Random(seed)
    folder, home = tmp_path / "documents", tmp_path / "home"
    folder.mkdir()
    write(folder, chance)
    kind = ("first", "changed", "rebuilt")[seed % 3]
    if kind != "first":
        index(home, folder)
        change(folder, chance)
    rebuild = ("--rebuild",) if kind == "rebuilt" else ()
    with start("indexer", str(home), str(folder), *rebuild) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.random() * seconds * (0.4 if kind == "changed" else 1))
        process.kill()
    index(home, folder)
    index(tmp_path / "whole", folder)
    assert contents(home).same(contents(tmp_path / "whole"))
    assert not (home / "index" / "catalogue.next.sqlite").exists()


def test_a_full_disk_is_told_and_costs_nothing_but_time(tmp_path: Path) -> None:
    folder, home = tmp_path / "documents", tmp_path / "home"
    folder.mkdir()
    write(folder, random.Random(1))
    for limit in (200_000, 400_000, 800_000):
        process = start("indexer", str(home), str(folder), "--file-limit", str(limit))
        _, said = process.communicate()
        assert process.returncode == 1
        assert said.startswith("StoreUnavailable"), said
        assert "Make room" in said
    index(home, folder)
    index(tmp_path / "whole", folder)
    assert contents(home).same(contents(tmp_path / "whole"))


def test_two_may_index_while_three_search(tmp_path: Path) -> None:
    folder, home = tmp_path / "documents", tmp_path / "home"
    folder.mkdir()
    write(folder, random.Random(2))
    index(home, folder)
    searchers = [start("searcher", str(home)) for _ in range(3)]
    indexers = [start("indexer", str(home), str(folder), "--rounds", "6") for _ in range(2)]
    for process in indexers:
        out, said = process.communicate()
        assert (process.returncode, out) == (0, "ready\ndone\n"), said
    for process in searchers:
        out, said = process.communicate("")
        assert process.returncode == 0, said
        assert int(out) > 0
    index(home, folder)
    shutil.rmtree(tmp_path / "whole", ignore_errors=True)
    index(tmp_path / "whole", folder)
    assert contents(home).same(contents(tmp_path / "whole"))

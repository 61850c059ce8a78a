"""Whatever ends an indexing process, the next run gives the index that no end would have given."""

import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.sync import synchronise
from tests.hashing_embedder import HashingEmbedder
from tests.index.contents import answers, contents
from tests.index.indexer import CHUNK_SIZE

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("KILLS", "3"))
"""Of each activity. More by hand: `KILLS=50 pytest tests/index/test_killed.py -k killed`."""
CROWDED = float(os.environ.get("CROWDED", "5"))
"""Seconds that two processes index while three ask; longer by hand: `CROWDED=60 … -k three`."""


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


def questions(folder: Path) -> list[str]:
    """For a line of every fifth file, one that it alone answers."""
    lines = (path.read_text("utf-8").split("\n\n")[0] for path in sorted(folder.iterdir())[::5])
    return [f"Which is the {line}?" for line in lines]


def told(process: "subprocess.Popen[str]", word: str) -> None:
    assert process.stdout
    assert process.stdout.readline() == f"{word}\n"


def assert_as_never_ended(home: Path, folder: Path) -> None:
    """The next run gives the same chunks, vectors and answers as a run that nothing ended."""
    whole = home.with_name("whole")
    index(home, folder)
    index(whole, folder)
    assert contents(home).same(contents(whole))
    asked = questions(folder)
    assert answers(home, asked) == answers(whole, asked)
    assert not (home / "index" / "catalogue.next.sqlite").exists()


@dataclass(frozen=True)
class Duration:
    """Seconds that each activity takes where nothing ends it."""

    first: float
    rebuild: float
    """Until the switch."""
    switch: float


@pytest.fixture(scope="module")
def lasts(tmp_path_factory: pytest.TempPathFactory) -> Duration:
    folder, home = tmp_path_factory.mktemp("documents"), tmp_path_factory.mktemp("home")
    write(folder, random.Random(0))
    times = []
    for words in ((), ("--rebuild",)):
        with start("indexer", str(home), str(folder), *words) as process:
            for word in ("ready", *["switching"] * len(words), "done"):
                told(process, word)
                times.append(time.monotonic())
    return Duration(times[1] - times[0], times[3] - times[2], times[4] - times[3])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    return folder


every_seed = pytest.mark.parametrize("seed", range(KILLS))


@every_seed
def test_killed_as_it_indexes(home: Path, folder: Path, lasts: Duration, seed: int) -> None:
    chance = random.Random(seed)
    write(folder, chance)
    most = lasts.first
    if seed % 2:  # not the first run, but a later one
        index(home, folder)
        change(folder, chance)
        most *= 0.4
    with start("indexer", str(home), str(folder)) as process:
        told(process, "ready")
        time.sleep(chance.random() * most)
        process.kill()
    assert_as_never_ended(home, folder)


@every_seed
def test_killed_as_it_switches(home: Path, folder: Path, lasts: Duration, seed: int) -> None:
    chance = random.Random(seed)
    write(folder, chance)
    index(home, folder)
    before = answers(home, questions(folder))
    with start("indexer", str(home), str(folder), "--rebuild") as process:
        told(process, "ready")
        if seed % 2:  # in the middle of the switch, not on the way to it
            told(process, "switching")
            time.sleep(chance.random() * lasts.switch)
        else:
            time.sleep(chance.random() * lasts.rebuild)
        process.kill()
    assert answers(home, questions(folder)) == before, "the one or the other answers at once"
    assert_as_never_ended(home, folder)


@every_seed
def test_killed_as_it_watches(home: Path, folder: Path, seed: int) -> None:
    chance = random.Random(seed)
    write(folder, chance)
    index(home, folder)
    with start("indexer", str(home), str(folder), "--watch") as process:
        told(process, "ready")
        told(process, "done")
        time.sleep(1)  # until the watch stands
        change(folder, chance)
        time.sleep(chance.random() * 2)
        change(folder, chance)
        time.sleep(chance.random() * 2)
        process.kill()
    assert_as_never_ended(home, folder)


def test_a_full_disk_is_told_and_costs_nothing_but_time(home: Path, folder: Path) -> None:
    write(folder, random.Random(1))
    for limit in (200_000, 400_000, 800_000):
        process = start("indexer", str(home), str(folder), "--file-limit", str(limit))
        _, said = process.communicate()
        assert process.returncode == 1
        assert said.startswith("StoreUnavailable"), said
        assert "Make room" in said
    assert_as_never_ended(home, folder)


SMALL_DISK = """
mount -t tmpfs -o size="$1" none "$3" || exit 77
shift
"$1" -m tests.index.indexer "$2" "$3"
told=$?
mount -o remount,size=400m "$2"
"$1" -m tests.index.indexer "$2" "$3" && cp -a "$2/." "$4"
exit $told
"""
"""SIZE PYTHON HOME FOLDER KEPT: indexes on a disk of that size, then on one with room; exits with
the code of the first run, or with 77 where no disk could be made."""


@pytest.mark.parametrize("size", ["64k", "1m", "2m"])
def test_on_a_small_disk_a_run_says_so_and_goes_on_when_there_is_room(
    tmp_path: Path, folder: Path, size: str
) -> None:
    write(folder, random.Random(3))
    full, home = tmp_path / "full", tmp_path / "home"
    full.mkdir(mode=0o700)
    home.mkdir(mode=0o700)
    words = [size, sys.executable, *map(str, (full, folder, home))]
    ended = subprocess.run(  # as root of a namespace of its own, which may mount
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", SMALL_DISK, "sh", *words],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    if ended.returncode == 77 or "unshare" in ended.stderr:
        pytest.skip("this system lets nobody mount a disk of their own")
    assert (ended.returncode, ended.stdout.splitlines()) == (1, ["ready", "ready", "done"])
    assert ended.stderr.startswith("Store"), ended.stderr
    assert "Make room" in ended.stderr
    assert_as_never_ended(home, folder)


def test_two_may_index_while_three_ask(home: Path, folder: Path) -> None:
    write(folder, random.Random(2))
    index(home, folder)
    askers = [start("asker", str(home)) for _ in range(3)]
    words = (str(home), str(folder), "--seconds", str(CROWDED))
    indexers = [start("indexer", *words) for _ in range(2)]
    for process in indexers:
        out, said = process.communicate()
        assert (process.returncode, out) == (0, "ready\ndone\n"), said
    for process in askers:
        out, said = process.communicate("")
        assert process.returncode == 0, said
        assert int(out) > 0
    assert_as_never_ended(home, folder)

"""`index --watch`: changes are in the index within seconds, and an error does not end it."""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from index.places import Places
from index.shelf import Shelf
from index.watch import rounds
from tests.index.conftest import without_rights

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds; a quiet machine needs three."""

PROGRAM = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background ignores it
import index.embedder
from tests.hashing_embedder import HashingEmbedder
index.embedder.Embedder = lambda name, home: HashingEmbedder(name=name)
from qa.cli import main
sys.exit(main(sys.argv[1:]))
"""


class Watching:
    """A process that watches, and what it has said."""

    def __init__(self, home: Path, *words: str) -> None:
        self.child = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "index", "--watch", "--json", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=home.parent,
            env={**os.environ, "LECTERN_HOME": str(home), "PYTHONPATH": str(ROOT)},
        )
        self.reports: queue.Queue[dict[str, object]] = queue.Queue()
        self.errors: queue.Queue[str] = queue.Queue()
        for stream, take in (
            (self.child.stdout, lambda line: self.reports.put(json.loads(line))),
            (self.child.stderr, self.errors.put),
        ):
            threading.Thread(target=self._read, args=(stream, take), daemon=True).start()

    def _read(self, stream: object, take: object) -> None:
        for line in stream:  # type: ignore[attr-defined]
            take(line)  # type: ignore[operator]

    def counts(self) -> tuple[int, int, int]:
        """Added, changed, removed, of the next report."""
        report = self.reports.get(timeout=PATIENCE)
        return cast(
            "tuple[int, int, int]", tuple(report[n] for n in ("added", "changed", "removed"))
        )

    def end(self) -> int:
        self.child.send_signal(signal.SIGINT)
        return self.child.wait(PATIENCE)


@pytest.fixture
def watching(home: Path, folder: Path) -> Iterator[Watching]:
    (folder / "empty.txt").touch()  # told of once, not again when the watch stands
    watching = Watching(home, str(folder))
    assert watching.counts() == (3, 0, 0)
    assert watching.errors.get(timeout=PATIENCE).startswith("Watching")
    time.sleep(1.5)  # until the watch stands
    yield watching
    if watching.child.poll() is None:
        watching.child.kill()
        watching.child.wait()
    for stream in (watching.child.stdout, watching.child.stderr):
        assert stream
        stream.close()


def test_changes_are_taken_in_and_ctrl_c_ends_it(
    watching: Watching, home: Path, folder: Path
) -> None:
    started = time.monotonic()
    (folder / "wasps.txt").write_text("On wasps\n\nWasps build with paper.\n", "utf-8")
    assert watching.counts() == (1, 0, 0)
    assert time.monotonic() - started < PATIENCE / 2
    with Shelf.open(home) as shelf:
        assert shelf.words("paper", 1)
    (folder / ".git").mkdir()
    (folder / ".git" / "index.txt").write_text("nothing for a reader", "utf-8")
    (folder / "bees.txt").write_text("On bees\n\nBees sleep in winter.\n", "utf-8")
    (folder / "ants.txt").unlink()
    assert watching.counts() == (0, 1, 1)
    assert watching.end() == 130
    assert watching.errors.get(timeout=PATIENCE) == "Interrupted.\n"


def test_an_error_is_told_and_the_next_change_tried_again(
    watching: Watching, home: Path, folder: Path
) -> None:
    catalogue = Places(home).catalogue
    kept = catalogue.read_bytes()
    catalogue.write_bytes(b"no database" * 1000)
    (folder / "wasps.txt").write_text("On wasps\n\nWasps build with paper.\n", "utf-8")
    assert "damaged" in watching.errors.get(timeout=PATIENCE)
    catalogue.write_bytes(kept)
    (folder / "flies.txt").write_text("On flies\n\nFlies taste with their feet.\n", "utf-8")
    assert watching.counts() == (2, 0, 0)
    assert watching.end() == 130


@pytest.fixture
def stop() -> Iterator[threading.Event]:
    stop = threading.Event()
    yield stop
    stop.set()


class Rounds:
    """`rounds` in a thread, and when each came."""

    def __init__(self, sources: list[Path], home: Path, stop: threading.Event) -> None:
        self.came: queue.Queue[float] = queue.Queue()
        self._stop = stop
        self._thread = threading.Thread(target=self._run, args=(sources, home))
        self._thread.start()
        self.came.get(timeout=PATIENCE)

    def _run(self, sources: list[Path], home: Path) -> None:
        for _ in rounds(lambda: sources, home, stop=self._stop):
            self.came.put(time.monotonic())

    def end(self) -> int:
        """How many rounds came that were not waited for."""
        time.sleep(2)
        self._stop.set()
        self._thread.join(PATIENCE)
        return self.came.qsize()


def test_a_burst_is_one_round(folder: Path, home: Path, stop: threading.Event) -> None:
    watched = Rounds([folder], home, stop)
    for number in range(50):
        (folder / f"{number}.txt").write_text("a line", "utf-8")
    watched.came.get(timeout=PATIENCE)
    assert watched.end() <= 1


def test_what_is_passed_over_wakes_nobody(folder: Path, stop: threading.Event) -> None:
    home = folder / "state"
    (folder / ".git" / "objects").mkdir(parents=True)
    (folder / "node_modules").mkdir()
    home.mkdir()
    watched = Rounds([folder], home, stop)
    for name in (".git/objects/a.txt", ".hidden.txt", "node_modules/a.txt", "state/a.txt"):
        (folder / name).write_text("a line", "utf-8")
    assert watched.end() == 0


def test_what_says_which_files_are_passed_over_wakes(
    folder: Path, home: Path, stop: threading.Event
) -> None:
    watched = Rounds([folder], home, stop)
    (folder / ".gitignore").write_text("*.txt", "utf-8")
    watched.came.get(timeout=PATIENCE)
    watched.end()


def test_a_folder_that_is_closed_for_a_while_does_not_end_the_watch(
    open_to_all: Path, home: Path, stop: threading.Event
) -> None:
    import watchfiles  # noqa: F401  # while whoever tests may read it

    open_to_all.chmod(0o777)
    folder = open_to_all / "closed" / "documents"
    with without_rights():
        folder.mkdir(parents=True)
        watched = Rounds([folder], home, stop)
        for mode in (0, 0o755):
            folder.parent.chmod(mode)
            watched.came.get(timeout=PATIENCE)
        time.sleep(2)  # until the watch stands
        (folder / "a.txt").write_text("a line", "utf-8")
        watched.came.get(timeout=PATIENCE)
        watched.end()


def test_single_files_and_returning_folders_are_seen(
    tmp_path: Path, home: Path, stop: threading.Event
) -> None:
    file, folder = tmp_path / "alone.txt", tmp_path / "drive"
    file.write_text("one", "utf-8")
    watched = Rounds([file, folder], home, stop)
    (tmp_path / "beside.tmp").write_text("another", "utf-8")
    (tmp_path / "beside.tmp").replace(file)  # as editors do
    watched.came.get(timeout=PATIENCE)
    folder.mkdir()
    watched.came.get(timeout=PATIENCE)
    time.sleep(2)  # until the watch stands
    while not watched.came.empty():
        watched.came.get()
    (folder / "a.txt").write_text("a line", "utf-8")
    watched.came.get(timeout=PATIENCE)
    watched.end()

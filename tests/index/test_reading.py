"""Whatever a file does to its reader ends as an error of that file alone."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import ReadError
from index.readers import read
from index.reading import ReadingProcess
from index.reading_process import WORN

MEMORY = 400 * 1024**2


@pytest.fixture
def process() -> Iterator[ReadingProcess]:
    with ReadingProcess(seconds=60, memory=MEMORY, program="tests.index.greedy_reader") as process:
        yield process


def pid(process: ReadingProcess) -> int:
    return int(process.read(Path("honest"), "a").title)


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_one_process_reads_file_after_file(process: ReadingProcess) -> None:
    document = process.read(Path("honest"), "a/b")
    assert (document.id, document.headings, document.pages) == ("a/b", ((0, "t"),), (0,))
    assert pid(process) == pid(process) != os.getpid()


def test_a_large_parent_does_not_wear_the_process_out(process: ReadingProcess) -> None:
    held = bytearray(os.urandom(1024**2)) * 600  # resident for sure
    assert pid(process) == pid(process)
    assert len(held) > WORN


def test_what_a_parser_prints_is_no_answer(process: ReadingProcess) -> None:
    assert process.read(Path("prints"), "a").text == "text"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("eats", r"^too large: reading it takes more than 0\.39 GB of memory$"),
        ("crashes", r"^damaged or too large: its reader crashed \(SIGSEGV\)$"),
        ("exits", r"^damaged or too large: its reader crashed \(exit code 3\)$"),
    ],
)
def test_a_file_that_kills_its_reader_is_refused_and_the_next_one_is_read(
    process: ReadingProcess, name: str, reason: str
) -> None:
    before = pid(process)
    with pytest.raises(ReadError, match=reason):
        process.read(Path(name), "a")
    assert gone(before)
    assert pid(process) != before


def test_a_file_that_takes_for_ever_is_given_up() -> None:
    with ReadingProcess(seconds=1, program="tests.index.greedy_reader") as process:
        before = pid(process)
        started = time.monotonic()
        with pytest.raises(ReadError, match=r"^unreadable: not read within 1 seconds$"):
            process.read(Path("sleeps"), "a")
        assert time.monotonic() - started < 5
        assert gone(before)


def test_a_process_that_cannot_start_is_no_fault_of_the_file() -> None:
    with (
        ReadingProcess(program="index.no_such_program") as process,
        pytest.raises(RuntimeError, match=r"did not start \(exit code 1\)"),
    ):
        process.read(Path("honest"), "a")


def test_closing_leaves_no_process(process: ReadingProcess) -> None:
    before = pid(process)
    process.close()
    assert gone(before)


def test_the_process_ends_with_its_parent_in_the_middle_of_a_file(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib; from index.reading import ReadingProcess\n"
        "process = ReadingProcess(program='tests.index.greedy_reader')\n"
        "print(process.read(pathlib.Path('honest'), 'a').title, flush=True)\n"
        "process.read(pathlib.Path('sleeps'), 'a')"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    with parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    ends_by = time.monotonic() + 10
    while not gone(child) and time.monotonic() < ends_by:
        time.sleep(0.05)
    assert gone(child)


def test_it_reads_as_reading_here_does(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# Ölung\n\nEin\u2028Satz 😀.\n", "utf-8")
    with ReadingProcess() as process:
        assert process.read(path, "x/a.md") == read(path, "x/a.md")
        with pytest.raises(FileNotFoundError):
            process.read(tmp_path / "none.txt", "none.txt")
        (tmp_path / "e.txt").touch()
        with pytest.raises(ReadError, match=r"^empty$"):
            process.read(tmp_path / "e.txt", "e.txt")

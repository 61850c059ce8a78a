"""Jobs in processes of their own: events, errors, cancelling, death."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.errors import Cancelled, NoIndex, ProcessDied
from qa.apart import run_apart


@dataclass(frozen=True)
class Counting:
    """Counts, and then does what it is told."""

    to: int
    then: str = ""
    file: Path | None = None

    def run(self) -> Iterator[int]:
        try:
            yield from range(self.to)
            sys.stdout.write("words that are no event\n")
            self._end()
        finally:
            if self.file:
                self.file.write_text("cleaned up")

    def _end(self) -> None:
        match self.then:
            case "fail":
                raise NoIndex
            case "bug":
                raise RuntimeError("a slip")
            case "die":
                os.kill(os.getpid(), signal.SIGKILL)
            case "wait":
                time.sleep(60)


def test_its_events_come_one_by_one_and_printed_words_do_not_disturb_them() -> None:
    assert list(run_apart(Counting(3))) == [0, 1, 2]


def test_what_lectern_raises_there_is_raised_here_with_its_hint() -> None:
    with pytest.raises(NoIndex) as raised:
        list(run_apart(Counting(1, "fail")))
    assert "lectern index PATH" in raised.value.hint


def test_a_bug_there_brings_its_traceback_along() -> None:
    with pytest.raises(RuntimeError, match="_end"):
        list(run_apart(Counting(1, "bug")))


def test_a_process_that_dies_is_told_of() -> None:
    with pytest.raises(ProcessDied, match="SIGKILL"):
        list(run_apart(Counting(1, "die")))


def test_cancelling_from_another_thread_interrupts_the_job_which_cleans_up(tmp_path: Path) -> None:
    file = tmp_path / "said"
    events = run_apart(Counting(1, "wait", file))
    assert next(events) == 0
    threading.Timer(0.2, events.cancel).start()
    began = time.monotonic()
    with pytest.raises(Cancelled):
        next(events)
    assert time.monotonic() - began < 20
    assert file.read_text() == "cleaned up"


def test_a_job_begun_by_a_process_that_is_deaf_to_interrupts_can_be_cancelled(
    tmp_path: Path,
) -> None:
    file = tmp_path / "said"
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        events = run_apart(Counting(1, "wait", file))
    finally:
        signal.signal(signal.SIGINT, heard)
    assert next(events) == 0
    events.close()
    assert file.read_text() == "cleaned up"


def test_closing_ends_the_process() -> None:
    with run_apart(Counting(1, "wait")) as events:
        assert next(events) == 0
    assert list(events) == []
    assert events._process.returncode is not None

"""How soon the first screen stands, and what is loaded for it."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
from pathlib import Path
from time import monotonic

import pytest

from tests.tui.served_desk import ROOT, environment

pytestmark = pytest.mark.alone

BOUND = 5.0
"""Seconds; two quiet cores need 0.4, and a model loaded before the first paint would take more."""

LATER = frozenset(
    "torch chromadb llama_cpp sentence_transformers numpy scipy httpx aiohttp jinja2 lxml".split()
)


def first_paint(home: Path) -> float:
    """Seconds from the start of the program to its first painted screen."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    began = monotonic()
    program = [sys.executable, "-m", "qa.cli"]
    process = subprocess.Popen(
        program,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=ROOT,
        env={**environment(home), "TERM": "xterm-256color"},
        start_new_session=True,
    )
    os.close(theirs)
    painted = b""
    try:
        while b"Lectern" not in painted:
            assert select.select([ours], [], [], 60)[0], painted
            painted += os.read(ours, 65536)
        return monotonic() - began
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        os.close(ours)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal")
def test_the_first_screen_stands_at_once(tmp_path: Path) -> None:
    soonest = min(first_paint(tmp_path) for _ in range(3))
    sys.stdout.write(f"first paint after {soonest:.2f} s\n")
    assert soonest < BOUND


def test_nothing_that_only_an_answer_needs_is_loaded_for_the_first_screen() -> None:
    code = "import sys, qa.cli, qa.settings, tui.command, tui.app; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        cwd=ROOT,
    )
    assert not LATER & set(done.stdout.split())

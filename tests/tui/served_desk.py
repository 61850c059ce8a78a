"""`lectern serve` in a process of its own."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOKEN = "a token of more than 16 characters"


@dataclass
class ServedDesk:
    address: str
    """`http://127.0.0.1:PORT`"""
    process: subprocess.Popen[str]


def environment(home: Path) -> dict[str, str]:
    """The environment of a program that has a home of its own and this checkout's code."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("LECTERN_")}
    return {**kept, "LECTERN_HOME": str(home), "PYTHONPATH": str(ROOT)}


@contextmanager
def served(home: Path, *, token: str = "") -> Iterator[ServedDesk]:
    """A desk whose shelf is whatever the home holds."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    secret = {"LECTERN_SERVE_TOKEN": token} if token else {}
    with subprocess.Popen(
        [sys.executable, "-m", "qa.cli", "serve", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**environment(home), **secret},
        cwd=home,
    ) as process:
        assert process.stdout
        said = process.stdout.readline()
        assert said == f"http://127.0.0.1:{port}/\n", process.stderr and process.stderr.read()
        try:
            yield ServedDesk(said.strip().rstrip("/"), process)
        finally:
            process.terminate()
            process.wait(20)


def children(pid: int) -> list[int]:
    """The processes that a process started, all the way down."""
    mine = [int(word) for path in _task_files(pid) for word in path.read_text().split()]
    return [*mine, *(below for child in mine for below in children(child))]


def _task_files(pid: int) -> list[Path]:
    return list(Path(f"/proc/{pid}/task").glob("*/children"))

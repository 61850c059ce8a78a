"""The command line starts without what only answering needs."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qa import cli

pytestmark = pytest.mark.usefixtures("no_settings_from_outside")

HEAVY = frozenset({"torch", "chromadb", "textual", "llama_cpp", "numpy", "sentence_transformers"})
BOUND = 10.0
"""Seconds; a quiet machine needs a twentieth of it, any heavy import on a busy one far more."""

IMPORTS = "import qa.cli"
RUNS = """
import sys, qa.cli
try:
    qa.cli.main(sys.argv[1:])
except SystemExit:
    pass
"""
TELLS = """
import sys
sys.stderr.write("\\n".join(sorted(name.partition(".")[0] for name in sys.modules)))
"""


def start(program: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program + TELLS, *words],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[1])},
    )


def test_importing_the_command_line_loads_nothing_heavy() -> None:
    loaded = set(start(IMPORTS).stderr.split())
    assert "qa" in loaded
    assert not loaded & HEAVY


@pytest.mark.parametrize(
    "words", [["--help"], ["--version"], ["ask", "--help"], ["search", "--help"]]
)
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    ended = start(RUNS, *words)
    assert ended.stdout
    assert not set(ended.stderr.split()) & HEAVY


@pytest.mark.parametrize("command", [*cli.COMMANDS])
def test_a_command_s_help_loads_no_model_and_no_store(command: str) -> None:
    ended = start(RUNS, command, "--help")
    assert ended.stdout.startswith("usage: lectern")
    assert not set(ended.stderr.split()) & (HEAVY - {"numpy"})


@pytest.mark.alone
def test_help_comes_at_once() -> None:
    started = time.perf_counter()
    ended = subprocess.run(
        [sys.executable, "-m", "qa.cli", "--help"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[1])},
    )
    assert time.perf_counter() - started < BOUND
    assert all(f"    {command} " in ended.stdout for command in cli.COMMANDS)

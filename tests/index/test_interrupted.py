"""Ctrl-C, once or twice and whenever it comes, ends a run at once and costs nothing but time."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.index.test_killed import ROOT, assert_as_never_ended, write

INTERRUPTS = int(os.environ.get("INTERRUPTS", "4"))
"""More by hand: `INTERRUPTS=30 pytest tests/index/test_interrupted.py`."""
PROGRAM = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background ignores it
import chromadb, index.embedder
from tests.hashing_embedder import HashingEmbedder
class Slow(HashingEmbedder):
    def encode_documents(self, texts):
        time.sleep(0.4)  # a group of passages, so that the run is not over first
        return super().encode_documents(texts)
index.embedder.Embedder = lambda name, home: Slow()
from qa.cli import main
sys.stdout.write("ready\\n")
sys.stdout.flush()
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("seed", range(INTERRUPTS))
def test_ctrl_c_twice_ends_a_run_and_costs_nothing_but_time(
    home: Path, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    folder = tmp_path / "documents"
    folder.mkdir()
    write(folder, chance)
    surroundings = {"LECTERN_HOME": str(home), "LECTERN_CHUNK_SIZE": "200", "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "index", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env={**os.environ, **surroundings},
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    time.sleep(chance.random() * 3)
    process.send_signal(signal.SIGINT)
    time.sleep(chance.random() * 0.05)
    process.send_signal(signal.SIGINT)
    out, said = process.communicate(timeout=30)
    assert (out, said) == ("", "Interrupted.\n")
    assert process.returncode in (130, -signal.SIGINT), "to a shell both are 130"
    assert_as_never_ended(home, folder)

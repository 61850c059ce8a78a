"""The program in a real terminal, with the built-in model over the starter documents."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import monotonic, sleep

import pytest

from index.embedder import Embedder
from index.starter import starter_documents
from index.sync import synchronise
from qa.model_files import BUILT_IN, models_folder
from qa.settings import Settings
from tests.tui.terminal import TMUX, Terminal, terminal

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(TMUX is None, reason="no tmux is installed"),
    pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc"),
]

SOONEST = 10.0
"""Seconds; an idle machine needs a third of one, and a model that is loaded anew many."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    model = models_folder(Settings()) / BUILT_IN.file
    assert model.exists(), "run `make test`: it fetches the built-in model"
    (folder / "models").mkdir()
    (folder / "models" / BUILT_IN.file).symlink_to(model)
    settings = Settings(home=folder)
    synchronise(folder, [starter_documents()], Embedder(settings.embedder, home=folder))
    return folder


@pytest.fixture
def desk(home: Path, tmp_path: Path) -> Iterator[Terminal]:
    with terminal(tmp_path, home, size=(140, 45)) as desk:
        desk.until(lambda screen: "5 documents are on your shelf" in screen)
        yield desk


def test_a_question_is_answered_with_its_quote_and_another_is_refused(desk: Terminal) -> None:
    desk.type("How many special agents does IRS Criminal Investigation have?")
    desk.press("Enter")
    screen = desk.until(lambda screen: BUILT_IN.name in screen and "prompt tokens" in screen)
    assert "2,290 special agents" in screen
    assert "[1]" in screen
    assert "breitbart-cited-noem-requests-irs-investigators.md" in screen
    desk.type("How old is Kristi Noem?")
    desk.press("Enter")
    screen = desk.until(lambda screen: "Not answered" in screen)
    assert "Nearest in your documents" in screen
    desk.press("C-q")
    screen = desk.until(lambda screen: "left: 0" in screen)
    assert "Traceback" not in screen


def test_a_worker_that_is_killed_is_told_of_and_the_next_question_works(desk: Terminal) -> None:
    desk.type("Which agencies lend staff to ICE?")
    desk.press("Enter")
    desk.until(lambda screen: "esc Cancel" in screen)
    sleep(0.3)  # by now it is asked, and not yet answered
    os.kill(desk.process_called("desk_process"), signal.SIGKILL)
    screen = desk.until(lambda screen: "✖" in screen)
    assert "SIGKILL" in screen
    desk.type("How many special agents does IRS Criminal Investigation have?")
    desk.press("Enter")
    screen = desk.until(lambda screen: "prompt tokens" in screen)
    assert "2,290 special agents" in screen


def test_the_app_s_own_process_stays_light_through_an_answer(desk: Terminal) -> None:
    desk.type("How many special agents does IRS Criminal Investigation have?")
    desk.press("Enter")
    desk.until(lambda screen: "prompt tokens" in screen)
    pid = desk.process_called("-m qa.cli")
    loaded = Path(f"/proc/{pid}/maps").read_text()
    assert not [name for name in ("torch", "llama", "chroma", "numpy") if f"/{name}" in loaded]
    (line,) = [
        line
        for line in Path(f"/proc/{pid}/status").read_text().splitlines()
        if line.startswith("VmRSS")
    ]
    kilobytes = int(line.split()[1])
    sys.stdout.write(f"the app takes {kilobytes / 1024:.0f} MB\n")
    assert kilobytes < 120 * 1024


def first_quote(desk: Terminal, question: str) -> float:
    """Seconds from Enter to the first quote, in a new conversation."""
    desk.press("C-l")
    desk.until(lambda screen: "“" not in screen)
    desk.type(question)
    desk.until(lambda screen: question in screen)
    began = monotonic()
    desk.press("Enter")
    desk.until(lambda screen: "“" in screen, every=0.01)
    waited = monotonic() - began
    desk.press("Escape")
    return waited


def test_a_quote_stands_there_long_before_the_answer(desk: Terminal) -> None:
    desk.type("Which agencies lend staff to ICE?")
    desk.press("Enter")
    desk.until(lambda screen: "prompt tokens" in screen)  # the models are warm now
    asked = ("detainees", "prisons", "investigators", "airports", "deportations")
    waited = [first_quote(desk, f"How many {each} are there in all?") for each in asked]
    sys.stdout.write(f"the first quote after {median(waited):.2f} s\n")
    assert median(waited) < SOONEST, waited

"""The program in a real terminal, with the built-in model over the starter documents."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest

from qa.model_files import BUILT_IN
from tests.tui.terminal import TMUX, Terminal, terminal

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(TMUX is None, reason="no tmux is installed"),
    pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc"),
]


@pytest.fixture
def desk(shelved_home: Path, tmp_path: Path) -> Iterator[Terminal]:
    with terminal(tmp_path, shelved_home, size=(140, 45)) as desk:
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


@pytest.mark.parametrize("fetched", [True, False], ids=["with a model", "without one"])
def test_two_keys_lead_from_nothing_to_a_cited_answer(
    tmp_path: Path, built_in: Path, fetched: bool
) -> None:
    home = tmp_path / "home"
    (home / "models").mkdir(parents=True)
    if fetched:
        (home / "models" / BUILT_IN.file).symlink_to(built_in)
    with terminal(tmp_path, home, size=(140, 45), model="") as desk:
        desk.until(lambda screen: "○ 1  Documents: Nothing has been indexed yet." in screen)
        desk.press("Enter")
        desk.until(lambda screen: "To begin with" in screen)
        desk.press("Enter")
        screen = desk.until(lambda screen: "[1]" in screen and "esc Cancel" not in screen)
        assert "investigators.md" in screen
        assert "Traceback" not in screen

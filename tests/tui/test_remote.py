"""The program on another machine, reached over ssh."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.ssh_server import HERE, ssh_server
from tests.tui.terminal import TMUX, Terminal, terminal

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(TMUX is None, reason="no tmux is installed"),
    pytest.mark.skipif(not HERE, reason="no OpenSSH server is installed"),
    pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal"),
]

QUESTION = "How many special agents does IRS Criminal Investigation have?"


@pytest.fixture
def desk(shelved_home: Path, tmp_path: Path) -> Iterator[Terminal]:
    with (
        ssh_server(tmp_path) as ssh,
        terminal(tmp_path, shelved_home, size=(120, 40), through=ssh) as desk,
    ):
        desk.until(lambda screen: "5 documents are on your shelf" in screen)
        yield desk


def test_over_ssh_a_question_is_answered_and_copied_to_this_side(desk: Terminal) -> None:
    desk.type(QUESTION)
    desk.press("Enter")
    screen = desk.until(lambda screen: "prompt tokens" in screen)
    assert "2,290 special agents" in screen
    assert "[1]" in screen
    assert "✓" in screen
    desk.press("C-y")
    desk.until(lambda screen: "Copied, with its footnotes." in screen)
    assert "[1] “" in desk.clipboard
    desk.press("F3")
    desk.until(lambda screen: "Lectern · The shelf" in screen)
    desk.press("Escape")
    desk.until(lambda screen: "Conversation" in screen)
    desk.press("C-q")
    screen = desk.until(lambda screen: "left: 0" in screen)
    assert "Traceback" not in screen

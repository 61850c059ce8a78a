"""The program in a real terminal, which tmux keeps."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from tests.tui.served_desk import ROOT, children

TMUX = shutil.which("tmux")


class Terminal:
    """What a person sees and types."""

    def __init__(self, tmux: list[str]) -> None:
        self._tmux = tmux

    def _do(self, *words: str) -> str:
        done = subprocess.run(
            [*self._tmux, *words], capture_output=True, text=True, check=True, timeout=20
        )
        return done.stdout

    @property
    def screen(self) -> str:
        return self._do("capture-pane", "-p", "-t", "desk")

    @property
    def clipboard(self) -> str:
        return self._do("show-buffer")

    def type(self, text: str) -> None:
        self._do("send-keys", "-t", "desk", "-l", text)

    def press(self, *keys: str) -> None:
        self._do("send-keys", "-t", "desk", *keys)

    def until(self, seen: Callable[[str], bool], *, seconds: float = 200) -> str:
        """The first screen on which something is to be seen."""
        deadline = monotonic() + seconds
        while not seen(screen := self.screen):
            assert monotonic() < deadline, f"not within {seconds} s:\n{screen}"
            sleep(0.1)
        return screen

    def process_called(self, part: str) -> int:
        """The process below the terminal whose command line holds the part."""
        top = int(self._do("display-message", "-p", "-t", "desk", "#{pane_pid}"))
        (found,) = [
            pid
            for pid in children(top)
            if part in Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
        ]
        return found


@contextmanager
def terminal(
    folder: Path,
    home: Path,
    *,
    size: tuple[int, int],
    model: str = "built-in",
    through: Sequence[str] = (),
) -> Iterator[Terminal]:
    """A terminal in which the program runs; when it ends, `left: CODE` is to be seen.

    Args:
        folder: For tmux's own files.
        home: LECTERN_HOME.
        size: Columns and lines.
        model: What is set; empty for whatever is there.
        through: A command that runs another one elsewhere, such as ssh's.
    """
    assert TMUX
    width, height = map(str, size)
    tmux = [TMUX, "-S", str(folder / "tmux"), "-f", os.devnull]
    settings = {
        "LECTERN_HOME": str(home),
        "LECTERN_THREADS": "1",  # threads that wait for one another stand still on a busy machine
        "PYTHONPATH": str(ROOT),
        **({"LECTERN_MODEL": model} if model else {}),
    }
    given = [f"{name}={value}" for name, value in settings.items()]
    # The terminal's own size, not that of whoever runs the tests.
    run = shlex.join(
        ["env", "-u", "COLUMNS", "-u", "LINES", *given, sys.executable, "-m", "qa.cli"]
    )
    there = f"cd {shlex.quote(str(ROOT))} && {run}"
    shown = f"{shlex.join([*through, there]) if through else there}; echo left: $?; cat"
    start = ["new-session", "-d", "-s", "desk", "-x", width, "-y", height, shown]
    subprocess.run([*tmux, *start], check=True, timeout=20)
    try:
        # What a program in it copies is kept, as a person's own terminal would keep it.
        subprocess.run([*tmux, "set-option", "-s", "set-clipboard", "on"], check=True, timeout=20)
        yield Terminal(tmux)
    finally:
        subprocess.run([*tmux, "kill-server"], check=False, timeout=20)

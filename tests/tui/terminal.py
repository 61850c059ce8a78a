"""The program in a real terminal, which tmux keeps."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
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

    def type(self, text: str) -> None:
        self._do("send-keys", "-t", "desk", "-l", text)

    def press(self, *keys: str) -> None:
        self._do("send-keys", "-t", "desk", *keys)

    def until(
        self, seen: Callable[[str], bool], *, seconds: float = 200, every: float = 0.1
    ) -> str:
        """The first screen on which something is to be seen; one is looked at so often."""
        deadline = monotonic() + seconds
        while not seen(screen := self.screen):
            assert monotonic() < deadline, f"not within {seconds} s:\n{screen}"
            sleep(every)
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
def terminal(folder: Path, home: Path, *, size: tuple[int, int]) -> Iterator[Terminal]:
    """A terminal in which the program runs; when it ends, `left: CODE` is to be seen."""
    assert TMUX
    width, height = map(str, size)
    tmux = [TMUX, "-S", str(folder / "tmux"), "-f", os.devnull]
    # The terminal's own size, not that of whoever runs the tests.
    run = f"env -u COLUMNS -u LINES {sys.executable} -m qa.cli"
    shown = f"cd {ROOT} && {run}; echo left: $?; cat"
    settings = {
        "LECTERN_HOME": str(home),
        "LECTERN_MODEL": "built-in",
        "LECTERN_THREADS": "1",  # threads that wait for one another stand still on a busy machine
        "PYTHONPATH": str(ROOT),
    }
    given = [word for name, value in settings.items() for word in ("-e", f"{name}={value}")]
    start = ["new-session", "-d", "-s", "desk", "-x", width, "-y", height, *given, shown]
    subprocess.run([*tmux, *start], check=True, timeout=20)
    try:
        yield Terminal(tmux)
    finally:
        subprocess.run([*tmux, "kill-server"], check=False, timeout=20)

"""The app as `lectern serve` runs it, once for each tab of a browser."""

import os
import signal
import sys
import threading
from time import sleep

from index.errors import LecternError
from qa import settings
from tui.command import open_app

_OFTEN = 0.5
"""Seconds between two looks at whether the server is still there."""
_PATIENCE = 3.0
"""Seconds that the app gets to leave by itself where it is not."""


def main() -> int:
    """Run the app until the tab is closed or the person leaves it."""
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    try:
        return open_app(settings.load())
    except LecternError as error:
        sys.stderr.write(f"{error}\n{error.hint}\n")
        return 1


def _end_with(server: int) -> None:
    """A server that was killed tells nobody: without this the app would run on unseen."""
    while os.getppid() == server:
        sleep(_OFTEN)
    os.kill(os.getpid(), signal.SIGTERM)
    sleep(_PATIENCE)
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())

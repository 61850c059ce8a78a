"""Other programs, started to show a file."""

import subprocess
import threading
from pathlib import Path

from textual.app import App, SuspendNotSupported

from index.errors import LecternError
from tui.opener import Launch

_HINT = "Set EDITOR (for text) or PDFVIEWER to a program that is installed."


def start(app: App[object], launch: Launch | None, path: Path) -> None:
    """Run a command: in the terminal until it ends, or beside it in a window of its own.

    Args:
        app: Gives the terminal away meanwhile.
        launch: None where no program is known that shows the file.
        path: The file.

    Raises:
        LecternError: If it cannot be started.
    """
    if app.is_web:
        # The window would open on the machine that serves, not before the person who reads.
        raise LecternError(f"In a browser no program is started. The file is {path}.")
    if launch is None:
        raise LecternError(f"No program is known that shows {path}.", hint=_HINT)
    if launch.in_terminal:
        _in_terminal(app, launch)
    else:
        # A daemon: who leaves while a window is open should not have to close it first.
        threading.Thread(target=_beside, args=(app, launch), daemon=True, name="viewer").start()


def _in_terminal(app: App[object], launch: Launch) -> None:
    try:
        with app.suspend():
            subprocess.run(launch.command, check=False)
    except SuspendNotSupported as error:
        raise LecternError(
            f"{launch.command[0]} needs a terminal, and there is none to give to it.",
            hint="Set EDITOR to a program with a window of its own.",
        ) from error
    except OSError as error:
        raise _failed(launch, error.strerror or str(error)) from error


def _beside(app: App[object], launch: Launch) -> None:
    silent = subprocess.DEVNULL
    try:
        ended = subprocess.run(
            launch.command,
            check=False,
            stdin=silent,
            stdout=silent,
            stderr=silent,
            start_new_session=True,
        )
        reason = f"it ended with exit code {ended.returncode}" if ended.returncode else ""
    except OSError as error:
        reason = error.strerror or str(error)
    if reason and app.is_running:
        failed = _failed(launch, reason)
        app.notify(f"{failed} {failed.hint}", severity="error", markup=False)


def _failed(launch: Launch, reason: str) -> LecternError:
    return LecternError(f"{launch.command[0]} could not show the file: {reason}.", hint=_HINT)

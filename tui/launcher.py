"""Other programs, started to show a file."""

import subprocess
import sys
import threading
from pathlib import Path

from textual.app import App, SuspendNotSupported

from index.errors import LecternError
from qa.answer import Citation
from tui.opener import Launch, Programs, launch

_HINT = "Set EDITOR (for text) or PDFVIEWER to a program that is installed."


def show(app: App[object], path: Path, citation: Citation, programs: Programs) -> None:
    """Show a citation's file: in the terminal until that ends, or in a window of its own.

    Args:
        app: Gives the terminal away meanwhile.
        path: The file.
        citation: Says where in the file.
        programs: What the person opens files with.

    Raises:
        LecternError: If nothing can show it here.
    """
    if app.is_web:
        # The window would open on the machine that serves, not before the person who reads.
        raise LecternError(f"In a browser no program is started. The file is {path}.")
    line = citation.lines[0] if citation.lines else None
    command = launch(path, programs, platform=sys.platform, line=line, page=citation.page)
    if command is None:
        raise LecternError(f"No program is known that shows {path}.", hint=_HINT)
    if command.in_terminal:
        _in_terminal(app, command)
    else:
        # A daemon: who leaves while a window is open should not have to close it first.
        threading.Thread(target=_beside, args=(app, command), daemon=True, name="viewer").start()


def _in_terminal(app: App[object], chosen: Launch) -> None:
    failed: OSError | None = None
    try:
        with app.suspend():
            try:
                subprocess.run(chosen.command, check=False)
            except OSError as error:  # the terminal is taken back only where nothing is raised
                failed = error
    except SuspendNotSupported as error:
        raise LecternError(
            f"{chosen.command[0]} needs a terminal, and there is none to give to it.",
            hint="Set EDITOR to a program with a window of its own.",
        ) from error
    if failed is not None:
        raise _failed(chosen, failed.strerror or str(failed)) from failed


def _beside(app: App[object], chosen: Launch) -> None:
    silent = subprocess.DEVNULL
    try:
        ended = subprocess.run(
            chosen.command,
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
        failed = _failed(chosen, reason)
        app.notify(f"{failed} {failed.hint}", severity="error", markup=False)


def _failed(chosen: Launch, reason: str) -> LecternError:
    return LecternError(f"{chosen.command[0]} could not show the file: {reason}.", hint=_HINT)

"""Which command shows a file at a line or a page, and whether it needs the terminal."""

import shlex
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath

Which = Callable[[str], str | None]
"""Finds a program's path by its name; None where it is not installed."""

_PLUS = frozenset(
    "vi vim nvim gvim view ex nano pico rnano emacs emacsclient micro joe jed kak ne"
    " mcedit gedit gnome-text-editor pluma".split()
)
_COLON = frozenset("hx helix subl zed zeditor".split())
_GOTO = frozenset("code code-insiders codium vscodium cursor windsurf".split())
_WINDOWED = _GOTO | frozenset("subl zed zeditor gvim gedit gnome-text-editor pluma".split())
_PAGE = {
    "zathura": "-P",
    "evince": "-i",
    "atril": "-i",
    "okular": "-p",
}
_FALLBACKS = ("sensible-editor", "nano", "vim", "vi")


@dataclass(frozen=True, slots=True)
class Programs:
    """What the person has said to open files with."""

    editor: str = ""
    """A command line, as in `$EDITOR`."""
    viewer: str = ""
    """A command line for PDF files, as in `$PDFVIEWER`."""


@dataclass(frozen=True, slots=True)
class Launch:
    """A command that shows a file."""

    command: tuple[str, ...]
    in_terminal: bool
    """Whether it draws in this terminal, which it then has to itself."""


def launch(
    path: Path,
    programs: Programs,
    *,
    platform: str,
    line: int | None = None,
    page: int | None = None,
    which: Which = shutil.which,
) -> Launch | None:
    """How to show a file where something stands in it; None where no program is known.

    Args:
        path: The file.
        programs: What the person uses.
        platform: As in `sys.platform`.
        line: From 1, of a text file; an editor opens it.
        page: From 1, of a file that has pages.
        which: Says which programs are installed.
    """
    if line is not None:
        return _edit(path, line, _words(programs.editor), platform, which)
    if viewer := _words(programs.viewer) if path.suffix.lower() == ".pdf" else ():
        return Launch((*viewer, *_at_page(_name(viewer), page), str(path)), in_terminal=False)
    return _by_system(path, platform, which)


def _edit(
    path: Path, line: int, editor: tuple[str, ...], platform: str, which: Which
) -> Launch | None:
    if not editor and platform == "darwin":
        return Launch(("open", "-t", str(path)), in_terminal=False)
    if not editor and (found := next(filter(which, _FALLBACKS), None)):
        editor = (found,)
    if not editor:
        return _by_system(path, platform, which)
    name = _name(editor)
    return Launch((*editor, *_at_line(name, path, line)), in_terminal=name not in _WINDOWED)


def _at_line(name: str, path: Path, line: int) -> tuple[str, ...]:
    if name in _PLUS or name == "sensible-editor":
        return f"+{line}", str(path)
    if name in _GOTO:
        return "--goto", f"{path}:{line}"
    # What an unknown editor takes for a line it may take for a file.
    return (f"{path}:{line}" if name in _COLON else str(path),)


def _at_page(name: str, page: int | None) -> tuple[str, ...]:
    option = _PAGE.get(name)
    return (option, str(page)) if option and page is not None else ()


def _by_system(path: Path, platform: str, which: Which) -> Launch | None:
    opener = "open" if platform == "darwin" else "xdg-open"
    return Launch((opener, str(path)), in_terminal=False) if which(opener) else None


def _name(command: tuple[str, ...]) -> str:
    """The program's bare name.

    >>> _name(("/usr/bin/vim", "-R"))
    'vim'
    """
    return PurePath(command[0]).name


def _words(command: str) -> tuple[str, ...]:
    try:
        return tuple(shlex.split(command))
    except ValueError:  # a quotation mark without its partner
        return tuple(command.split())

"""Find the files of a source folder."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_DEPENDENCIES = "node_modules bower_components __pycache__ __pypackages__ site-packages venv env"
_RUBBISH = "CVS _darcs __MACOSX $RECYCLE.BIN lost+found"
PASSED_OVER = frozenset(f"{_DEPENDENCIES} {_RUBBISH}".split()) | {"System Volume Information"}
"""Folders of dependencies, version control and system rubbish; hidden ones go without saying."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not on the shelf, or not all of it, and why."""

    path: str
    """Absolute."""
    reason: str


def passed_over(name: str) -> bool:
    """Whether files and folders of this name are none of the person's documents."""
    return name.startswith((".", "~$")) or name in PASSED_OVER


def walk(source: Path) -> Iterator[Path | Skipped]:
    """The files below `source`, in order of their paths; or `source` itself.

    Links to folders are followed, each folder once. Hidden files and those in folders that
    are `passed_over` are not mentioned; whatever else is left out is a `Skipped`.
    """
    if source.is_dir():
        yield from _below(source, set())
    else:
        yield _file(source)


def _below(folder: Path, visited: set[tuple[int, int]]) -> Iterator[Path | Skipped]:
    try:
        status = folder.stat()
        if (status.st_dev, status.st_ino) in visited:
            return
        visited.add((status.st_dev, status.st_ino))
        names = sorted(entry.name for entry in os.scandir(folder))
    except OSError as error:
        yield Skipped(str(folder), reason_of(error))
        return
    for name in names:
        if passed_over(name):
            continue
        path = folder / name
        if path.is_dir():
            yield from _below(path, visited)
        else:
            yield _file(path)


def _file(path: Path) -> Path | Skipped:
    try:
        kind = path.stat().st_mode
    except OSError as error:
        return Skipped(str(path), reason_of(error))
    if not stat.S_ISREG(kind):
        return Skipped(str(path), "unreadable: not a regular file")
    return path


def reason_of(error: OSError) -> str:
    """A system error in a few small words: `unreadable: permission denied`."""
    return f"unreadable: {(error.strerror or type(error).__name__).lower()}"

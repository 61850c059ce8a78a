"""Find the files of a source folder."""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.ignored import Ignored

_DEPENDENCIES = (
    "node_modules bower_components jspm_packages __pycache__ __pypackages__ site-packages venv env"
)
_RUBBISH = "CVS _darcs __MACOSX $RECYCLE.BIN lost+found"
PASSED_OVER = frozenset(f"{_DEPENDENCIES} {_RUBBISH}".split()) | {"System Volume Information"}
"""Folders of dependencies, version control and system rubbish; hidden ones go without saying."""

_MADE_UP = ("/proc", "/sys", "/dev")
"""Where the system shows itself as files, some of which are read for ever."""

_MARKED = frozenset(("pyvenv.cfg", "CACHEDIR.TAG"))
"""Files that make the folder they lie in a virtual environment or a cache."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not on the shelf, or not all of it, and why."""

    path: str
    """Absolute."""
    reason: str


@dataclass(frozen=True, slots=True)
class Again:
    """A folder that the walk has come to before, or that it lies in."""

    path: Path
    first: Path
    """The same folder by the name under which its files are taken in, if they are."""

    def skipped(self) -> Skipped:
        """As a line of the report."""
        circle = self.path.is_relative_to(self.first)
        how = "a circle of links back to" if circle else "duplicate of"
        return Skipped(str(self.path), f"{how} {self.first}")


def passed_over(name: str) -> bool:
    """Whether files and folders of this name are none of the person's documents."""
    return name.startswith((".", "~$")) or name in PASSED_OVER


def walk(source: Path) -> Iterator[Path | Skipped | Again]:
    """The files below `source`, in order of their paths; or `source` itself.

    Links to folders are followed, each folder once, and none that lead to what `source` lies in
    or to files that the system makes up.
    What is `passed_over` is not mentioned, nor what a `.gitignore` or `.lecternignore` within
    `source` names, nor virtual environments and caches; whatever else is left out is a `Skipped`
    or an `Again`.
    """
    visited = {place: above for above in source.parents if (place := _place(above))}
    made_up = _made_up_devices()
    waiting = [(source, Ignored())]
    while waiting:
        path, ignored = waiting.pop()
        place = _place(path) if is_folder(path) else None
        if place is None:
            yield _file(path)
            continue
        if place[0] in made_up:
            yield Skipped(str(path), "unreadable: a folder of the system's own")
            continue
        if place in visited:
            yield Again(path, visited[place])
            continue
        try:
            names = {entry.name for entry in os.scandir(path)}
        except OSError as error:
            yield Skipped(str(path), reason_of(error))
            continue
        if path == source or names.isdisjoint(_MARKED):
            visited[place] = path
            within = ignored.within(path)
            waiting += [(path / name, within) for name in _kept(path, names, within)]


def _kept(folder: Path, names: Iterable[str], ignored: Ignored) -> Iterator[str]:
    """The names of a folder's files and folders that are walked to, last first."""
    for name in sorted(names, reverse=True):
        path = folder / name
        if not passed_over(name) and not (
            ignored.rules and ignored.names(path, folder=is_folder(path))
        ):
            yield name


def reaches(source: Path, path: Path) -> bool:
    """Whether a walk through `source` comes to `path`, should it be there."""
    if not path.is_relative_to(source):
        return False
    folder, ignored = source, Ignored()
    for part in path.relative_to(source).parts:
        ignored = ignored.within(folder)
        folder /= part
        if (
            passed_over(part)
            or ignored.names(folder, folder=is_folder(folder))
            or any(os.path.lexists(folder / name) for name in _MARKED)
        ):
            return False
    return True


def is_folder(path: Path) -> bool:
    """As `Path.is_dir`, which raises where it may not look."""
    return os.path.isdir(path)  # noqa: PTH112


def _place(folder: Path) -> tuple[int, int] | None:
    """The same for every name of a folder; None where it has just gone."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _made_up_devices() -> set[int]:
    """The file systems that hold nothing of a person's."""
    real = _place(Path("/"))
    places = {place for name in _MADE_UP if (place := _place(Path(name)))}
    return {device for device, _ in places} - ({real[0]} if real else set())


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

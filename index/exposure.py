"""What of the state folder other people on the machine could open."""

import stat
from collections.abc import Iterator
from pathlib import Path

from index.finding import Finding, Mend, fine, warning

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_SUBJECT = "permissions"


def check_exposure(home: Path) -> Finding:
    """Whether the state folder is closed to other people."""
    exposed = list(_exposed(home.resolve()))
    if not exposed:
        return fine(_SUBJECT, f"Only you can open {home}.")
    return warning(
        _SUBJECT,
        f"Other people on this machine may open {home}: {len(exposed)} files and folders.",
        "Run `lectern doctor --repair`.",
        Mend.CLOSE,
    )


def close(home: Path) -> None:
    """Take the rights on the state folder from everyone but its owner.

    Raises:
        OSError: If the rights cannot be changed.
    """
    for path in _exposed(home.resolve()):
        path.chmod(stat.S_IMODE(path.stat().st_mode) & ~_OTHERS)


def _exposed(path: Path) -> Iterator[Path]:
    """What can be reached by others, a folder after what lies in it."""
    try:
        mode = path.lstat().st_mode
    except OSError:
        return
    if stat.S_ISLNK(mode) or not mode & _OTHERS:
        return  # nothing below a closed folder can be reached
    if stat.S_ISDIR(mode):
        for inner in sorted(path.iterdir()):
            yield from _exposed(inner)
    yield path

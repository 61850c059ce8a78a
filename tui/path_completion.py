"""Folders and files that a half-typed path may mean."""

import os
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

from index.harmless import harmless

MOST = 200
"""Completions that are offered: who wants another types a letter more."""


def completions(typed: str) -> tuple[str, ...]:
    """The paths that begin so, folders with a slash at their end; from the working folder on.

    Hidden names are offered to who types their dot. A name that a terminal would obey is not.
    """
    if typed == "~":
        return ("~/",)
    head, slash, tail = typed.rpartition("/")
    try:
        folder = Path(f"{head}{slash}" or ".").expanduser()
        found = sorted(_names(folder, tail), key=str.casefold)
    except (OSError, RuntimeError, ValueError):  # not there or not readable, no person, a null
        return ()
    return tuple(f"{head}{slash}{name}" for name in found[:MOST])


def _names(folder: Path, begun: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if name.startswith(".") and not begun.startswith("."):
                continue
            if name.casefold().startswith(begun.casefold()) and harmless(name) == name:
                yield f"{name}/" if entry.is_dir() else name


def completed(typed: str, offered: Sequence[str]) -> str:
    """What was typed, as far as all that is offered goes on the same way.

    >>> completed("pa", ["papers/", "Paperback.txt"])
    'paper'
    >>> completed("pa", ["papers/"])
    'papers/'
    """
    if not offered:
        return typed
    if len(offered) == 1:
        return offered[0]
    shared = os.path.commonprefix([path.casefold() for path in offered])  # noqa: RUF071  (half a name is what is wanted)
    return offered[0][: len(shared)] if len(shared) > len(typed) else typed


def pasted(text: str) -> str:
    r"""A path as it was pasted or dropped: terminals quote it, or escape its spaces.

    >>> pasted("'/home/ann/my papers' ")
    '/home/ann/my papers'
    """
    try:
        words = shlex.split(text)
    except ValueError:
        words = []
    return harmless(words[0] if len(words) == 1 else text.strip())

"""A conversation as a file in a folder of the person's."""

import re
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from index.errors import SettingsError
from qa.session import KeptTurn, Session
from qa.session_markdown import as_markdown

_LONGEST_NAME = 60
"""Characters."""


def write_markdown(session: Session, turns: Sequence[KeptTurn], folder: Path) -> Path:
    """Write it beside whatever lies in the folder; nothing there is overwritten.

    Raises:
        SettingsError: If the folder cannot be written.
    """
    text = as_markdown(session.title, turns)
    for path in _paths(folder, session.title):
        try:
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except FileExistsError:
            continue
        except OSError as error:
            raise SettingsError(
                f"{path} could not be written: {error.strerror}.",
                hint="Write it elsewhere: lectern export --output FILE",
            ) from error
        return path
    raise AssertionError("the names never end")


def _paths(folder: Path, title: str) -> Iterator[Path]:
    """A name for each attempt, from the plainest on."""
    stem = file_stem(title)
    yield folder / f"{stem}.md"
    for number in count(2):
        yield folder / f"{stem}-{number}.md"


def file_stem(title: str) -> str:
    """The title as the name of a file, without what any system gives a meaning.

    >>> file_stem("Who wrote: “A/B”?")
    'who-wrote-a-b'
    """
    words = re.findall(r"\w+", title.lower())
    return "-".join(words)[:_LONGEST_NAME].strip("-_") or "conversation"

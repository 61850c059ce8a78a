"""Names of files whose bytes are no text in any encoding that this system expects."""

import os


def readable(name: str) -> str:
    """A name as text that can be written anywhere; bytes of no known encoding show as U+FFFD."""
    return os.fsencode(name).decode("utf-8", "replace")


def storable(name: str) -> str | bytes:
    """A name for SQLite, which takes what is no text as bytes only."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name)
    return name


def restored(stored: str | bytes) -> str:
    """The name that `storable` was given."""
    return os.fsdecode(stored)

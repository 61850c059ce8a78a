"""What a format is known by: its name's suffixes, and its content where the name lies."""

from collections.abc import Callable
from dataclasses import dataclass

from index.readers.extract import Extract

Reader = Callable[[bytes], Extract]
"""From a file's bytes, never empty, to its text.

It raises a ReadError that says in words why there is none. Anything else that it or its library
raises means that the file is damaged.
"""

Test = Callable[[bytes], bool]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file, and what reads it."""

    read: Reader
    suffixes: tuple[str, ...]
    """In small letters, with their dots."""
    certain: Test | None = None
    """Whether these bytes are of this format whatever the file is called."""
    likely: Test | None = None
    """Whether a text whose name says nothing is of this format."""
    binary: bool = False
    """Whether plain text is certainly not of this format."""

"""What a reader takes out of a file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Extract:
    """Text and what a file says about itself; offsets count the characters of `text`."""

    text: str
    title: str = ""
    """As the file gives it; empty where it gives none."""
    date: str = ""
    """ISO 8601, or empty."""
    headings: tuple[tuple[int, str], ...] = ()
    """(offset, heading), in order."""
    pages: tuple[int, ...] = ()
    """Offset at which each page or slide starts; one without text starts where the next does."""
    lined: bool = False
    """Whether line n of the text is line n of the file, so that a citation may name it."""
    unread: str = ""
    """What of the file could not be read and why, in words; empty where all of it was."""

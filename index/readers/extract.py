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
    pages: tuple[int, ...] = ()
    lined: bool = False

"""What the app needs of the shelf: to look at it, and to have it changed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from index.shelved import Holding
from qa.upkeep_events import UpkeepEvent


class Work(Protocol):
    """A change in progress, for one thread to iterate over.

    Iterating raises `Cancelled` after `cancel`, and what kept the change from being made.
    """

    def __iter__(self) -> Iterator[UpkeepEvent]:
        """What it tells of itself, as it happens."""

    def cancel(self) -> None:
        """Give it up; from any thread."""

    def close(self) -> None:
        """Let go of it; called by who iterates."""


class ShelfKeeper(Protocol):
    """Looks after the shelf. Every method may be called from any thread."""

    def overview(self) -> tuple[Holding, ...]:
        """The sources in order of their paths; none where nothing has been indexed yet.

        Raises:
            StoreError: If the index cannot be read.
        """

    def add(self, path: Path) -> Work:
        """Begin to put a folder or file on the shelf."""

    def update(self) -> Work:
        """Begin to bring all sources up to date."""

    def rebuild(self) -> Work:
        """Begin to build everything anew."""

    def remove(self, source: Path) -> Work:
        """Begin to take a source off the shelf."""

    def watch(self) -> Work:
        """Begin to take in whatever changes, until it is cancelled."""

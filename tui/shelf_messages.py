"""What the parts of the shelf screen, and the threads behind it, tell each other and the app."""

from dataclasses import dataclass
from pathlib import Path

from textual.message import Message

from index.errors import LecternError
from index.scope import Scope
from index.shelved import Holding
from qa.upkeep_events import UpkeepEvent


@dataclass
class OverviewRead(Message):
    """It is known what is on the shelf."""

    shelf: tuple[Holding, ...]


@dataclass
class OverviewFailed(Message):
    """The shelf could not be looked at."""

    error: LecternError


@dataclass
class WorkTold(Message):
    """The work in progress got a step further."""

    event: UpkeepEvent


@dataclass
class WorkEnded(Message):
    """The work is done, or was given up."""

    error: LecternError | None
    """Why it was not done."""


@dataclass
class SourceChosen(Message):
    """A source was highlighted, to see its documents."""

    source: Path


@dataclass
class ShelfChanged(Message):
    """The shelf holds, or may hold, something else than before."""


@dataclass
class ScopeChanged(Message):
    """Questions are limited to other documents than before."""

    scope: Scope | None
    """None for all."""
    said: str
    """The same in a few words; empty for all."""

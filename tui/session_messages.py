"""What is told about the conversations that are kept."""

from dataclasses import dataclass
from pathlib import Path

from textual.message import Message

from index.errors import LecternError
from qa.session import KeptTurn, Session


@dataclass
class SessionsListed(Message):
    """What was searched for is found."""

    search: str
    """A list that comes late is known by it, and dropped."""
    sessions: tuple[Session, ...]


@dataclass
class SessionOpened(Message):
    """A conversation's turns are there, to go on with it."""

    session: Session
    turns: tuple[KeptTurn, ...]


@dataclass
class NoSession(Message):
    """There is no conversation to go on with."""


@dataclass
class NewWanted(Message):
    """A new conversation should begin."""


@dataclass
class SessionChanged(Message):
    """A conversation goes by another title."""


@dataclass
class SessionDeleted(Message):
    """A conversation is not kept any more."""

    session: int


@dataclass
class SessionExported(Message):
    """A conversation was written to a file."""

    path: Path


@dataclass
class SessionsFailed(Message):
    """The kept conversations could not be read or written."""

    error: LecternError


@dataclass
class KeepingFailed(Message):
    """A finished turn could not be kept."""

    error: LecternError

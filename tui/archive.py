"""The kept conversations behind the screen: what is done in threads comes back as messages."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from textual.message import Message

from index.errors import LecternError
from qa.session import Session
from qa.session_file import write_markdown
from tui.session_keeper import SessionKeeper
from tui.session_messages import (
    NoSession,
    SessionChanged,
    SessionDeleted,
    SessionExported,
    SessionOpened,
    SessionsFailed,
    SessionsListed,
)


class Archive:
    """Each method blocks, and may be called from any thread."""

    def __init__(self, keeper: SessionKeeper, post: Callable[[Message], bool]) -> None:
        """Do nothing yet.

        Args:
            keeper: Keeps the conversations.
            post: Takes the messages, from any thread.
        """
        self._keeper = keeper
        self._post = post

    def search(self, words: str) -> None:
        """List the conversations in which the words stand."""
        with self._failures():
            self._post(SessionsListed(words, self._keeper.sessions(words)))

    def open(self, session: Session) -> None:
        """Bring a conversation's turns."""
        with self._failures():
            self._post(SessionOpened(session, self._keeper.turns(session.id)))

    def open_last(self, *, but: int | None) -> None:
        """Bring the newest conversation but the one that is on the screen."""
        with self._failures():
            for session in self._keeper.sessions():
                if session.id != but:
                    self.open(session)
                    return
            self._post(NoSession())

    def rename(self, session: Session, title: str) -> None:
        """Give a conversation another title."""
        with self._failures():
            self._keeper.rename(session.id, title)
            self._post(SessionChanged())

    def delete(self, session: Session) -> None:
        """Take a conversation off the disk."""
        with self._failures():
            self._keeper.delete(session.id)
            self._post(SessionDeleted(session.id))

    def export(self, session: Session, folder: Path) -> None:
        """Write a conversation as Markdown into a folder."""
        with self._failures():
            turns = self._keeper.turns(session.id)
            self._post(SessionExported(write_markdown(session, turns, folder)))

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except LecternError as error:
            self._post(SessionsFailed(error))

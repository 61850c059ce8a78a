"""What the app needs of the conversations that are kept."""

from typing import Protocol

from qa.session import KeptTurn, Session


class SessionKeeper(Protocol):
    """Keeps conversations. Every method may be called from any thread, and blocks for a moment.

    Each raises `SessionsError` where what is kept cannot be read or written.
    """

    def keep(self, turn: KeptTurn, *, session: int | None = None) -> int:
        """Keep a turn of a conversation, or of a new one; the number of the conversation."""

    def sessions(self, search: str = "") -> tuple[Session, ...]:
        """Those in which each word of the search stands; what was asked last comes first."""

    def turns(self, session: int) -> tuple[KeptTurn, ...]:
        """The turns of a conversation, from the first on."""

    def rename(self, session: int, title: str) -> None:
        """Give a conversation another title."""

    def delete(self, session: int) -> None:
        """Take a conversation off the disk."""

"""Where the conversation on the screen is kept."""

import threading

from qa.session import KeptTurn
from tui.session_keeper import SessionKeeper


class Record:
    """A conversation's own; a new conversation gets another one."""

    def __init__(self, keeper: SessionKeeper | None, session: int | None = None) -> None:
        """Keep nothing yet.

        Args:
            keeper: Keeps the turns; without one, nothing is kept.
            session: The kept conversation that is gone on with.
        """
        self._keeper = keeper
        self._session = session
        self._keeping = threading.Lock()
        self.complained = False
        """Whether the person was told that it cannot be kept: once is enough."""

    @property
    def session(self) -> int | None:
        """Its number; None before anything was kept."""
        return self._session

    def keep(self, turn: KeptTurn) -> None:
        """Keep a finished turn. Blocks.

        Raises:
            SessionsError: If it cannot be written.
        """
        if self._keeper is not None:
            with self._keeping:
                self._session = self._keeper.keep(turn, session=self._session)

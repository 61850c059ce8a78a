"""Where the conversation on the screen is kept."""

import threading
from collections.abc import Callable

from textual.message import Message

from index.errors import LecternError
from qa.session import KeptTurn
from tui.session_keeper import SessionKeeper
from tui.session_messages import KeepingFailed


class Record:
    """A conversation's own; a new conversation gets another one."""

    def __init__(
        self,
        keeper: SessionKeeper | None,
        post: Callable[[Message], bool],
        session: int | None = None,
    ) -> None:
        """Keep nothing yet.

        Args:
            keeper: Keeps the turns; without one, nothing is kept.
            post: Takes the messages, from any thread.
            session: The kept conversation that is gone on with.
        """
        self._keeper = keeper
        self._post = post
        self._session = session
        self._keeping = threading.Lock()
        self._complained = False

    @property
    def session(self) -> int | None:
        """Its number; None before anything was kept."""
        return self._session

    def keep(self, turn: KeptTurn) -> None:
        """Keep a finished turn. Blocks; that it cannot be written is told once."""
        if self._keeper is None:
            return
        with self._keeping:
            try:
                self._session = self._keeper.keep(turn, session=self._session)
            except LecternError as error:
                if not self._complained:
                    self._complained = True
                    self._post(KeepingFailed(error))

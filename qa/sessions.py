"""The conversations that are kept, and what can be done with them."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from index.errors import SessionsError, UnknownSession
from index.harmless import harmless_text
from qa.answer_record import recorded, restored
from qa.session import KeptTurn, Session, title_of
from qa.session_tables import opened

FILE_NAME = "sessions.sqlite"
Origin = Literal["ask", "app"]
"""Where a conversation is held: on the command line or in the terminal app."""

_LISTED = """
    SELECT id, title, created, updated, (SELECT count(*) FROM turns WHERE session = id)
    FROM sessions
"""
_NEWEST_FIRST = " ORDER BY updated DESC, id DESC"
_SAID = """
    (instr(folded(title), ?) OR EXISTS (
        SELECT 1 FROM turns WHERE session = id AND instr(folded(question || char(10) || text), ?)
    ))
"""


class SessionStore:
    """One file under the home folder, readable by its owner alone.

    Every method may be called from any thread, and by several processes at once. Each raises
    `SessionsError` where the file cannot be used.
    """

    def __init__(self, home: Path, *, origin: Origin) -> None:
        """Open nothing yet; conversations that begin here are marked with their origin."""
        self._path = home / FILE_NAME
        self._origin = origin

    def keep(self, turn: KeptTurn, *, session: int | None = None) -> int:
        """Keep a turn.

        Args:
            turn: What was asked and answered.
            session: The conversation it belongs to; by default it begins one.

        Returns:
            The conversation that it was kept in: a new one, too, where the one that was named has
            been deleted meanwhile.
        """
        with opened(self._path, writing=True) as tables:
            if session is None or not _is_kept(tables, session):
                session = self._begin(tables, turn)
            _add(tables, session, turn)
        return session

    def sessions(self, search: str = "") -> tuple[Session, ...]:
        """Those in which each word of the search was said, or stands in the title; newest first."""
        words = search.casefold().split()
        where = f" WHERE {' AND '.join([_SAID] * len(words))}" if words else ""
        with self._reading() as tables:
            if tables is None:
                return ()
            asked_for = [word for word in words for _ in range(2)]
            rows = tables.execute(f"{_LISTED}{where}{_NEWEST_FIRST}", asked_for)
            return tuple(_session(*row) for row in rows)

    def latest(self) -> Session | None:
        """The newest of this store's origin."""
        with self._reading() as tables:
            if tables is None:
                return None
            query = f"{_LISTED} WHERE origin = ?{_NEWEST_FIRST} LIMIT 1"
            row = tables.execute(query, (self._origin,)).fetchone()
            return _session(*row) if row else None

    def session(self, number: int) -> Session:
        """The one that goes by this number.

        Raises:
            UnknownSession: If none does.
        """
        with self._reading() as tables:
            row = tables and tables.execute(f"{_LISTED} WHERE id = ?", (number,)).fetchone()
            if not row:
                raise UnknownSession(number)
            return _session(*row)

    def turns(self, session: int) -> tuple[KeptTurn, ...]:
        """What was asked and answered in it, from the first on.

        Raises:
            UnknownSession: If there is no such conversation.
        """
        query = "SELECT asked, answer FROM turns WHERE session = ? ORDER BY position"
        with self._reading() as tables:
            rows = tables.execute(query, (session,)).fetchall() if tables else ()
        if not rows:
            raise UnknownSession(session)
        try:
            return tuple(
                KeptTurn(datetime.fromisoformat(asked), restored(answer)) for asked, answer in rows
            )
        except (ValueError, TypeError) as error:
            raise SessionsError(
                f"Conversation {session} cannot be read: {error}",
                hint="Delete it in the terminal app (F2); the others are whole.",
            ) from error

    def rename(self, session: int, title: str) -> None:
        """Give it another title; an empty one leaves it as it is.

        Raises:
            UnknownSession: If there is no such conversation.
        """
        if not (title := title_of(title)):
            return
        with opened(self._path, writing=True) as tables:
            query = "UPDATE sessions SET title = ? WHERE id = ?"
            if not tables.execute(query, (title, session)).rowcount:
                raise UnknownSession(session)

    def delete(self, session: int) -> None:
        """Take it off the disk; one that is not kept is left at that."""
        with opened(self._path, writing=True) as tables:
            tables.execute("DELETE FROM sessions WHERE id = ?", (session,))

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        """None before anything was kept."""
        if not self._path.exists():
            yield None
            return
        with opened(self._path) as tables:
            yield tables

    def _begin(self, tables: sqlite3.Connection, turn: KeptTurn) -> int:
        asked = _time(turn.asked)
        (session,) = tables.execute(
            "INSERT INTO sessions (title, origin, created, updated) VALUES (?, ?, ?, ?)"
            " RETURNING id",
            (title_of(turn.answer.question), self._origin, asked, asked),
        ).fetchone()
        return int(session)


def _is_kept(tables: sqlite3.Connection, session: int) -> bool:
    return bool(tables.execute("SELECT 1 FROM sessions WHERE id = ?", (session,)).fetchone())


def _add(tables: sqlite3.Connection, session: int, turn: KeptTurn) -> None:
    answer, asked = turn.answer, _time(turn.asked)
    rewritten = None if answer.rewritten is None else harmless_text(answer.rewritten)
    said = (harmless_text(answer.question), rewritten)
    told = (harmless_text(answer.model), harmless_text(answer.text), recorded(answer))
    tables.execute(
        "INSERT INTO turns (session, position, asked, question, rewritten, model, text, answer)"
        " SELECT ?, coalesce(max(position), 0) + 1, ?, ?, ?, ?, ?, ?"
        " FROM turns WHERE session = ?",
        (session, asked, *said, *told, session),
    )
    tables.execute("UPDATE sessions SET updated = ? WHERE id = ?", (asked, session))


def _time(moment: datetime) -> str:
    """As text that sorts by time."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _session(number: int, title: str, created: str, updated: str, questions: int) -> Session:
    times = datetime.fromisoformat(created), datetime.fromisoformat(updated)
    return Session(number, title, *times, questions)

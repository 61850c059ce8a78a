"""The tables that conversations are kept in, and how a connection to them is opened."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import SessionsError

_STEPS: tuple[tuple[str, ...], ...] = (
    (
        """
        CREATE TABLE sessions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            title TEXT NOT NULL,
            origin TEXT NOT NULL,
            created TEXT NOT NULL,
            updated TEXT NOT NULL
        )
        """,
        """
        CREATE TABLE turns (
            session INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
            position INTEGER NOT NULL,
            asked TEXT NOT NULL,
            question TEXT NOT NULL,
            rewritten TEXT,
            model TEXT NOT NULL,
            text TEXT NOT NULL,
            answer TEXT NOT NULL,
            PRIMARY KEY (session, position)
        ) WITHOUT ROWID
        """,
        "CREATE INDEX sessions_by_update ON sessions (updated, id)",
    ),
)
"""What leads from each format to the next; a step that was released is never changed."""

VERSION = len(_STEPS)
"""Kept in `user_version`."""
_PATIENCE = 10.0
"""Seconds to wait for another process that is writing."""


@contextmanager
def opened(path: Path, *, writing: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection for a moment, in one transaction that ends with it.

    A connection for each use needs no lock among threads, and with the last one closed nothing is
    left beside the file that could still hold what was deleted.

    Args:
        path: The file, made where `writing` and there is none.
        writing: Whether anything will be changed.

    Raises:
        SessionsError: If the file cannot be used, or a later version wrote it.
    """
    if writing:
        _make_private(path)
    with _errors(path), contextlib.closing(_connected(path)) as connection:
        _prepare(connection, path)
        connection.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
        try:
            yield connection
        except BaseException:
            if connection.in_transaction:  # a full disk has ended it already
                connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def _make_private(path: Path) -> None:
    """SQLite gives its journal the rights of the file, so only that one needs them set."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise SessionsError(
            f"{path} could not be opened: {error.strerror}.",
            hint="See that you may write there; questions are answered all the same.",
        ) from error


def _connected(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=_PATIENCE, isolation_level=None
    )


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    connection.create_function("folded", 1, str.casefold, deterministic=True)
    version = _version(connection)
    if version > VERSION:
        raise SessionsError(
            f"The conversations are kept in format {version}; this version of Lectern reads"
            f" format {VERSION}.",
            hint=f"Update Lectern, or move {path} away to begin anew.",
        )
    if version < VERSION:
        _bring_forward(connection)


def _bring_forward(connection: sqlite3.Connection) -> None:
    # Refused while another process has the file open: then that one has done it.
    with contextlib.suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    for step in _STEPS[_version(connection) :]:  # another process may have come first
        for statement in step:
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


@contextmanager
def _errors(path: Path) -> Iterator[None]:
    """SQLite's failures as ours."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR):
            raise SessionsError(
                f"The file of kept conversations is damaged: {error}.",
                hint=f"Move {path} away to begin anew; questions are answered all the same.",
            ) from error
        raise SessionsError(
            f"The kept conversations could not be used: {error}.",
            hint=f"See that there is room and that you may write to {path}.",
        ) from error

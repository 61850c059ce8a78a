"""The catalogue's tables, and how a connection to them is opened."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import IndexOutdated, NoIndex, StoreError, StoreUnavailable
from index.file_names import restored

_PASSING = (
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
)
"""Failures that say nothing against the file itself."""

_STEPS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        """
        CREATE TABLE sources (
            id INTEGER PRIMARY KEY,
            path TEXT NOT NULL UNIQUE,
            device INTEGER NOT NULL
        )
        """,
        """
        CREATE TABLE documents (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            source INTEGER NOT NULL REFERENCES sources ON DELETE CASCADE,
            path TEXT NOT NULL,
            digest TEXT NOT NULL,
            size INTEGER NOT NULL,
            mtime_ns INTEGER NOT NULL,
            title TEXT NOT NULL,
            date TEXT NOT NULL,
            characters INTEGER NOT NULL,
            chunks INTEGER NOT NULL,
            lined INTEGER NOT NULL,
            headings TEXT NOT NULL,
            pages TEXT NOT NULL,
            UNIQUE (source, path)
        )
        """,
        """
        CREATE TABLE texts (
            document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
            text TEXT NOT NULL
        )
        """,
        """
        CREATE TABLE skipped (
            source INTEGER NOT NULL REFERENCES sources ON DELETE CASCADE,
            path TEXT NOT NULL,
            reason TEXT NOT NULL,
            size INTEGER NOT NULL,
            mtime_ns INTEGER NOT NULL,
            PRIMARY KEY (source, path)
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE chunks (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
            start INTEGER NOT NULL,
            end INTEGER NOT NULL,
            page INTEGER,
            title TEXT NOT NULL,
            heading TEXT NOT NULL,
            text TEXT NOT NULL,
            digest TEXT NOT NULL
        )
        """,
        "CREATE INDEX chunks_of_document ON chunks (document, start)",
        "CREATE INDEX chunks_by_digest ON chunks (digest)",
        """
        CREATE VIRTUAL TABLE words USING fts5 (
            title, heading, text, content='chunks', content_rowid='id',
            tokenize='porter unicode61 remove_diacritics 2'
        )
        """,
        """
        CREATE TRIGGER chunk_added AFTER INSERT ON chunks BEGIN
            INSERT INTO words (rowid, title, heading, text)
            VALUES (new.id, new.title, new.heading, new.text);
        END
        """,
        """
        CREATE TRIGGER chunk_removed AFTER DELETE ON chunks BEGIN
            INSERT INTO words (words, rowid, title, heading, text)
            VALUES ('delete', old.id, old.title, old.heading, old.text);
        END
        """,
    ),
    # Some catalogues of the first format have this index already.
    ("CREATE INDEX IF NOT EXISTS documents_by_digest ON documents (digest)",),
)
"""What leads from each format to the next; a step that was released is never changed."""

VERSION = len(_STEPS)
"""Kept in `user_version`."""


def connect(path: Path, *, writing: bool) -> sqlite3.Connection:
    """A connection that any thread may use, one at a time; transactions are the caller's.

    Args:
        path: The catalogue's file, made where `writing` and there is none.
        writing: Whether anything will be changed.

    Raises:
        NoIndex: If nothing was ever written to the file, and nothing will be.
        IndexOutdated: If a later version wrote the file.
        StoreError: If the file cannot be opened, or is no catalogue.
    """
    if writing:
        _make_private(path)
    with sqlite_errors():
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw",
            uri=True,
            timeout=30,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            _prepare(connection, writing)
        except BaseException:
            connection.close()
            raise
    return connection


def named_sources(connection: sqlite3.Connection) -> list[Path]:
    """The sources that a catalogue names, whatever else is wrong with it.

    Raises:
        sqlite3.Error: If even they cannot be read.
    """
    return [Path(restored(path)) for (path,) in connection.execute("SELECT path FROM sources")]


def _make_private(path: Path) -> None:
    """SQLite gives its journal the rights of the file, so only that one needs them set."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreUnavailable(f"{path} could not be opened: {error.strerror}.") from error


def _prepare(connection: sqlite3.Connection, writing: bool) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    if writing:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
    version = _version(connection)
    if version > VERSION:
        raise IndexOutdated(
            f"The index has format {version}; this version of Lectern reads format {VERSION}.",
            hint="Update Lectern, or set LECTERN_HOME to another folder and index there.",
        )
    if version == 0 and not writing:
        raise NoIndex
    if version < VERSION:
        _bring_forward(connection)
    if not writing:
        connection.execute("PRAGMA query_only = ON")


def _bring_forward(connection: sqlite3.Connection) -> None:
    """Whoever comes first does it, a reader too; the others wait and find it done."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in _STEPS[_version(connection) :]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has ended it already
            connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


@contextmanager
def sqlite_errors() -> Iterator[None]:
    """SQLite's failures as ours."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_FULL:
            raise StoreUnavailable("The disk is full; what was indexed before is kept.") from error
        if code in _PASSING:
            raise StoreUnavailable(f"The index's catalogue could not be used: {error}.") from error
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise StoreError(
                f"The index's catalogue is damaged: {error}.",
                hint="Run `lectern index --rebuild`.",
            ) from error
        raise StoreError(f"The index's catalogue could not be used: {error}.") from error

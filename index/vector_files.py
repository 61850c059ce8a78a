"""The files that Chroma keeps in a folder: a database, and a folder for each graph of vectors.

Only what no collection needs any more is touched here; Chroma itself never removes it.
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID

DATABASE = "chroma.sqlite3"


def stray_graphs(folder: Path) -> list[Path]:
    """The folders of graphs whose collection has been deleted; none where that cannot be told."""
    try:
        with closing(_open(folder)) as connection:
            used = {str(name) for (name,) in connection.execute("SELECT id FROM segments")}
    except (OSError, sqlite3.Error):
        return []
    return sorted(p for p in folder.iterdir() if _named_by_chroma(p) and p.name not in used)


def wipe(folder: Path) -> bool:
    """Leave nothing on disk of vectors that were deleted from the database and its graphs.

    Returns:
        False where another program keeps the database as it is.
    """
    for graph in stray_graphs(folder):
        shutil.rmtree(graph, ignore_errors=True)
    try:
        with closing(_open(folder)) as connection:
            connection.execute("VACUUM")
    except (OSError, sqlite3.Error):
        return False
    return True


def size(folder: Path) -> int:
    """Bytes of all files; those that go while they are counted are passed over."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.lstat().st_size
        except OSError:
            continue
    return total


def _open(folder: Path) -> sqlite3.Connection:
    database = folder / DATABASE
    return sqlite3.connect(f"{database.absolute().as_uri()}?mode=rw", uri=True, timeout=5)


def _named_by_chroma(path: Path) -> bool:
    try:
        return path.is_dir() and str(UUID(path.name)) == path.name
    except ValueError:
        return False

"""A document's stored text by its path alone, without opening the vectors beside it."""

from contextlib import closing
from pathlib import Path

from index.places import Places
from index.schema import connect, sqlite_errors

_BY_PATH = "SELECT t.text FROM texts t JOIN documents d ON t.document = d.id WHERE d.path = ?"


def texts_of(home: Path, document: str) -> list[str]:
    """The texts of the documents with this path: one for each source that has one.

    Args:
        home: The home of an index; there may be none.
        document: Path relative to its source.

    Raises:
        StoreError: If the index cannot be read.
    """
    catalogue = Places(home).catalogue
    if not catalogue.exists():
        return []
    with closing(connect(catalogue, writing=False)) as connection, sqlite_errors():
        return [str(text) for (text,) in connection.execute(_BY_PATH, (document,))]

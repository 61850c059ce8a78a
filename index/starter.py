"""The documents that come with Lectern, for a first question."""

from contextlib import closing
from pathlib import Path

from index.errors import SettingsError
from index.places import Places
from index.schema import connect, named_sources, sqlite_errors


def starter_documents() -> Path:
    """The folder of starter documents: an installed wheel's own, else the checkout's `seeds/`.

    Raises:
        SettingsError: If neither is there.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "_seeds", package.parent / "seeds"):
        if folder.is_dir():
            return folder
    raise SettingsError(
        "There are no starter documents here.", hint="Name a folder: lectern index PATH"
    )


def starter_shelved(home: Path) -> bool:
    """Whether the starter documents are on the shelf; reads the catalogue and no more.

    Raises:
        StoreError: If the index cannot be read.
    """
    catalogue = Places(home).catalogue
    if not catalogue.exists():
        return False
    with closing(connect(catalogue, writing=False)) as connection, sqlite_errors():
        sources = named_sources(connection)
    return starter_documents().resolve() in sources

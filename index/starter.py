"""The documents that come with Lectern, for a first question."""

from pathlib import Path

from index.errors import SettingsError


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

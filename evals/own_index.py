"""An index for an evaluation's own folder, apart from the user's shelf."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import SettingsError
from index.harmless import harmless
from qa.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text


def own_home(paths: Sequence[Path], settings: Settings) -> Path:
    """Where the index of a folder, or of some folders and files, is kept for the next run."""
    resolved = sorted({path.resolve() for path in paths})
    named = "\0".join(map(str, resolved)).encode("utf-8", "surrogateescape")
    mark = hashlib.sha256(named).hexdigest()[:12]
    return settings.home / "evaluations" / f"{resolved[0].name or 'root'}-{mark}"


def checked(folder: Path) -> Path:
    """The folder, if there is one.

    Raises:
        SettingsError: If there is none.
    """
    folder = folder.expanduser()
    if not folder.is_dir():
        raise SettingsError(f"--documents names {str(folder)!r}, which is not a folder.")
    return folder


def prepare(paths: Sequence[Path], settings: Settings, console: "Console") -> Path:
    """Bring the index of the paths up to date, and say on the console what was skipped.

    The embedding model comes from the user's own home, the index goes into another one.

    Returns:
        The home of the index.

    Raises:
        SettingsError: If a setting cannot be used.
        StoreError: If the index cannot be written.
    """
    from index.embedder import Embedder
    from index.sync import synchronise

    home = own_home(paths, settings)
    with console.status("Indexing") as status:

        def show(stage: str, done: int, total: int, label: str) -> None:
            counted = f" {done}/{total}" if total else ""
            status.update(_text(f"{stage.capitalize()}{counted}  {label}"))

        outcome = synchronise(
            home,
            paths,
            Embedder(settings.embedder, home=settings.home),
            chunk_size=settings.chunk_size,
            chroma=settings.chroma,
            progress=show,
            notice=lambda sentence: console.print(_text(sentence)),
        )
    for skipped in outcome.skipped:
        console.print(_text(f"Skipped {skipped.path}: {skipped.reason}"))
    return home


def _text(line: str) -> "Text":
    """A line with names from outside in it, taken for text and not for markup."""
    from rich.text import Text

    return Text(harmless(line))

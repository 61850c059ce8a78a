"""An index for an evaluation's own folder, apart from the user's shelf."""

import hashlib
from collections.abc import Callable, Sequence
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
        raise SettingsError(
            f"The documents are to be in {str(folder)!r}, which is not a folder.",
            hint="Name the folder that holds the documents of the set.",
        )
    return folder


def prepare(paths: Sequence[Path], settings: Settings, console: "Console") -> Path:
    """Bring the index of the paths up to date, and say on the console what was skipped.

    Takes, returns and raises what `bring_up_to_date` does.
    """
    with console.status("Indexing") as status:
        return bring_up_to_date(
            paths,
            settings,
            progress=lambda line: status.update(_text(line)),
            notice=lambda sentence: console.print(_text(sentence)),
        )


def bring_up_to_date(
    paths: Sequence[Path],
    settings: Settings,
    *,
    progress: Callable[[str], None],
    notice: Callable[[str], None],
) -> Path:
    """Index what is new or has changed below the paths.

    The embedding model comes from the user's own home, the index goes into another one.

    Args:
        paths: Folders or files.
        settings: What the person set.
        progress: Told how far it is, in a line.
        notice: Told, in a sentence, what a person should know: of skipped files too.

    Returns:
        The home of the index.

    Raises:
        SettingsError: If a setting cannot be used.
        StoreError: If the index cannot be written.
    """
    from index.embedder import Embedder
    from index.sync import synchronise

    def show(stage: str, done: int, total: int, label: str) -> None:
        counted = f" {done}/{total}" if total else ""
        progress(f"{stage.capitalize()}{counted}  {label}")

    home = own_home(paths, settings)
    outcome = synchronise(
        home,
        paths,
        Embedder(settings.embedder, home=settings.home),
        chunk_size=settings.chunk_size,
        chroma=settings.chroma,
        progress=show,
        notice=notice,
    )
    for skipped in outcome.skipped:
        notice(f"Skipped {skipped.path}: {skipped.reason}")
    return home


def _text(line: str) -> "Text":
    """A line with names from outside in it, taken for text and not for markup."""
    from rich.text import Text

    return Text(harmless(line))

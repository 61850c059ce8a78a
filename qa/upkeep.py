"""Keep the shelf as its sources are: what the command line and the terminal app share."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from index.errors import LecternError
from index.places import Places
from index.report import IndexReport, Progress, silent
from index.sources import kept_list, whole
from index.walk import Skipped
from qa.settings import Settings

if TYPE_CHECKING:
    from index.embedder import SentenceEmbedder

STAGES = {
    "repairing": "Mending vectors",
    "indexing": "Indexing",
    "embedding": "Embedding passages",
}
"""The stages of a run in words."""


def bring_up(  # a run's every choice
    paths: Sequence[Path],
    settings: Settings,
    embedder: "SentenceEmbedder",
    *,
    rebuild: bool = False,
    wait: bool = True,
    progress: Progress = silent,
    notice: Callable[[str], None],
) -> IndexReport:
    """Synchronise as the settings say; takes and raises what `index.sync.synchronise` does."""
    from index.sync import synchronise

    return synchronise(
        settings.home,
        paths,
        embedder,
        chunk_size=settings.chunk_size,
        chroma=settings.chroma,
        rebuild=rebuild,
        wait=wait,
        progress=progress,
        notice=notice,
    )


def kept_up(
    paths: Sequence[Path],
    settings: Settings,
    synchronised: Callable[[], IndexReport],
    notice: Callable[[str], None],
    *,
    skipped: Sequence[Skipped] = (),
    stop: Event | None = None,
) -> Iterator[IndexReport]:
    """A report for every round in which something has changed.

    Args:
        paths: The sources to watch; none for all that are known.
        settings: Say where the index is.
        synchronised: Does a round.
        notice: Told what goes wrong, which is tried again with the next change.
        skipped: What has been reported already.
        stop: Ends the watch when it is set.

    Raises:
        StoreError: If the system does not let this many folders be watched.
    """
    from index.watch import rounds

    for _ in rounds(lambda: _watched(paths, settings), settings.home, stop=stop):
        try:
            report = synchronised()
        except LecternError as error:
            notice(f"{error} {error.hint}".strip())
            continue
        changes = report.added or report.changed or report.removed or report.repaired
        if changes or report.skipped != tuple(skipped):
            yield report
        skipped = report.skipped


def _watched(paths: Sequence[Path], settings: Settings) -> list[Path]:
    """What was named, else every source."""
    if paths:
        return [whole(path) for path in paths]
    return kept_list(Places(settings.home))

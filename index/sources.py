"""Which folders and files are on the shelf, and which of them a run is about."""

import json
import os
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from index.catalogue import Catalogue
from index.errors import SettingsError, StoreUnavailable
from index.places import Places
from index.walk import reaches, reason_of


def choose(catalogue: Catalogue, paths: Sequence[Path]) -> list[Path]:
    """The sources that `paths` stand for; new ones are added to the catalogue.

    A path within a known source stands for that source. One above known sources takes them
    over with what has been indexed of them. No path stands for all sources.

    Raises:
        SettingsError: If a path is neither known nor can be seen; nothing has been changed then.
    """
    known = catalogue.sources()
    wanted = [whole(path) for path in paths]
    for path in wanted:
        if path not in known:
            _check(path)
    chosen = [_source_of(catalogue, path) for path in wanted] if paths else list(known)
    return [source for source in dict.fromkeys(chosen) if source in catalogue.sources()]


def whole(path: Path) -> Path:
    """A path as sources have it: absolute, without links, whatever is there."""
    # Where nothing can be made of a link or of a user's name, pathlib raises.
    return Path(os.path.realpath(os.path.expanduser(path)))  # noqa: PTH111


def _check(path: Path) -> None:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        hint = "Check the spelling of the path."
        raise SettingsError(f"{path} is not there.", hint=hint) from error
    except OSError as error:
        raise SettingsError(f"{path} is {reason_of(error)}.") from error


def _source_of(catalogue: Catalogue, path: Path) -> Path:
    known = catalogue.sources()
    for source in known:
        if path == source or reaches(source, path):
            return source
    with catalogue.transaction():
        catalogue.add_source(path)
    for source in known:
        if os.path.exists(source) and reaches(path, source):  # noqa: PTH110
            catalogue.absorb(source, path)
    return path


def keep_list(places: Places, sources: Iterable[Path]) -> None:
    """Note the sources beside the catalogue, which may be damaged one day.

    Raises:
        StoreUnavailable: If the list cannot be written.
    """
    listed = list(sources)
    if listed == kept_list(places):
        return
    beside = places.source_list.with_suffix(".new")
    try:
        with beside.open("w", encoding="utf-8") as file:
            beside.chmod(0o600)
            json.dump([str(source) for source in listed], file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(places.source_list)
    except OSError as error:
        raise StoreUnavailable(f"{beside} could not be written: {error.strerror}.") from error


def forgotten(places: Places, known: Collection[Path]) -> list[Path]:
    """Sources that were noted and that a damaged catalogue has lost."""
    noted = kept_list(places)
    return [path for path in noted if not any(path == k or reaches(k, path) for k in known)]


def kept_list(places: Places) -> list[Path]:
    """The sources that were noted last; none where there is no such note."""
    try:
        listed = json.loads(places.source_list.read_text("utf-8"))
    except (OSError, ValueError):
        return []
    if not isinstance(listed, list):
        return []
    return [Path(source) for source in listed if isinstance(source, str)]

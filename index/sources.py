"""Which folders and files are on the shelf, and which of them a run is about."""

from collections.abc import Sequence
from pathlib import Path

from index.catalogue import Catalogue
from index.errors import SettingsError
from index.walk import reaches


def choose(catalogue: Catalogue, paths: Sequence[Path]) -> list[Path]:
    """The sources that `paths` stand for; new ones are added to the catalogue.

    A path within a known source stands for that source. One above known sources takes them
    over with what has been indexed of them. No path stands for all sources.

    Raises:
        SettingsError: If a path is neither there nor known; nothing has been changed then.
    """
    known = catalogue.sources()
    wanted = [path.expanduser().resolve() for path in paths]
    for path in wanted:
        if not path.exists() and path not in known:
            raise SettingsError(f"{path} is not there.", hint="Check the spelling of the path.")
    chosen = [_source_of(catalogue, path) for path in wanted] if paths else list(known)
    return [source for source in dict.fromkeys(chosen) if source in catalogue.sources()]


def _source_of(catalogue: Catalogue, path: Path) -> Path:
    known = catalogue.sources()
    for source in known:
        if path == source or reaches(source, path):
            return source
    with catalogue.transaction():
        catalogue.add_source(path)
    for source in known:
        if source.exists() and reaches(path, source):
            catalogue.absorb(source, path)
    return path

"""Open what an index is kept in, and bring the vectors back in step with the catalogue."""

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from itertools import islice
from pathlib import Path

import numpy as np

from index.catalogue import Catalogue
from index.entries import Built
from index.errors import IndexOutdated, StoreError, StoreUnavailable
from index.intake import GROUP, Intake
from index.places import Places, delete_database
from index.schema import named_sources
from index.sources import forgotten, kept_list
from index.vectors import Vectors


def open_catalogue(places: Places, notice: Callable[[str], None], *, rebuild: bool) -> Catalogue:
    """The catalogue in use, made if there is none.

    One that has lost sources gets back those that were noted. Where everything is to be built anew,
    one that is damaged is replaced, and the sources it named are kept as far as they can be read
    or were noted.

    Raises:
        IndexOutdated: If a later version of Lectern wrote it; it is left as it is.
        StoreError: If it cannot be opened, and `rebuild` is off.
    """
    try:
        with ExitStack() as opened:
            catalogue = opened.enter_context(closing(Catalogue(places.catalogue)))
            if not rebuild or catalogue.sound():
                usable = _with_sources(catalogue, forgotten(places, catalogue.sources()))
                opened.pop_all()
                return usable
    except (StoreUnavailable, IndexOutdated):
        raise
    except StoreError:
        if not rebuild:
            raise
    sources = _salvaged_sources(places)
    saved = ", ".join(map(str, sources)) or "none; name your folders again"
    notice(f"The catalogue was damaged. Sources saved from it: {saved}.")
    delete_database(places.catalogue)
    shutil.rmtree(places.chroma, ignore_errors=True)
    return _with_sources(Catalogue(places.catalogue), sources)


def _with_sources(catalogue: Catalogue, sources: Sequence[Path]) -> Catalogue:
    if sources:
        with catalogue.transaction():
            for source in sources:
                catalogue.add_source(source)
    return catalogue


def _salvaged_sources(places: Places) -> list[Path]:
    listed = kept_list(places)
    try:
        with closing(sqlite3.connect(places.catalogue)) as connection:
            named = named_sources(connection)
    except sqlite3.Error:
        named = []
    return sorted({*listed, *named})


def open_next_catalogue(places: Places, wanted: Built) -> Catalogue:
    """The catalogue that is being built beside the one in use; an interrupted one goes on."""
    try:
        with ExitStack() as opened:
            catalogue = opened.enter_context(closing(Catalogue(places.next_catalogue)))
            if catalogue.built() == wanted and catalogue.sound():
                opened.pop_all()
                return catalogue
    except StoreUnavailable:
        raise
    except StoreError:
        pass  # it is of no use to anyone yet, so it is begun again
    delete_database(places.next_catalogue)
    catalogue = Catalogue(places.next_catalogue)
    with catalogue.transaction():
        catalogue.set_built(wanted)
    return catalogue


def open_vectors(location: Path | str, built: Built, notice: Callable[[str], None]) -> Vectors:
    """The collection that belongs to a catalogue; a damaged folder is emptied first.

    Raises:
        StoreError: If a server does not answer, or the folder cannot be used even when empty.
    """
    try:
        return Vectors.open(location, built.collection)
    except StoreUnavailable:
        raise
    except StoreError:
        if not isinstance(location, Path):
            raise
        notice("The vectors were damaged and are made again from the catalogue.")
        shutil.rmtree(location, ignore_errors=True)
        return Vectors.open(location, built.collection)


def repair(intake: Intake) -> int:
    """Embed the chunks that have no vector, and delete the vectors that have no chunk.

    Returns:
        How many vectors were missing or left over.
    """
    catalogue, vectors = intake.catalogue, intake.vectors
    chunks, held = catalogue.chunk_ids(), vectors.ids()
    left_over, missing = sorted(held - chunks), sorted(chunks - held)
    if left_over:
        vectors.delete(left_over)
    waiting, done = iter(missing), 0
    while part := list(islice(waiting, GROUP)):
        intake.progress("repairing", done, len(missing), "")
        rows = np.array(list(intake.embed(list(catalogue.chunks(part)))), np.float32)
        with catalogue.transaction():  # for the generation: readers look again
            vectors.add(part, rows)
        done += len(part)
    return len(left_over) + len(missing)

"""Examine an index: each check is one function and gives findings, changing nothing."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.catalogue import Catalogue
from index.embedder import SentenceEmbedder
from index.entries import Built
from index.errors import IndexLocked, IndexOutdated, StoreError, StoreUnavailable
from index.exposure import check_exposure
from index.finding import Finding, Mend, fine, problem, warning
from index.fingerprint import fingerprint
from index.lock import writing
from index.pending import check_sources
from index.places import Places
from index.probe import Probe, probe
from index.sources import forgotten, kept_list
from index.vector_files import size, stray_graphs

LITTLE = 1_000_000_000
"""Bytes of free disk below which a person is warned."""
TOO_LITTLE = 100_000_000
"""Bytes of free disk below which an ordinary run is likely to fail."""

_PER_VECTOR = 600
"""Bytes that Chroma keeps for a vector besides its numbers: 64 neighbours, keys, a row."""
_SLACK = 16_000_000
"""Bytes: Chroma's journal holds up to a thousand vectors a second time."""

_REPAIR = "Run `lectern doctor --repair`."


@dataclass(frozen=True, slots=True)
class Expected:
    """What the settings say that the index should be."""

    embedder: SentenceEmbedder
    chunk_size: int
    """Characters."""
    chroma: str = ""
    """Address of a Chroma server; empty for the folder beside the catalogue."""


def check_index(home: Path, expected: Expected) -> list[Finding]:
    """Everything about the index under `home`; another process must not write it meanwhile."""
    places = Places(home)
    if not home.exists():
        return [warning("index", "Nothing has been indexed yet.", "Run `lectern index PATH`.")]
    return [check_exposure(home), check_disk(home), *_index(places, expected)]


def check_disk(home: Path) -> Finding:
    """Whether there is room to go on."""
    free = shutil.disk_usage(home).free
    said = f"{free / 1e9:,.1f} GB are free for {home}."
    if free >= LITTLE:
        return fine("disk", said)
    remedy = "Make room, or set LECTERN_HOME to a folder on a larger disk."
    return (problem if free < TOO_LITTLE else warning)("disk", said, remedy)


def _index(places: Places, expected: Expected) -> list[Finding]:
    if not places.catalogue.exists():
        return [check_lost_catalogue(places)]
    try:
        with writing(places, lambda _: None, wait=False):
            return list(_at_rest(places, expected))
    except IndexLocked as error:
        return [warning("index", f"{error} It was not examined.", "Try again when it has ended.")]
    except StoreError as error:
        return [problem("index", str(error), f"See that you may write to {places.folder}.")]


def _at_rest(places: Places, expected: Expected) -> Iterator[Finding]:
    location = expected.chroma or places.chroma
    yield from check_leftovers(places)
    try:
        opened = Catalogue(places.catalogue)
    except (StoreUnavailable, IndexOutdated) as error:
        yield problem("catalogue", str(error), error.hint)
        return
    except StoreError as error:
        yield problem("catalogue", str(error), error.hint or _REPAIR, Mend.REBUILD)
        return
    with closing(opened) as catalogue:
        yield (state := check_catalogue(catalogue))
        built = catalogue.built()
        if state.mend or built is None:
            return
        yield check_fingerprint(built, expected)
        yield from check_vectors(catalogue, built, location)
        yield from check_sources(catalogue)
        yield from check_forgotten(places, catalogue)


def check_lost_catalogue(places: Places) -> Finding:
    """Why there is no catalogue: it was never made, or it has gone."""
    if listed := kept_list(places):
        message = f"The catalogue is gone; {len(listed)} sources were noted beside it."
        return problem("catalogue", message, _REPAIR, Mend.SYNCHRONISE)
    return warning("index", "Nothing has been indexed yet.", "Run `lectern index PATH`.")


def check_catalogue(catalogue: Catalogue) -> Finding:
    """Whether the catalogue can be read throughout."""
    try:
        if catalogue.built() is None:
            message = "The first run was interrupted before anything was indexed."
            return problem("catalogue", message, "Run `lectern index`.", Mend.SYNCHRONISE)
        if catalogue.sound():
            documents = sum(map(len, map(catalogue.documents, catalogue.sources().values())))
            return fine("catalogue", f"It is sound and holds {documents} documents.")
    except StoreError as error:
        return problem("catalogue", str(error), _REPAIR, Mend.REBUILD)
    return problem("catalogue", "It is damaged.", _REPAIR, Mend.REBUILD)


def check_fingerprint(built: Built, expected: Expected) -> Finding:
    """Whether the vectors come from the embedding model and chunks that are set."""
    embedder, subject = expected.embedder, "fingerprint"
    if built.embedder != embedder.fingerprint:
        message = f"The index was built with {built.embedder_name!r}, not {embedder.name!r}."
        remedy = "Run `lectern index` to build it anew, or set `embedder` back."
        return problem(subject, message, remedy, Mend.SYNCHRONISE)
    if built.fingerprint != fingerprint(embedder, expected.chunk_size):
        message = "The index was built with another chunk size or an earlier version of Lectern."
        return warning(subject, message, "Run `lectern index`.", Mend.SYNCHRONISE)
    return fine(subject, f"The index was built with {built.embedder_name}, as set.")


def check_vectors(catalogue: Catalogue, built: Built, location: Path | str) -> Iterator[Finding]:
    """Whether each chunk has its vector, every vector is sound and none is left over."""
    if isinstance(location, Path) and not location.exists():
        yield problem("vectors", f"{location} is gone.", "Run `lectern index`.", Mend.SYNCHRONISE)
        return
    try:
        found = probe(location, built)
    except StoreUnavailable as error:
        yield problem("vectors", str(error), error.hint)
        return
    except StoreError as error:
        mend = Mend.EMPTY if isinstance(location, Path) else None
        remedy = _REPAIR if mend else f"See that {location} is running."
        yield problem("vectors", f"They cannot be read. {error}", remedy, mend)
        return
    yield _compared(catalogue.chunk_ids(), found, location)
    if found.others:
        message = f"{len(found.others)} collections of an interrupted build are left."
        yield warning("vectors", message, _REPAIR, Mend.REWRITE)
    if isinstance(location, Path):
        yield check_size(location, found)


def _compared(chunks: set[int], found: Probe, location: Path | str) -> Finding:
    missing, left_over = len(chunks - found.ids), len(found.ids - chunks)
    counted = f"{len(found.ids)} vectors for {len(chunks)} passages"
    if found.unsound:
        mend = Mend.EMPTY if isinstance(location, Path) else Mend.REBUILD
        message = f"{counted}; {found.unsound} of them are not what was stored."
        return problem("vectors", message, _REPAIR, mend)
    if missing:
        message = f"{counted}: {missing} are missing and {left_over} left over."
        return problem("vectors", message, "Run `lectern index`.", Mend.SYNCHRONISE)
    if left_over:
        message = f"{counted}: {left_over} are left over."
        return warning("vectors", message, "Run `lectern index`.", Mend.SYNCHRONISE)
    return fine("vectors", f"{counted}, each one sound.")


def check_size(folder: Path, found: Probe) -> Finding:
    """Whether the vectors' files are much larger than what they hold."""
    held = len(found.ids) * (4 * found.dimension + _PER_VECTOR)
    there = size(folder)
    said = f"{there / 1e6:,.1f} MB on disk for {len(found.ids)} vectors."
    if stray_graphs(folder) or there > 3 * held + _SLACK:
        return warning("vector files", f"{said} Deleted ones are left.", _REPAIR, Mend.REWRITE)
    return fine("vector files", said)


def check_forgotten(places: Places, catalogue: Catalogue) -> Iterator[Finding]:
    """Whether the catalogue has lost a source, as it does where its journal is cut."""
    for source in forgotten(places, catalogue.sources()):
        message = f"{source} was a source, and the catalogue has lost it."
        yield problem("sources", message, "Run `lectern index`.", Mend.SYNCHRONISE)


def check_leftovers(places: Places) -> Iterator[Finding]:
    """What an interrupted build left behind."""
    if places.next_catalogue.exists():
        message = "A build of the whole index was interrupted; the old one answers."
        yield warning("leftovers", message, "Run `lectern index`.", Mend.SYNCHRONISE)

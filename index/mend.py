"""Mend what an examination found."""

import shutil
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

from index.catalogue import Catalogue
from index.checkup import Expected
from index.errors import StoreError
from index.exposure import close
from index.finding import Mend
from index.lock import writing
from index.places import Places
from index.report import Progress, silent
from index.rewrite import rewrite
from index.sync import Notice, synchronise, unheard


def mend(
    home: Path,
    expected: Expected,
    mends: Collection[Mend],
    *,
    progress: Progress = silent,
    notice: Notice = unheard,
) -> None:
    """Do each of `mends`, in their order; the sources' files and the settings are not touched.

    Raises:
        StoreError: If the index cannot be read or written.
    """
    places = Places(home)
    if Mend.CLOSE in mends:
        try:
            close(home)
        except OSError as error:
            raise StoreError(f"The rights on {home} stay as they are: {error.strerror}.") from error
    if Mend.EMPTY in mends:
        notice("The vectors are made again from the catalogue.")
        with writing(places, notice):
            shutil.rmtree(places.chroma, ignore_errors=True)
    if {Mend.EMPTY, Mend.REBUILD, Mend.SYNCHRONISE}.intersection(mends):
        synchronise(
            home,
            [],
            expected.embedder,
            chunk_size=expected.chunk_size,
            chroma=expected.chroma,
            rebuild=Mend.REBUILD in mends,
            progress=progress,
            notice=notice,
        )
    if Mend.REWRITE in mends:
        location = expected.chroma or places.chroma
        with writing(places, notice), closing(Catalogue(places.catalogue)) as catalogue:
            rewrite(catalogue, location, notice)

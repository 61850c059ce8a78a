"""Write the vectors afresh, so that nothing of those that were deleted stays on disk."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np

from index.catalogue import Catalogue
from index.repair import open_vectors
from index.vector_files import wipe

_TOGETHER = 1000
"""Vectors that are copied at a time."""


def rewrite(catalogue: Catalogue, location: Path | str, notice: Callable[[str], None]) -> None:
    """Copy the vectors of every chunk into a fresh collection and drop the one in use.

    Chroma marks a vector as deleted and leaves it in its files. Nothing is embedded, and
    readers find the one collection or the other; an interrupted copy is dropped by the next
    run. On a server nothing is done: its files are not ours.

    Raises:
        StoreError: If the vectors cannot be read or written.
    """
    built = catalogue.built()
    if built is None or not isinstance(location, Path):
        return
    after = replace(built, build=built.build + 1)
    ids = sorted(catalogue.chunk_ids())
    with (
        closing(open_vectors(location, built, notice)) as old,
        closing(open_vectors(location, after, notice)) as new,
    ):
        for start in range(0, len(ids), _TOGETHER):
            if held := old.get(ids[start : start + _TOGETHER]):
                new.add(list(held), np.array(list(held.values()), np.float32))
        with catalogue.transaction():
            catalogue.set_built(after)
        new.drop_others(after.collections)
    if not wipe(location):
        notice(
            "Another program reads the vectors: deleted ones stay in their files until the next"
            " removal or `lectern index --rebuild`."
        )

"""Read every vector in a process of its own: a damaged graph can end the process that reads it."""

import json
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.ending import ending
from index.entries import Built
from index.errors import StoreError, StoreUnavailable

if TYPE_CHECKING:
    from index.vectors import Vectors

_PROGRAM = "import sys; sys.path[:] = sys.argv[4:]; from index.probe import report; report()"
_UNAVAILABLE, _DAMAGED = 3, 4
"""Exit codes where nothing is said against the vectors, and where they are known to be spoilt."""
_FROM_OUTSIDE = ("SIGKILL", "SIGTERM", "SIGINT", "SIGHUP")
"""Signals that tell nothing of the vectors: others send them, the system where memory is short."""
_TOGETHER = 2000
"""Vectors that are read at a time."""
_PATIENCE = 900
"""Seconds; a million vectors take two minutes."""
_CLOSE = 0.01
"""How far from 1 the length of a unit vector may be, for float32 and Chroma's own scaling."""


@dataclass(frozen=True, slots=True)
class Probe:
    """What a collection holds."""

    ids: frozenset[int]
    """Of every vector."""
    unsound: int
    """Vectors that are not of unit length, so that they are not what was stored."""
    dimension: int
    """0 where there are none."""
    others: tuple[str, ...]
    """Collections of the same shelf that are not in use."""


def probe(location: Path | str, built: Built) -> Probe:
    """Read all vectors of the collection in use.

    Raises:
        StoreUnavailable: If they cannot be read at present.
        StoreError: If they are damaged, with the reason.
    """
    words = [str(location), built.collection, built.collections]
    command = [sys.executable, "-c", _PROGRAM, *words, *sys.path]
    try:
        ended = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired as error:
        raise StoreUnavailable(f"Reading them took more than {_PATIENCE} seconds.") from error
    if ended.returncode < 0:
        how = ending(ended.returncode)
        kind = StoreUnavailable if how in _FROM_OUTSIDE else StoreError
        raise kind(f"Reading them ends the process that does it ({how}).")
    said = ended.stderr.decode(errors="replace").strip().rpartition("\n")[2]
    if ended.returncode == _UNAVAILABLE:
        raise StoreUnavailable(said)
    if ended.returncode == _DAMAGED:
        raise StoreError(said)
    if ended.returncode:
        raise StoreUnavailable(f"They could not be examined: {said}")
    found = json.loads(ended.stdout)
    return Probe(
        frozenset(found["ids"]), found["unsound"], found["dimension"], tuple(found["others"])
    )


def report() -> None:
    """In the process of its own: write what there is to standard output, as JSON."""
    from index.vectors import Vectors

    location, name, prefix = sys.argv[1:4]
    place = location if location.startswith(("http://", "https://")) else Path(location)
    try:
        with closing(Vectors.open(place, name, create=False)) as vectors:
            ids = sorted(vectors.ids())
            unsound, dimension = _examined(vectors, ids)
            others = vectors.others(prefix)
    except StoreError as error:
        sys.stderr.write(str(error).replace("\n", " "))
        sys.exit(_UNAVAILABLE if isinstance(error, StoreUnavailable) else _DAMAGED)
    found = {"ids": ids, "unsound": unsound, "dimension": dimension, "others": others}
    sys.stdout.write(json.dumps(found))


def _examined(vectors: "Vectors", ids: list[int]) -> tuple[int, int]:
    """How many vectors are unsound, and their dimension."""
    unsound, dimension = 0, 0
    for start in range(0, len(ids), _TOGETHER):
        part = ids[start : start + _TOGETHER]
        rows = np.array(list(vectors.get(part).values()), np.float64)
        if len(rows):
            dimension = rows.shape[1]
            lengths = np.linalg.norm(rows, axis=1)
            unsound += int((~(np.abs(lengths - 1) < _CLOSE)).sum())
        unsound += len(part) - len(rows)
    return unsound, dimension

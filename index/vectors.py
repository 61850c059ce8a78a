"""The vectors, in Chroma: the only file that knows chromadb.

Chroma holds nothing but a vector for each chunk's key. It is derived from the catalogue and
can be thrown away at any time; the next synchronisation fills it again.
"""

import errno
import shutil
from collections.abc import Collection as Group
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from index.errors import StoreError, StoreUnavailable

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.api.models.Collection import Collection
    from chromadb.config import Settings

EXACT_LIMIT = 20_000
"""Chunks up to which every vector is compared: nothing is missed, with a filter or without.
Reading the vectors costs a process 0.12 ms each, once (2.4 s for 20,000 on 2 cores); a search
then takes about 1 ms for each thousand."""

_HNSW: "CreateHNSWConfiguration" = {
    "space": "cosine",
    "ef_search": 400,
    "ef_construction": 200,
    "max_neighbors": 32,
}
"""Beyond that, Chroma's own index: 10 to 20 ms a search, cold or warm. Of the 50 nearest among
10,000 chunks of news (hashed words, 384 dimensions) it found 96%, for 1.3 ms a vector when
added; with Chroma's own graph of 16 neighbours 94%, for 0.7 ms."""

_PASSING = (
    "disk is full",
    "disk I/O error",
    "database is locked",
    "readonly database",
    "unable to open database file",
    *(f"os error {number}" for number in (errno.ENOSPC, errno.EFBIG, errno.EACCES, errno.EMFILE)),
    *(f"[Errno {number}]" for number in (errno.ENOSPC, errno.EFBIG, errno.EACCES, errno.EMFILE)),
)
"""What SQLite, Rust and Python say, through Chroma, of failures that say nothing against the
files."""

_ROOM = 32_000_000
"""Bytes free below which a failure that Chroma gives no reason for is put down to the disk: what
it moves from its journal to its graph, it writes twice."""

_FILTERED = 400
"""Candidates asked for at least where most of them may be filtered out again."""


class Vectors:
    """One collection of unit vectors, keyed by chunk id.

    The process's clients of one folder share what Chroma keeps open for it, and the last
    `close` lets go of it, so close what you open.
    """

    def __init__(self, location: Path | str, client: "Client", collection: "Collection") -> None:
        self._location = location
        self._client = client
        self._collection = collection
        self._size: int | None = None
        """How many there are, once it was asked: Chroma counts 100,000 in 12 ms, each time."""
        self._matrix: tuple[NDArray[np.int64], NDArray[np.float32]] | None = None

    @classmethod
    def open(cls, location: Path | str, name: str, *, create: bool = True) -> "Vectors":
        """The collection called `name` in a folder, or on a server if `location` is a URL.

        Raises:
            StoreError: If Chroma cannot be opened, or `create` is off and there is no such
                collection.
        """
        with _chroma_errors(location):
            client = _client(location)
            try:
                collection = _collection(client, name, create)
                # A damaged index shows here, and nowhere before.
                collection.get(limit=1, include=["embeddings"])
                collection.count()
                return cls(location, client, collection)
            except BaseException:
                _close(client)
                raise

    @property
    def name(self) -> str:
        return self._collection.name

    def close(self) -> None:
        """Let go of the files; calling it twice is harmless."""
        self._matrix = None
        with _chroma_errors(self._location):
            _close(self._client)

    def count(self) -> int:
        with _chroma_errors(self._location):
            return self._collection.count()

    def ids(self) -> set[int]:
        """The keys of every vector held."""
        with _chroma_errors(self._location):
            return {int(key) for key in self._collection.get(include=[])["ids"]}

    def add(self, ids: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Keep one vector for each id, in place of any that it had.

        Args:
            ids: Chunk ids, no two the same.
            vectors: float32, (len(ids), dim), rows of unit length.
        """
        self._forget()
        with _chroma_errors(self._location):
            for part in self._batches(len(ids)):
                self._collection.upsert(ids=_keys(ids[part]), embeddings=vectors[part])

    def delete(self, ids: Sequence[int]) -> None:
        """Drop these vectors; ids without one are passed over."""
        self._forget()
        with _chroma_errors(self._location):
            for part in self._batches(len(ids)):
                self._collection.delete(ids=_keys(ids[part]))

    def get(self, ids: Sequence[int]) -> dict[int, NDArray[np.float32]]:
        """The vectors of those `ids` that have one."""
        found: dict[int, NDArray[np.float32]] = {}
        for part in self._batches(len(ids)):
            keys, rows = self._fetch(_keys(ids[part]))
            found |= dict(zip(keys.tolist(), rows, strict=True))
        return found

    def nearest(
        self, vector: NDArray[np.float32], limit: int, *, among: Group[int] | None = None
    ) -> list[tuple[int, float]]:
        """The ids whose vectors are most like `vector`, with their cosine similarity, best first.

        Args:
            vector: float32, (dim,), of unit length.
            limit: How many at most.
            among: Only these ids; every id by default.
        """
        if limit < 1 or (among is not None and not among):
            return []
        if self._size is None:
            self._size = self.count()
        if self._size <= EXACT_LIMIT:
            return _best(*self._all(), vector, limit, among)
        if among is not None and len(among) <= EXACT_LIMIT:
            found = self.get(sorted(among))
            return _best(np.array([*found], np.int64), np.array([*found.values()]), vector, limit)
        return self._approximately(vector, limit, among)

    def others(self, prefix: str) -> list[str]:
        """The names of the other collections that begin with `prefix`."""
        with _chroma_errors(self._location):
            names = [collection.name for collection in self._client.list_collections()]
        return [name for name in names if name.startswith(prefix) and name != self.name]

    def drop_others(self, prefix: str) -> None:
        """Delete every other collection whose name begins with `prefix`."""
        with _chroma_errors(self._location):
            for name in self.others(prefix):
                self._client.delete_collection(name)

    def _forget(self) -> None:
        self._size = self._matrix = None

    def _all(self) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        if self._matrix is None:
            self._matrix = self._fetch(None)
        return self._matrix

    def _fetch(self, keys: list[str] | None) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        with _chroma_errors(self._location):
            got = self._collection.get(ids=keys, include=["embeddings"])
        return np.array(got["ids"], np.int64), np.asarray(got["embeddings"], np.float32)

    def _approximately(
        self, vector: NDArray[np.float32], limit: int, among: Group[int] | None
    ) -> list[tuple[int, float]]:
        wanted = limit if among is None else max(limit * 10, _FILTERED)
        with _chroma_errors(self._location):
            got = self._collection.query(
                query_embeddings=vector[None, :], n_results=wanted, include=["distances"]
            )
        distances = (got["distances"] or [[]])[0]
        pairs = ((int(key), 1.0 - far) for key, far in zip(got["ids"][0], distances, strict=True))
        allowed = None if among is None else frozenset(among)
        return [pair for pair in pairs if allowed is None or pair[0] in allowed][:limit]

    def _batches(self, count: int) -> Iterator[slice]:
        step = self._client.get_max_batch_size()
        return (slice(start, start + step) for start in range(0, count, step))


def _best(
    ids: NDArray[np.int64],
    rows: NDArray[np.float32],
    vector: NDArray[np.float32],
    limit: int,
    among: Group[int] | None = None,
) -> list[tuple[int, float]]:
    if among is not None:
        kept = np.isin(ids, np.fromiter(among, np.int64, len(among)))
        ids, rows = ids[kept], rows[kept]
    if not len(ids):
        return []
    scores = rows @ vector
    order = np.lexsort((ids, -scores))[:limit]
    return [(int(ids[at]), float(scores[at])) for at in order]


def _keys(ids: Sequence[int]) -> list[str]:
    return [str(key) for key in ids]


def _client(location: Path | str) -> "Client":
    import chromadb  # 1.6 s
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if isinstance(location, Path):
        location.mkdir(parents=True, exist_ok=True, mode=0o700)
        return _folder_client(str(location), settings)
    address = urlsplit(location)
    secure = address.scheme == "https"
    client = chromadb.HttpClient(
        host=address.hostname or "localhost",
        port=address.port or (443 if secure else 8000),
        ssl=secure,
        settings=settings,
    )
    return cast("Client", client)


def _folder_client(folder: str, settings: "Settings") -> "Client":
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient

    try:
        # Declared as an interface without the `close` that it has.
        return cast("Client", chromadb.PersistentClient(folder, settings=settings))
    except BaseException:
        # Chroma keeps what failed to start, and would hand it out again for this folder.
        if folder not in SharedSystemClient._identifier_to_refcount:
            SharedSystemClient._identifier_to_system.pop(folder, None)
        raise


def _close(client: "Client") -> None:
    client.close()
    # Chroma leaves its connections to a server open.
    for owner in (client, client._admin_client):
        if session := getattr(getattr(owner, "_server", None), "_session", None):
            session.close()


def _collection(client: "Client", name: str, create: bool) -> "Collection":
    if not create:
        return client.get_collection(name, embedding_function=None)
    return client.get_or_create_collection(
        name,
        embedding_function=None,  # else Chroma would fetch a model of its own
        configuration={"hnsw": _HNSW},
    )


def _is_full(location: Path | str) -> bool:
    try:
        return isinstance(location, Path) and shutil.disk_usage(location).free < _ROOM
    except OSError:
        return False


@contextmanager
def _chroma_errors(location: Path | str) -> Iterator[None]:
    """Chroma's and its server's failures as ours."""
    import httpx
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, httpx.HTTPError, OSError, ValueError, RuntimeError) as error:
        if any(sign in str(error) for sign in _PASSING):
            message = f"The vectors could not be read or written: {error}."
            raise StoreUnavailable(message) from error
        if _is_full(location):
            message = f"The vectors could not be read or written; the disk is full: {error}."
            raise StoreUnavailable(message) from error
        raise StoreError(
            f"The vectors could not be read or written: {error}",
            hint="Run `lectern index --rebuild`; with a Chroma server, see that it is running.",
        ) from error

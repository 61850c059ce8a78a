"""Take documents in: read, split, embed and store them, a few at a time."""

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.catalogue import Catalogue
from index.document import Chunk, Document
from index.embedder import SentenceEmbedder
from index.entries import Kept, Stamp
from index.fingerprint import digest_of, embedded_text
from index.report import Progress
from index.splitter import split
from index.vectors import Vectors

GROUP = 64
"""Chunks that are embedded and stored together: what an interrupted run may lose, and enough
to keep the embedding model busy."""

_FRESH = 2_000_000_000
"""Nanoseconds; FAT keeps times to two seconds, so a younger file may change unseen."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document on its way in."""

    source: int
    document: Document
    stamp: Stamp
    chunks: tuple[Chunk, ...]
    """With the ids of those that last from its earlier version."""
    digests: tuple[str, ...]
    replaces: int | None
    """The key of its earlier version."""


@dataclass(slots=True)
class Intake:
    """Collects documents and stores them whenever there are chunks enough for a group."""

    catalogue: Catalogue
    vectors: Vectors
    embedder: SentenceEmbedder
    chunk_size: int
    progress: Progress
    embedded: int = 0
    """Chunks that the embedding model was run on."""
    removed: int = 0
    """Documents that were taken off the shelf and have no later version."""
    _waiting: list[Arrival] = field(default_factory=list)

    def add(self, source: int, document: Document, stamp: Stamp, earlier: Kept | None) -> None:
        """Take in a document, in place of its earlier version.

        Of that, a chunk that says the same keeps its id, its words and its vector.
        """
        chunks = tuple(split(document, size=self.chunk_size))
        digests = self._digests(document, chunks)
        replaces = earlier.id if earlier else None
        if replaces is not None:
            chunks = tuple(self.catalogue.lasting(replaces, chunks, digests))
        self._waiting.append(Arrival(source, document, stamp, chunks, digests, replaces))
        if sum(len(arrival.chunks) for arrival in self._waiting) >= GROUP:
            self.flush()

    def _digests(self, document: Document, chunks: Sequence[Chunk]) -> tuple[str, ...]:
        """What each chunk is embedded as; those of a copy, as those of its original.

        A file under two names differs in its title at most, where that is the name itself,
        which is no reason to embed all of it twice. It is kept and cited under both.
        """
        copied = self.catalogue.digests_by_text(document.digest)
        for arrival in self._waiting:
            if arrival.document.digest == document.digest:
                copied |= {c.text: d for c, d in zip(arrival.chunks, arrival.digests, strict=True)}
        return tuple(copied.get(chunk.text) or digest_of(chunk) for chunk in chunks)

    def flush(self) -> None:
        """Store what is waiting.

        The vectors are written before the catalogue is committed: what a crash leaves is
        vectors without chunks, which the next run deletes, never a chunk without its vector.
        """
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        rows = self._rows(waiting)
        ids: list[int] = []
        gone: list[int] = []
        with self.catalogue.transaction():
            for arrival in waiting:
                ids += self._put(arrival)
                if arrival.replaces is not None:
                    gone += self.catalogue.remove([arrival.replaces])
            self.vectors.add(ids, rows)
        self.vectors.delete(gone)

    def remove(self, keys: Sequence[int]) -> None:
        """Take documents off the shelf."""
        if not keys:
            return
        with self.catalogue.transaction():
            gone = self.catalogue.remove(keys)
        self.vectors.delete(gone)
        self.removed += len(keys)

    def _put(self, arrival: Arrival) -> list[int]:
        chunks = list(zip(arrival.chunks, arrival.digests, strict=True))
        return self.catalogue.put(
            *(arrival.source, arrival.document, arrival.stamp, chunks), earlier=arrival.replaces
        )

    def _rows(self, arrivals: Sequence[Arrival]) -> NDArray[np.float32]:
        """A vector for each new chunk; one that is on the shelf already is not embedded again."""
        both = [(d, c) for a in arrivals for d, c in zip(a.digests, a.chunks, strict=True)]
        new = [(digest, chunk) for digest, chunk in both if not chunk.id]
        chunks = dict(new)
        stored = self.catalogue.ids_by_digest(chunks)
        held = self.vectors.get(list(stored.values()))
        rows = {digest: held[key] for digest, key in stored.items() if key in held}
        missing = [digest for digest in chunks if digest not in rows]
        embedded = self.embed([chunks[digest] for digest in missing])
        rows |= dict(zip(missing, embedded, strict=True))
        return np.array([rows[digest] for digest, _ in new], np.float32)

    def embed(self, chunks: Sequence[Chunk]) -> Iterator[NDArray[np.float32]]:
        """The vector of each chunk."""
        for start in range(0, len(chunks), GROUP):
            part = chunks[start : start + GROUP]
            self.progress("embedding", start, len(chunks), "")
            yield from self.embedder.encode_documents([embedded_text(chunk) for chunk in part])
            self.embedded += len(part)
            self.progress("embedding", start + len(part), len(chunks), "")


def stamp_of(path: Path) -> Stamp:
    """Size and time of a file, to be taken before it is read.

    Raises:
        OSError: If it is not there.
    """
    status = path.stat()
    settled = time.time_ns() - status.st_mtime_ns > _FRESH
    return Stamp(status.st_size, status.st_mtime_ns if settled else 0)


def digest_of_file(path: Path) -> str:
    """SHA-256, hex, as `Document.digest`."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

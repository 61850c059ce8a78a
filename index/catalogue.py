"""The catalogue: the truth about what is on the shelf, in one SQLite file.

This is the writing side; `index.shelf` reads.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from index.document import Chunk, Document
from index.entries import Built, Kept, Stamp
from index.file_names import readable, restored, storable
from index.schema import connect, sqlite_errors
from index.walk import Skipped, is_folder


class Catalogue:
    """A catalogue opened for writing, by the one process that holds the writer's lock."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it.

        Raises:
            StoreError: If it cannot be opened.
        """
        self._connection = connect(path, writing=True)

    def close(self) -> None:
        """Let go of the file."""
        with sqlite_errors():
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what happens inside, or nothing of it; readers learn of it by the generation."""
        with sqlite_errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._set("generation", str(int(self._get("generation") or 0) + 1))
                self._connection.execute("COMMIT")
            except BaseException:
                # SQLite has rolled back by itself where the disk was full.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    # What the vectors were built with

    def built(self) -> Built | None:
        """What the vectors were built with; None before the first."""
        noted = self._get("built")
        return Built(**json.loads(noted)) if noted else None

    def set_built(self, built: Built) -> None:
        """Note what the vectors are built with from now on."""
        self._set("built", json.dumps(asdict(built)))

    def _get(self, name: str) -> str:
        rows = self._rows("SELECT value FROM meta WHERE name = ?", name)
        return str(rows[0][0]) if rows else ""

    def _set(self, name: str, value: str) -> None:
        self._do("INSERT OR REPLACE INTO meta VALUES (?, ?)", name, value)

    # Sources

    def sources(self) -> dict[Path, int]:
        """The key of each source folder or file, in order of their paths."""
        rows = self._rows("SELECT path, id FROM sources ORDER BY path")
        return {Path(restored(path)): key for path, key in rows}

    def add_source(self, path: Path) -> int:
        """The source's key, new or not."""
        stored = storable(str(path))
        self._do("INSERT OR IGNORE INTO sources (path, device) VALUES (?, 0)", stored)
        return self.sources()[path]

    def device(self, source: int) -> int:
        """The file system that the source lay on when it was last read; 0 if never."""
        return int(self._rows("SELECT device FROM sources WHERE id = ?", source)[0][0])

    def set_device(self, source: int, device: int) -> None:
        """Note the file system that the source lies on."""
        self._do("UPDATE sources SET device = ? WHERE id = ?", device, source)

    def absorb(self, inner: Path, outer: Path) -> None:
        """Let `outer` take over the documents of `inner`, which lies below it."""
        keys = self.sources()
        folder = readable(inner.relative_to(outer).as_posix())
        # The source of a single file is that file, so its document's path is the folder's rest.
        renamed = "? || '/' || path" if is_folder(inner) else "?"
        with self.transaction():
            self._do(
                f"UPDATE documents SET source = ?, path = {renamed} WHERE source = ?",
                *(keys[outer], folder, keys[inner]),
            )
            self._do("DELETE FROM sources WHERE id = ?", keys[inner])

    def remove_source(self, path: Path) -> list[int]:
        """Forget a source with its documents.

        Returns:
            The ids of its chunks, whose vectors are to go too.
        """
        key = self.sources()[path]
        removed = self.remove([kept.id for kept in self.documents(key).values()])
        self._do("DELETE FROM sources WHERE id = ?", key)
        return removed

    # Documents

    def documents(self, source: int) -> dict[str, Kept]:
        """A source's documents by their paths, in order."""
        rows = self._rows(
            "SELECT id, path, digest, size, mtime_ns, characters, chunks, json_array_length(pages)"
            " FROM documents WHERE source = ? ORDER BY path",
            source,
        )
        return {
            path: Kept(key, path, digest, Stamp(size, mtime), characters, chunks, pages or None)
            for key, path, digest, size, mtime, characters, chunks, pages in rows
        }

    def document(self, key: int) -> Document:
        """A document with its text, as it was read from its file."""
        ((path, title, text, digest, date, headings, pages, lined),) = self._rows(
            "SELECT path, title, text, digest, date, headings, pages, lined"
            " FROM documents JOIN texts ON document = id WHERE id = ?",
            key,
        )
        return Document(
            id=path,
            title=title,
            text=text,
            digest=digest,
            date=date,
            headings=tuple((at, heading) for at, heading in json.loads(headings)),
            pages=tuple(json.loads(pages)),
            lined=bool(lined),
        )

    def put(
        self,
        source: int,
        document: Document,
        stamp: Stamp,
        chunks: Sequence[tuple[Chunk, str]],
        *,
        earlier: int | None = None,
    ) -> list[int]:
        """Keep a document.

        Args:
            source: The source's key.
            document: With an id relative to that source.
            stamp: Of the file, taken before it was read.
            chunks: Each with the digest of what is embedded for it; with its id if it lasts.
            earlier: The key of its earlier version, to be removed next.

        Returns:
            The ids of the chunks that are new, in order. None was ever another chunk's.
        """
        columns = {
            "source": source,
            "path": document.id,
            "digest": document.digest,
            "size": stamp.size,
            "mtime_ns": stamp.mtime_ns,
            "title": document.title,
            "date": document.date,
            "characters": len(document.text),
            "chunks": len(chunks),
            "lined": document.lined,
            "headings": json.dumps(document.headings),
            "pages": json.dumps(document.pages),
        }
        if earlier is not None:
            self._do("UPDATE documents SET path = '' WHERE id = ?", earlier)
        marks = ", ".join("?" * len(columns))
        key = self._do(
            f"INSERT INTO documents ({', '.join(columns)}) VALUES ({marks})", *columns.values()
        )
        self._do("INSERT INTO texts VALUES (?, ?)", key, document.text)
        for chunk, _ in chunks:
            if chunk.id:
                self._do(
                    "UPDATE chunks SET document = ?, start = ?, end = ?, page = ? WHERE id = ?",
                    *(key, chunk.start, chunk.end, chunk.page, chunk.id),
                )
        return [self._put_chunk(key, chunk, digest) for chunk, digest in chunks if not chunk.id]

    def _put_chunk(self, document: int, chunk: Chunk, digest: str) -> int:
        return self._do(
            "INSERT INTO chunks (document, start, end, page, title, heading, text, digest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            *(document, chunk.start, chunk.end, chunk.page),
            *(chunk.title, chunk.heading, chunk.text, digest),
        )

    def restamp(self, key: int, stamp: Stamp) -> None:
        """Note that a file was touched and holds what it held, which is no news to readers."""
        self._do(
            "UPDATE documents SET size = ?, mtime_ns = ? WHERE id = ?",
            *(stamp.size, stamp.mtime_ns, key),
        )

    def remove(self, keys: Iterable[int]) -> list[int]:
        """Forget documents.

        Returns:
            The ids of their chunks, whose vectors are to go too.
        """
        removed: list[int] = []
        for key in keys:
            chunks = self._rows("SELECT id FROM chunks WHERE document = ?", key)
            removed += [int(chunk) for (chunk,) in chunks]
            self._do("DELETE FROM documents WHERE id = ?", key)
        return removed

    # Files that are not documents

    def skipped(self, source: int) -> dict[str, tuple[Skipped, Stamp]]:
        """The source's files that could not be used, by their absolute paths."""
        rows = self._rows(
            "SELECT path, reason, size, mtime_ns FROM skipped WHERE source = ?", source
        )
        return {
            (name := restored(path)): (Skipped(name, reason), Stamp(size, mtime))
            for path, reason, size, mtime in rows
        }

    def set_skipped(self, source: int, skipped: Iterable[tuple[Skipped, Stamp]]) -> None:
        """Put these in the place of all that were noted for the source."""
        self._do("DELETE FROM skipped WHERE source = ?", source)
        for entry, stamp in skipped:
            self._do(
                "INSERT INTO skipped VALUES (?, ?, ?, ?, ?)",
                *(source, storable(entry.path), entry.reason, stamp.size, stamp.mtime_ns),
            )

    # Chunks

    def chunk_ids(self) -> set[int]:
        """The id of every chunk."""
        return {int(key) for (key,) in self._rows("SELECT id FROM chunks")}

    def chunks(self, ids: Iterable[int]) -> Iterator[Chunk]:
        """These chunks, as far as that decides what is embedded for them."""
        sql = "SELECT id, document, title, start, end, text, heading FROM chunks WHERE id = ?"
        for asked in ids:
            for key, document, title, start, end, text, heading in self._rows(sql, asked):
                yield Chunk(key, document, "", title, start, end, text, heading)

    def ids_by_digest(self, digests: Iterable[str]) -> dict[str, int]:
        """A chunk for each digest that there is one for."""
        found = {}
        for digest in digests:
            if rows := self._rows("SELECT id FROM chunks WHERE digest = ? LIMIT 1", digest):
                found[digest] = int(rows[0][0])
        return found

    def lasting(
        self, document: int, chunks: Sequence[Chunk], digests: Sequence[str]
    ) -> Iterator[Chunk]:
        """The chunks of a document's next version, with their ids where they say what one says.

        Args:
            document: The key of the version that is here.
            chunks: Of the next one.
            digests: Of what is embedded for each of them.
        """
        held: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
        sql = "SELECT id, digest, title, heading FROM chunks WHERE document = ? ORDER BY start DESC"
        for key, digest, title, heading in self._rows(sql, document):
            held[digest, title, heading].append(key)
        for chunk, digest in zip(chunks, digests, strict=True):
            alike = held[digest, chunk.title, chunk.heading]
            yield replace(chunk, id=alike.pop()) if alike else chunk

    def digests_by_text(self, document: str) -> dict[str, str]:
        """The digests of the chunks of all documents whose file has this digest."""
        return dict(
            self._rows(
                "SELECT c.text, c.digest FROM chunks c JOIN documents d ON c.document = d.id"
                " WHERE d.digest = ?",
                document,
            )
        )

    # The file as a whole

    def sound(self) -> bool:
        """Whether SQLite finds its pages in order."""
        return self._rows("PRAGMA quick_check(1)") == [("ok",)]

    def number_after(self, other: "Catalogue") -> None:
        """Give out no key that `other` has given out, so that keys outlive a switch."""
        for name, last in other._rows("SELECT name, seq FROM sqlite_sequence"):
            self._do("DELETE FROM sqlite_sequence WHERE name = ?", name)
            self._do("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", name, last)

    def take_over(self, other: Path) -> None:
        """Become what another catalogue is, in one transaction."""
        with sqlite_errors():
            self._connection.execute("ATTACH ? AS built", (str(other),))
            try:
                with self.transaction():
                    self._do("DELETE FROM main.sources")
                    for table in ("sources", "documents", "texts", "skipped", "chunks"):
                        self._do(f"INSERT INTO main.{table} SELECT * FROM built.{table}")
                    self._do(
                        "INSERT OR REPLACE INTO main.meta"
                        " SELECT * FROM built.meta WHERE name = 'built'"
                    )
            finally:
                self._connection.execute("DETACH built")

    def tidy(self) -> None:
        """Wipe what removed documents left behind in the word index and in the journal."""
        with sqlite_errors():
            self._do("INSERT INTO words (words) VALUES ('optimize')")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with sqlite_errors():
            return self._connection.execute(sql, values).fetchall()

    def _do(self, sql: str, *values: object) -> int:
        """Run a statement; the key of the row it inserted."""
        with sqlite_errors():
            return self._connection.execute(sql, values).lastrowid or 0

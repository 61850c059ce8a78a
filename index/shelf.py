"""The read side: what is on the shelf, found by words, by vectors and by name."""

import json
import sqlite3
import time
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from threading import RLock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.document import Chunk
from index.embedder import SentenceEmbedder
from index.entries import Built
from index.errors import IndexOutdated, NoIndex, StoreError
from index.file_names import restored
from index.places import Places
from index.schema import connect, sqlite_errors
from index.scope import Within, condition
from index.shelved import ShelvedDocument, Source
from index.splitter import page_at
from index.vectors import Vectors
from index.walk import Skipped
from index.words import match_any, quoted, terms

_WAITS = (0.0, 0.1, 0.4, 1.0)
"""Seconds before vectors that could not be read are opened again. What another process is about
to write, Chroma shows by halves: a key is in its database, its vector in no file that is open."""

_CHUNK = (
    "SELECT c.id, c.document, d.path, c.title, c.start, c.end, c.text, c.heading, c.page, d.date"
    " FROM chunks c JOIN documents d ON d.id = c.document"
)
_WITHIN = (
    " FROM chunks c JOIN documents d ON d.id = c.document JOIN sources s ON s.id = d.source WHERE "
)
_DOCUMENT = (
    "SELECT d.id, d.path, s.path, d.title, d.date, d.digest, d.characters, d.chunks, d.lined,"
    " d.headings, d.pages FROM documents d JOIN sources s ON s.id = d.source"
)


class Shelf:
    """An index opened for reading.

    May be shared by threads: calls wait for one another. Sees what other processes write as
    soon as it is committed.
    """

    def __init__(self, connection: sqlite3.Connection, location: Path | str) -> None:
        self._connection = connection
        self._location = location
        self._lock = RLock()
        self._vectors: Vectors | None = None
        self._seen = -1
        self._required = ""
        self._text = lru_cache(maxsize=16)(self._read_text)

    @classmethod
    def open(cls, home: Path, *, chroma: str = "") -> "Shelf":
        """Open the index under `home`.

        Raises:
            NoIndex: If nothing has been indexed yet.
            StoreError: If the index cannot be read.
        """
        places = Places(home)
        if not places.catalogue.exists():
            raise NoIndex
        with ExitStack() as opened:
            shelf = cls(connect(places.catalogue, writing=False), chroma or places.chroma)
            opened.enter_context(shelf)
            if not shelf._value("built"):
                raise NoIndex
            opened.pop_all()
        return shelf

    def __enter__(self) -> "Shelf":
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        with self._lock, sqlite_errors():
            self._let_go()
            self._connection.close()

    # What it is

    @property
    def generation(self) -> int:
        """Raised by every change to the index."""
        return int(self._value("generation") or 0)

    @property
    def built(self) -> Built:
        """What the vectors were built with."""
        return Built(**json.loads(self._value("built")))

    @property
    def fingerprint(self) -> str:
        """Of everything that decides what a vector is."""
        return self.built.fingerprint

    def require(self, embedder: SentenceEmbedder) -> None:
        """Refuse an embedding model other than the one the vectors came from, now and later.

        Raises:
            IndexOutdated: If it is another.
        """
        built = self.built
        if built.embedder != embedder.fingerprint:
            raise IndexOutdated(
                f"The index was built with {built.embedder_name!r}, not {embedder.name!r}.",
                hint="Run `lectern index` to build it anew, or set `embedder` back.",
            )
        self._required = built.embedder

    @property
    def document_count(self) -> int:
        return int(self._rows("SELECT count(*) FROM documents")[0][0])

    @property
    def chunk_count(self) -> int:
        return int(self._rows("SELECT count(*) FROM chunks")[0][0])

    def newest_date(self, within: Within | None = None) -> str:
        """The latest date, ISO 8601, that a document gives for itself; empty where none does.

        A date in the future, a deadline or a slip, says nothing about how new a document is.
        """
        met, values = condition(within) if within is not None else ("1", ())
        ((newest,),) = self._rows(
            "SELECT max(d.date) FROM documents d JOIN sources s ON s.id = d.source"
            f" WHERE d.date <= date('now') AND {met}",
            *values,
        )
        return newest or ""

    def sources(self) -> list[Source]:
        """The sources in order of their paths."""
        rows = self._rows(
            "SELECT s.id, s.path, count(d.id), total(d.chunks), total(d.characters)"
            " FROM sources s LEFT JOIN documents d ON d.source = s.id GROUP BY s.id ORDER BY s.path"
        )
        return [
            Source(
                Path(restored(path)), documents, int(chunks), int(characters), self._skipped(key)
            )
            for key, path, documents, chunks, characters in rows
        ]

    def skipped(self) -> list[Skipped]:
        """The files of all sources that could not be indexed, and why."""
        return [entry for source in self.sources() for entry in source.skipped]

    def _skipped(self, source: int) -> tuple[Skipped, ...]:
        sql = "SELECT path, reason FROM skipped WHERE source = ? ORDER BY path"
        return tuple(Skipped(restored(path), reason) for path, reason in self._rows(sql, source))

    # Documents

    def documents(self) -> list[ShelvedDocument]:
        """Every document, in order of source and path."""
        return [_shelved(row) for row in self._rows(f"{_DOCUMENT} ORDER BY s.path, d.path")]

    def document(self, document_id: int) -> ShelvedDocument:
        """One document by its key.

        Raises:
            KeyError: If it is not on the shelf any more.
        """
        rows = self._rows(f"{_DOCUMENT} WHERE d.id = ?", document_id)
        if not rows:
            raise KeyError(document_id)
        return _shelved(rows[0])

    def documents_at(self, path: str) -> list[ShelvedDocument]:
        """Those with this path: one for each source that has one."""
        return [_shelved(row) for row in self._rows(f"{_DOCUMENT} WHERE d.path = ?", path)]

    def copies(self, document_id: int) -> tuple[str, ...]:
        """The paths of the other documents whose files are the same to the byte."""
        rows = self._rows(
            "SELECT c.path FROM documents d JOIN documents c ON c.digest = d.digest"
            " JOIN sources s ON s.id = c.source WHERE d.id = ? AND c.id != d.id"
            " ORDER BY s.path, c.path",
            document_id,
        )
        return tuple(path for (path,) in rows)

    def text(self, document_id: int) -> str:
        """A document's whole text, which every offset counts in.

        Raises:
            KeyError: If it is not on the shelf any more.
        """
        return self._text(document_id)  # a key never stands for another text

    def _read_text(self, document_id: int) -> str:
        rows = self._rows("SELECT text FROM texts WHERE document = ?", document_id)
        if not rows:
            raise KeyError(document_id)
        return str(rows[0][0])

    def lines(self, document_id: int, start: int, end: int) -> tuple[int, int] | None:
        """First and last line, from 1, of a span of the text; None where lines mean nothing."""
        if not self.document(document_id).lined:
            return None
        text = self.text(document_id)
        first = text.count("\n", 0, start) + 1
        return first, first + text.count("\n", start, max(start, end - 1))

    def page(self, document_id: int, start: int) -> int | None:
        """The page, from 1, at an offset; None where the document has none."""
        return page_at(self.document(document_id).pages, start)

    def heading(self, document_id: int, start: int) -> str:
        """The heading in force at an offset; empty before the first."""
        headings = self.document(document_id).headings
        at = bisect_right([offset for offset, _ in headings], start)
        return headings[at - 1][1] if at else ""

    # Chunks

    def chunks(self, ids: Iterable[int]) -> dict[int, Chunk]:
        """Those of the chunks that are still on the shelf, in the order asked for."""
        found = {}
        for key in ids:
            for row in self._rows(f"{_CHUNK} WHERE c.id = ?", key):
                found[key] = Chunk(*row)
        return found

    # Search

    def holds(self, within: Within) -> bool:
        """Whether any passage lies within."""
        met, values = condition(within)
        return bool(self._rows(f"SELECT 1 {_WITHIN} {met} LIMIT 1", *values))

    def words(
        self, query: str, limit: int, within: Within | None = None
    ) -> list[tuple[int, float]]:
        """Chunks that hold words of `query`, with their BM25 score, best first.

        A word of the title or heading, which every chunk repeats, counts no more than one of the
        text: counting it double lost .020 of nDCG@10 on news and won nothing elsewhere.

        Args:
            query: Any text; stopwords are passed over unless there is nothing else.
            limit: How many at most.
            within: Which documents to look in; None for all.
        """
        if not (match := match_any(query)):
            return []
        # The plus keeps SQLite from asking the word index about each of those ids in turn.
        met, values = ("", ()) if within is None else condition(within)
        filtered = f"AND +rowid IN (SELECT c.id {_WITHIN} {met})" if met else ""
        rows = self._rows(
            f"SELECT rowid, bm25(words) AS score FROM words WHERE words MATCH ? {filtered}"
            " ORDER BY score, rowid LIMIT ?",
            *(match, *values, limit),
        )
        return [(int(key), -float(score)) for key, score in rows]  # FTS5's is better when lower

    def document_frequency(self, words: Sequence[str]) -> dict[str, int]:
        """For each word, the number of chunks that hold it in any of its forms."""
        return {word: self._frequency(word) for word in words}

    def _frequency(self, word: str) -> int:
        phrase = " ".join(terms(word))
        if not phrase:
            return 0
        sql = "SELECT count(*) FROM words WHERE words MATCH ?"
        return int(self._rows(sql, quoted(phrase))[0][0])

    def nearest(
        self, vector: NDArray[np.float32], limit: int, within: Within | None = None
    ) -> list[tuple[int, float]]:
        """Chunks like `vector`, with their cosine similarity, best first.

        Args:
            vector: float32, (dim,), of unit length, from the model that built the index.
            limit: How many at most.
            within: As in `words`.

        Raises:
            StoreError: If the vectors cannot be read.
        """
        with self._lock:
            among = None if within is None else self._ids_within(within)
            for wait in _WAITS:
                try:
                    return self._current_vectors().nearest(vector, limit, among=among)
                except IndexOutdated:
                    raise
                except StoreError:
                    self._let_go()
                    time.sleep(wait)
            return self._current_vectors().nearest(vector, limit, among=among)

    def _ids_within(self, within: Within) -> set[int]:
        met, values = condition(within)
        return {int(key) for (key,) in self._rows(f"SELECT c.id {_WITHIN} {met}", *values)}

    def _current_vectors(self) -> Vectors:
        """The open collection, opened again when a writer has changed it."""
        generation = self.generation
        if generation != self._seen:
            self._let_go()
        if self._vectors is None:
            built = self.built
            if self._required not in ("", built.embedder):
                raise IndexOutdated(
                    f"The index has been built anew with {built.embedder_name!r} meanwhile.",
                    hint="Start Lectern again.",
                )
            self._vectors = Vectors.open(self._location, built.collection, create=False)
            self._seen = generation
        return self._vectors

    def _let_go(self) -> None:
        """Close the collection; the next search opens it again."""
        if self._vectors:
            vectors, self._vectors = self._vectors, None
            vectors.close()

    def _value(self, name: str) -> str:
        rows = self._rows("SELECT value FROM meta WHERE name = ?", name)
        return str(rows[0][0]) if rows else ""

    def _rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock, sqlite_errors():
            return self._connection.execute(sql, values).fetchall()


def _shelved(row: tuple[Any, ...]) -> ShelvedDocument:
    key, path, source, title, date, digest, characters, chunks, lined, headings, pages = row
    return ShelvedDocument(
        key,
        path,
        Path(restored(source)),
        title,
        date,
        digest,
        characters,
        chunks,
        bool(lined),
        tuple((at, heading) for at, heading in json.loads(headings)),
        tuple(json.loads(pages)),
    )

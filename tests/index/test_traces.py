"""What was taken off the shelf is gone from the disk too: text, words and vectors."""

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.places import Places
from index.shelf import Shelf
from index.sync import remove_source, synchronise
from index.vector_files import DATABASE, stray_graphs, wipe
from index.vectors import Vectors
from tests.hashing_embedder import HashingEmbedder

LONG = "\n\n".join(
    f"Line {n} of a long list of plain things, none of them rare." for n in range(3000)
)
"""Enough chunks that Chroma has moved most of their vectors from its journal to its graph."""


def files_with(home: Path, needle: str | NDArray[np.float32]) -> list[str]:
    """The files of the home that hold a text, or a vector to six digits."""
    holds = _holds_text if isinstance(needle, str) else _holds_vector
    return [p.name for p in home.rglob("*") if p.is_file() and holds(p.read_bytes(), needle)]


def _holds_text(content: bytes, text: str) -> bool:
    return text.encode() in content


def _holds_vector(content: bytes, row: NDArray[np.float32]) -> bool:
    for start in range(4):
        rest = content[start:]
        numbers = np.frombuffer(rest[: len(rest) // 4 * 4], "<f4")
        numbers = np.where(np.abs(numbers) < 2, numbers, 2)  # what is no number, too
        if len(numbers) >= len(row):
            windows = np.lib.stride_tricks.sliding_window_view(numbers, len(row))
            near = np.flatnonzero(np.isclose(windows[:, row.argmax()], row.max(), atol=1e-6))
            if np.isclose(windows[near], row, atol=1e-6).all(axis=1).any():
                return True
    return False


def vector_of(home: Path, word: str) -> NDArray[np.float32]:
    with Shelf.open(home) as shelf:
        ((key, _),) = shelf.words(word, 1)
        name = shelf.built.collection
    vectors = Vectors.open(Places(home).chroma, name, create=False)
    (row,) = vectors.get([key]).values()
    vectors.close()
    return row


def test_a_removed_source_leaves_neither_text_nor_vectors(home: Path, tmp_path: Path) -> None:
    kept, removed = tmp_path / "kept", tmp_path / "removed"
    for folder in (kept, removed):
        folder.mkdir()
    (removed / "first.txt").write_text("Quizzaciously the zyxomma flew.\n", "utf-8")
    (kept / "long.txt").write_text(LONG, "utf-8")
    (removed / "last.txt").write_text("Floccinaucinihil the qwyjibo sang.\n", "utf-8")
    embedder = HashingEmbedder()
    for path in (removed / "first.txt", kept, removed / "last.txt"):
        synchronise(home, [path], embedder, chunk_size=200)
    rare = ("zyxomma", "qwyjibo")
    rows = [vector_of(home, word) for word in rare]
    assert all(files_with(home, word) for word in rare)
    assert all(files_with(home, row) for row in rows)
    before = len(embedder.documents)
    with Shelf.open(home) as reading:
        assert reading.nearest(embedder.encode_queries(["plain things"])[0], 1)
        for name in ("first.txt", "last.txt"):
            remove_source(home, removed / name)
        assert reading.nearest(embedder.encode_queries(["plain things"])[0], 1)
        assert [files_with(home, word) for word in rare] == [[], []]
        assert [files_with(home, row) for row in rows] == [[], []]
    assert len(embedder.documents) == before, "nothing is embedded to forget something"
    report = synchronise(home, [kept], embedder, chunk_size=200)
    assert (report.embedded, report.repaired) == (0, 0)


def test_a_rebuilt_index_keeps_no_graph_of_the_old_one(home: Path, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text(LONG, "utf-8")
    for rebuild in (False, True, True):
        synchronise(home, [tmp_path / "long.txt"], HashingEmbedder(), rebuild=rebuild)
    assert stray_graphs(Places(home).chroma) == []
    graphs = [path for path in Places(home).chroma.iterdir() if path.is_dir()]
    assert len(graphs) == 1


def test_a_database_that_is_read_is_left_as_it_is(home: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A line about wombats.\n", "utf-8")
    synchronise(home, [tmp_path / "a.txt"], HashingEmbedder())
    folder = Places(home).chroma
    with closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM embeddings").fetchall()
        assert not wipe(folder)
    assert wipe(folder)

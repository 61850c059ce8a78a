"""Reading the shelf: by words, by vectors, by name; from threads and beside writers."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import vectors
from index.errors import IndexOutdated, NoIndex, StoreError
from index.scope import Scope
from index.shelf import Shelf
from index.sync import synchronise
from tests.hashing_embedder import HashingEmbedder
from tests.index.conftest import Synchronise


@pytest.fixture
def shelf(sync: Synchronise, home: Path) -> Iterator[Shelf]:
    sync()
    with Shelf.open(home) as shelf:
        yield shelf


def names(shelf: Shelf, found: list[tuple[int, float]]) -> list[str]:
    chunks = shelf.chunks(key for key, _ in found)
    return [chunks[key].document for key, _ in found]


def test_no_index_says_so(home: Path) -> None:
    with pytest.raises(NoIndex):
        Shelf.open(home)


def test_words_find_other_forms_of_a_word(shelf: Shelf) -> None:
    found = shelf.words("Which bee dances?", 5)
    assert names(shelf, found) == ["bees.txt"]
    assert found[0][1] > 0


def test_stopwords_count_only_where_there_is_nothing_else(shelf: Shelf) -> None:
    assert names(shelf, shelf.words("where is the nectar", 5)) == ["bees.txt"]
    assert names(shelf, shelf.words("where", 5)) == ["bees.txt"]


@pytest.mark.parametrize(
    "query",
    [
        '"',
        '""',
        "*",
        "AND",
        "a AND OR NOT",
        "-",
        "^bees",
        "title:bees",
        "NEAR(a b)",
        "(",
        "\0",
        "{x}",
    ],
)
def test_query_syntax_is_only_text(shelf: Shelf, query: str) -> None:
    shelf.words(query, 5)
    shelf.document_frequency([query])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text())
def test_any_text_is_a_query(shelf: Shelf, query: str) -> None:
    shelf.words(query, 5)
    shelf.document_frequency([query])


def test_a_glob_narrows_both_searches(shelf: Shelf, embedder: HashingEmbedder) -> None:
    query = embedder.encode_queries(["bees ants moths"])[0]
    assert names(shelf, shelf.words("bees ants moths", 5, within="sub/*")) == ["sub/moths.md"]
    assert names(shelf, shelf.nearest(query, 5, within="sub/*")) == ["sub/moths.md"]
    assert len(shelf.nearest(query, 5, within="*s.*")) == 3
    assert shelf.nearest(query, 5, within="nothing*") == []


@pytest.mark.parametrize(
    ("scope", "found"),
    [
        (Scope(sources=(Path("documents"),)), ["ants.txt", "bees.txt", "sub/moths.md"]),
        (Scope(documents=((Path("documents"), "ants.txt"),)), ["ants.txt"]),
        (Scope((Path("more"),), ((Path("documents"), "bees.txt"),)), ["bees.txt", "bees.txt"]),
        (Scope((Path("elsewhere"),), ((Path("more"), "ants.txt"),)), []),
        (Scope(), []),
    ],
)
def test_a_scope_narrows_both_searches_by_source_and_by_document(
    sync: Synchronise,
    folder: Path,
    home: Path,
    tmp_path: Path,
    embedder: HashingEmbedder,
    scope: Scope,
    found: list[str],
) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "bees.txt").write_text("Bees of another folder.", "utf-8")
    sync(folder, tmp_path / "more")
    placed = Scope(
        tuple(tmp_path / source for source in scope.sources),
        tuple((tmp_path / source, path) for source, path in scope.documents),
    )
    query = embedder.encode_queries(["bees ants moths"])[0]
    with Shelf.open(home) as shelf:
        words = names(shelf, shelf.words("bees ants moths", 9, within=placed))
        nearest = names(shelf, shelf.nearest(query, 9, within=placed))
        assert sorted(words) == sorted(nearest) == found
        assert shelf.holds(placed) == bool(found)


def test_nearest_is_by_cosine(shelf: Shelf, embedder: HashingEmbedder) -> None:
    (vector,) = embedder.encode_queries(["On ants Ants leave a trail of scent"])
    found = shelf.nearest(vector, 3)
    assert names(shelf, found)[0] == "ants.txt"
    assert [score for _, score in found] == sorted((s for _, s in found), reverse=True)
    assert -1.001 <= found[-1][1] <= found[0][1] <= 1.001


def test_searches_beyond_the_exact_limit_agree(
    shelf: Shelf, embedder: HashingEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = embedder.encode_queries(["moths at night"])[0]
    exact = shelf.nearest(query, 3), shelf.nearest(query, 3, within="*.txt")
    monkeypatch.setattr(vectors, "EXACT_LIMIT", 0)
    approximate = shelf.nearest(query, 3), shelf.nearest(query, 3, within="*.txt")
    for left, right in zip(exact, approximate, strict=True):
        assert [key for key, _ in left] == [key for key, _ in right]
        assert np.allclose([s for _, s in left], [s for _, s in right], atol=1e-5)


def test_document_frequency_counts_chunks(shelf: Shelf) -> None:
    counted = shelf.document_frequency(["moth", "Bees", "on", "absent", "..."])
    assert counted == {"moth": 1, "Bees": 1, "on": 3, "absent": 0, "...": 0}


def test_chunks_are_exact_quotations(shelf: Shelf) -> None:
    for document in shelf.documents():
        ((key, _), *_) = shelf.words(document.title, 1)
        chunk = shelf.chunks([key])[key]
        text = shelf.text(chunk.document_id)
        assert chunk.text == text[chunk.start : chunk.end]


def test_unknown_keys_are_left_out_or_refused(shelf: Shelf) -> None:
    assert shelf.chunks([10_000]) == {}
    for missing in (shelf.text, shelf.document):
        with pytest.raises(KeyError):
            missing(10_000)


def test_lines_are_counted_from_one(shelf: Shelf) -> None:
    document = next(d for d in shelf.documents() if d.id == "bees.txt")
    text = shelf.text(document.key)
    start = text.index("Bees dance")
    assert shelf.lines(document.key, 0, 7) == (1, 1)
    assert shelf.lines(document.key, start, start + 10) == (3, 3)
    assert shelf.lines(document.key, 0, len(text)) == (1, 3)
    assert shelf.page(document.key, 0) is None


def test_a_page_of_the_web_has_no_lines(sync: Synchronise, folder: Path, home: Path) -> None:
    (folder / "page.html").write_text("<p>Some text on a page.</p>", "utf-8")
    sync()
    with Shelf.open(home) as shelf:
        document = next(d for d in shelf.documents() if d.id == "page.html")
        assert shelf.lines(document.key, 0, 4) is None


def test_sources_list_counts_and_what_was_skipped(
    sync: Synchronise, folder: Path, home: Path
) -> None:
    (folder / "empty.txt").touch()
    sync()
    with Shelf.open(home) as shelf:
        (source,) = shelf.sources()
        assert (source.path, source.documents, source.chunks) == (folder, 3, 3)
        assert [s.reason for s in shelf.skipped()] == ["empty"]
        assert (shelf.document_count, shelf.chunk_count) == (3, 3)


def test_another_embedder_is_refused(shelf: Shelf, embedder: HashingEmbedder) -> None:
    shelf.require(embedder)
    with pytest.raises(IndexOutdated, match="built with 'hashing', not 'other'"):
        shelf.require(HashingEmbedder(name="other"))


def test_an_open_shelf_sees_what_is_written(
    shelf: Shelf, sync: Synchronise, folder: Path, embedder: HashingEmbedder
) -> None:
    query = embedder.encode_queries(["wasps paper"])[0]
    assert len(shelf.nearest(query, 10)) == 3
    (folder / "wasps.txt").write_text("On wasps\n\nWasps build with paper.", "utf-8")
    sync()
    assert names(shelf, shelf.nearest(query, 10))[0] == "wasps.txt"
    assert names(shelf, shelf.words("wasps", 10)) == ["wasps.txt"]


WRITER = """
import sys
from pathlib import Path
from index.sync import synchronise
from tests.hashing_embedder import HashingEmbedder
synchronise(Path(sys.argv[1]), [], HashingEmbedder())
"""


def test_an_open_shelf_sees_what_another_process_writes(
    shelf: Shelf, home: Path, folder: Path, embedder: HashingEmbedder
) -> None:
    query = embedder.encode_queries(["wasps paper"])[0]
    assert len(shelf.nearest(query, 10)) == 3
    for number in range(3):
        (folder / f"wasps{number}.txt").write_text(f"Wasps build with paper. {number}", "utf-8")
        subprocess.run([sys.executable, "-c", WRITER, str(home)], check=True, timeout=120)
        assert len(shelf.nearest(query, 10)) == 4 + number
        assert names(shelf, shelf.nearest(query, 1))[0].startswith("wasps")


def test_an_open_shelf_refuses_vectors_of_another_model(
    shelf: Shelf, home: Path, folder: Path, embedder: HashingEmbedder
) -> None:
    query = embedder.encode_queries(["bees"])[0]
    shelf.require(embedder)
    assert shelf.nearest(query, 1)
    synchronise(home, [folder], HashingEmbedder(name="other"))
    with pytest.raises(IndexOutdated, match="built anew with 'other'"):
        shelf.nearest(query, 1)


def test_threads_may_share_a_shelf(shelf: Shelf, embedder: HashingEmbedder) -> None:
    query = embedder.encode_queries(["bees"])[0]

    def search(_: int) -> tuple[list[str], list[str]]:
        return names(shelf, shelf.words("bees", 3)), names(shelf, shelf.nearest(query, 1))

    with ThreadPoolExecutor(8) as threads:
        results = list(threads.map(search, range(50)))
    assert all(result == results[0] for result in results)


def test_lost_vectors_are_an_error_with_a_hint(
    sync: Synchronise, home: Path, embedder: HashingEmbedder
) -> None:
    import shutil

    sync()
    shutil.rmtree(home / "index" / "chroma")
    with Shelf.open(home) as shelf, pytest.raises(StoreError) as failure:
        shelf.nearest(embedder.encode_queries(["x"])[0], 1)
    assert "lectern index" in failure.value.hint

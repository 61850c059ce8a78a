"""A catalogue of an earlier format is brought forward with all it holds; a later one is refused."""

import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from index.catalogue import Catalogue
from index.checkup import Expected, check_index
from index.errors import IndexOutdated, NoIndex
from index.finding import Severity
from index.places import Places
from index.schema import VERSION, connect
from index.shelf import Shelf
from index.sync import synchronise
from tests.hashing_embedder import HashingEmbedder
from tests.index.conftest import Synchronise, consistent

FORMER = Path(__file__).parent / "catalogues"
"""A catalogue of each earlier format, as the Lectern of its day wrote it."""
_KEPT = ("meta", "sources", "documents", "texts", "skipped", "chunks")


@contextmanager
def _plainly(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def _rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with _plainly(path) as connection:
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in _KEPT}


def _tables(path: Path) -> list[tuple[str, str]]:
    with _plainly(path) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return sorted((name, " ".join(sql.split())) for name, sql in rows)


@pytest.fixture(params=range(1, VERSION))
def former(request: pytest.FixtureRequest, home: Path) -> Path:
    """A catalogue of an earlier format, in its place."""
    places = Places(home)
    places.make()
    shutil.copy(FORMER / f"format-{request.param}.sqlite", places.catalogue)
    return places.catalogue


@pytest.mark.parametrize("writing", [True, False])
def test_an_earlier_format_is_brought_forward_by_whoever_opens_it(
    former: Path, tmp_path: Path, writing: bool
) -> None:
    before = _rows(former)
    assert len(before["documents"]) == 3
    connect(former, writing=writing).close()
    assert _rows(former) == before
    Catalogue(tmp_path / "fresh.sqlite").close()
    assert _tables(former) == _tables(tmp_path / "fresh.sqlite")
    with _plainly(former) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)


def test_many_may_come_upon_an_earlier_format_at_once(former: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        opened = list(threads.map(lambda at: connect(former, writing=bool(at % 2)), range(8)))
    for connection in opened:
        assert connection.execute("SELECT count(*) FROM documents").fetchone() == (3,)
        connection.close()


@pytest.mark.usefixtures("former")
def test_what_an_earlier_version_indexed_is_found_and_gone_on_with(home: Path) -> None:
    with Shelf.open(home) as shelf:
        ((key, _),) = shelf.words("nectar", 5)
        assert shelf.chunks([key])[key].document == "bees.txt"
        assert [each.reason for each in shelf.skipped()]
    report = synchronise(home, [], HashingEmbedder())
    assert (report.unchanged, report.removed) == (3, 0)
    assert consistent(home)


def test_a_later_format_is_refused_and_left_as_it_is(
    sync: Synchronise, home: Path, embedder: HashingEmbedder
) -> None:
    sync()
    catalogue = Places(home).catalogue
    with _plainly(catalogue) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = catalogue.read_bytes()
    for refused in (lambda: Shelf.open(home), sync, lambda: sync(rebuild=True)):
        with pytest.raises(IndexOutdated, match=f"has format {VERSION + 1}") as failure:
            refused()
        assert "Update Lectern" in failure.value.hint
    found = check_index(home, Expected(embedder, 1200))
    (problem,) = [each for each in found if each.severity is Severity.PROBLEM]
    assert ("Update Lectern" in problem.remedy, problem.mend) == (True, None)
    assert catalogue.read_bytes() == before


def test_a_catalogue_that_was_only_begun_holds_nothing_yet(home: Path) -> None:
    places = Places(home)
    places.make()
    places.catalogue.touch()
    with pytest.raises(NoIndex):
        Shelf.open(home)

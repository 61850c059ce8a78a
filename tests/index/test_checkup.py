"""What damages an index is found, named with its remedy, and mended without a loss."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from index.catalogue import Catalogue
from index.checkup import Expected, check_disk, check_index
from index.entries import Built
from index.finding import Finding, Mend, Severity
from index.lock import writing
from index.mend import mend
from index.places import Places
from index.sync import synchronise
from index.vectors import Vectors
from qa.session import KeptTurn
from qa.sessions import SessionStore
from tests.hashing_embedder import HashingEmbedder
from tests.index.contents import Contents, contents
from tests.tui.fake_desk import answer

EXPECTED = Expected(HashingEmbedder(), 200)
TURN = KeptTurn(datetime(2026, 11, 27, 12, tzinfo=UTC), answer())


@dataclass(frozen=True)
class Kept:
    """An index with more vectors than Chroma keeps in its journal, and what it holds."""

    home: Path
    documents: Path
    holds: Contents


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder = tmp_path_factory.mktemp("whole")
    documents = folder / "documents"
    documents.mkdir()
    for name in ("first", "second"):
        lines = (f"Line {n} of the {name} list of plain things." for n in range(2600))
        (documents / f"{name}.txt").write_text("\n\n".join(lines), "utf-8")
        os.utime(documents / f"{name}.txt", (1_700_000_000, 1_700_000_000))
    home = folder / "home"
    synchronise(home, [documents], HashingEmbedder(), chunk_size=200)
    _close(home)
    return Kept(home, documents, contents(home))


def _close(home: Path) -> None:
    """As it is where nobody but its owner could ever make files."""
    for path in home.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)


@pytest.fixture
def copied(whole: Kept, tmp_path: Path) -> Kept:
    home = tmp_path / "home"
    shutil.copytree(whole.home, home)
    (home / "lectern.toml").write_text("chunk_size = 200\n", "utf-8")
    SessionStore(home, origin="ask").keep(TURN)
    _close(home)
    return Kept(home, whole.documents, whole.holds)


def wrong(home: Path) -> list[Finding]:
    return [each for each in check_index(home, EXPECTED) if each.severity is not Severity.OK]


def graph(home: Path) -> Path:
    (folder,) = [path for path in Places(home).chroma.iterdir() if path.is_dir()]
    return folder


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def spoil(path: Path) -> None:
    path.write_bytes(b"\xa7" * path.stat().st_size)


DAMAGES: dict[str, tuple[Callable[[Path], object], str, Mend]] = {
    "no vectors": (lambda h: shutil.rmtree(Places(h).chroma), "vectors", Mend.SYNCHRONISE),
    "graph spoilt": (lambda h: spoil(graph(h) / "data_level0.bin"), "vectors", Mend.EMPTY),
    "lengths cut": (lambda h: cut(graph(h) / "length.bin"), "vectors", Mend.EMPTY),
    "keys lost": (
        lambda h: (graph(h) / "index_metadata.pickle").unlink(),
        "vectors",
        Mend.EMPTY,
    ),
    "journal cut": (lambda h: cut(Places(h).chroma / "chroma.sqlite3"), "vectors", Mend.EMPTY),
    "catalogue cut": (lambda h: cut(Places(h).catalogue), "catalogue", Mend.REBUILD),
    "catalogue emptied": (
        lambda h: os.truncate(Places(h).catalogue, 0),
        "catalogue",
        Mend.SYNCHRONISE,
    ),
    "catalogue lost": (lambda h: Places(h).catalogue.unlink(), "catalogue", Mend.SYNCHRONISE),
}


def test_an_index_in_order_has_nothing_to_mend(copied: Kept) -> None:
    assert wrong(copied.home) == []
    assert contents(copied.home).same(copied.holds)


@pytest.mark.parametrize("damage", [*DAMAGES])
def test_damage_is_found_and_mended(copied: Kept, damage: str) -> None:
    act, subject, kind = DAMAGES[damage]
    texts = [path.read_bytes() for path in sorted(copied.documents.iterdir())]
    act(copied.home)
    found = [each for each in wrong(copied.home) if each.severity is Severity.PROBLEM]
    assert [(each.subject, each.mend) for each in found] == [(subject, kind)]
    assert "lectern" in found[0].remedy
    mend(copied.home, EXPECTED, {kind})
    assert [each for each in wrong(copied.home) if each.mend is not Mend.CLOSE] == []
    assert contents(copied.home).same(copied.holds)
    assert [path.read_bytes() for path in sorted(copied.documents.iterdir())] == texts
    assert (copied.home / "lectern.toml").read_text("utf-8") == "chunk_size = 200\n"
    store = SessionStore(copied.home, origin="ask")
    assert [store.turns(kept.id) for kept in store.sessions()] == [(TURN,)]


@pytest.fixture
def late(copied: Kept, tmp_path: Path) -> Iterator[Path]:
    """A copy whose last changes stand in SQLite's journal alone, as after a crash."""
    extra = copied.documents.parent / "late.txt"
    extra.write_text("A late line about wombats.\n", "utf-8")
    with closing(Catalogue(Places(copied.home).catalogue)):
        synchronise(copied.home, [extra], HashingEmbedder(), chunk_size=200)
        for name in ("crashed", "whole"):
            shutil.copytree(copied.home, tmp_path / name)
    yield tmp_path / "crashed"
    extra.unlink()


@pytest.mark.parametrize("left", [0, 0.3])
def test_a_cut_journal_loses_nothing_that_is_not_found_again(late: Path, left: float) -> None:
    before = contents(late.with_name("whole"))
    journal = Places(late).catalogue.with_name("catalogue.sqlite-wal")
    assert journal.stat().st_size > 0
    os.truncate(journal, int(journal.stat().st_size * left))
    found = wrong(late)
    assert any(each.mend is Mend.SYNCHRONISE for each in found), found
    mend(late, EXPECTED, {each.mend for each in found if each.mend})
    assert contents(late).same(before)
    assert [each for each in wrong(late) if each.mend is not Mend.CLOSE] == []


def test_changed_and_missing_sources_are_named(copied: Kept, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "a.txt").write_text("A line about wombats.\n", "utf-8")
    (own / "gone.txt").write_text("A line about quokkas.\n", "utf-8")
    (own / "picture.jpg").touch()
    synchronise(copied.home, [own], HashingEmbedder(), chunk_size=200)
    assert [each for each in wrong(copied.home) if each.mend is not Mend.CLOSE] == []
    (own / "a.txt").write_text("Two lines\n\nabout wombats and others.\n", "utf-8")
    (own / "gone.txt").unlink()
    (own / "new.txt").write_text("A line about numbats.\n", "utf-8")
    (found,) = [each for each in wrong(copied.home) if each.subject == "sources"]
    assert found.message.startswith(f"3 files of {own} are new, changed or gone")
    assert found.mend is Mend.SYNCHRONISE
    shutil.rmtree(own)
    (found,) = [each for each in wrong(copied.home) if each.subject == "sources"]
    assert (found.severity, found.mend) == (Severity.WARNING, None)
    assert f"lectern sources remove {own}" in found.remedy


@pytest.mark.skipif(os.name == "nt", reason="there, a file's name is text")
def test_what_synchronising_leaves_as_it_is_is_no_change(copied: Kept, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "away").mkdir(parents=True)
    (own / "away" / "b.txt").write_text("A line about quokkas.\n", "utf-8")
    (own / os.fsdecode(b"caf\xe9.txt")).write_text("A line about wombats.\n", "utf-8")
    synchronise(copied.home, [own], HashingEmbedder(), chunk_size=200)
    shutil.rmtree(own / "away")
    (own / "away").symlink_to("away")  # what cannot be looked into keeps its documents
    synchronise(copied.home, [own], HashingEmbedder(), chunk_size=200)
    assert [each for each in wrong(copied.home) if each.subject == "sources"] == []


def test_another_embedder_or_chunk_size_is_named(copied: Kept) -> None:
    other = Expected(HashingEmbedder(name="other"), 200)
    (found,) = [e for e in check_index(copied.home, other) if e.severity is Severity.PROBLEM]
    assert "built with 'hashing', not 'other'" in found.message
    smaller = Expected(HashingEmbedder(), 300)
    (found,) = [e for e in check_index(copied.home, smaller) if e.severity is not Severity.OK]
    assert "another chunk size" in found.message


def test_leftovers_are_found_and_removed(copied: Kept) -> None:
    places = Places(copied.home)
    Catalogue(places.next_catalogue).close()
    with closing(Catalogue(places.catalogue)) as catalogue:
        built = catalogue.built()
    assert built
    later = Built(built.fingerprint, "", "", built.shelf, built.build + 1)
    Vectors.open(places.chroma, later.collection).close()
    found = wrong(copied.home)
    assert {each.subject for each in found} >= {"leftovers", "vectors"}
    assert {each.severity for each in found} == {Severity.WARNING}
    mend(copied.home, EXPECTED, {each.mend for each in found if each.mend})
    assert wrong(copied.home) == []
    assert contents(copied.home).same(copied.holds)


def test_vectors_without_a_passage_are_found_and_removed(copied: Kept) -> None:
    places = Places(copied.home)
    with closing(Catalogue(places.catalogue)) as catalogue:
        built = catalogue.built()
        left_over = max(catalogue.chunk_ids()) + 1
    assert built
    with closing(Vectors.open(places.chroma, built.collection)) as vectors:
        vectors.add([left_over], HashingEmbedder().encode_documents(["of no passage"]))
    (found,) = [each for each in wrong(copied.home) if each.mend is not Mend.CLOSE]
    assert (found.subject, found.severity) == ("vectors", Severity.WARNING)
    assert found.message.endswith(": 1 are left over.")
    mend(copied.home, EXPECTED, {Mend.SYNCHRONISE})
    assert [each for each in wrong(copied.home) if each.mend is not Mend.CLOSE] == []
    assert contents(copied.home).same(copied.holds)


def test_files_larger_than_what_they_hold_are_found_and_written_afresh(copied: Kept) -> None:
    chroma = Places(copied.home).chroma
    stray = chroma / str(UUID(int=7))
    stray.mkdir(mode=0o700)
    (stray / "data_level0.bin").write_bytes(bytes(1000))
    (found,) = [each for each in wrong(copied.home) if each.mend is not Mend.CLOSE]
    assert (found.subject, found.mend) == ("vector files", Mend.REWRITE)
    assert "MB on disk for" in found.message
    mend(copied.home, EXPECTED, {Mend.REWRITE})
    assert [each for each in wrong(copied.home) if each.mend is not Mend.CLOSE] == []
    assert not stray.exists()
    assert contents(copied.home).same(copied.holds)


def test_an_index_that_is_being_written_is_left_alone(copied: Kept) -> None:
    with writing(Places(copied.home), lambda _: None):
        found = wrong(copied.home)
    assert any(f"({os.getpid()}) is writing the index" in each.message for each in found)


def test_what_others_may_open_is_closed(copied: Kept) -> None:
    copied.home.chmod(0o755)
    (copied.home / "lectern.toml").chmod(0o644)
    (found,) = wrong(copied.home)
    assert (found.subject, found.mend) == ("permissions", Mend.CLOSE)
    mend(copied.home, EXPECTED, {Mend.CLOSE})
    assert wrong(copied.home) == []
    assert (copied.home / "lectern.toml").stat().st_mode & 0o777 == 0o600


def test_a_state_folder_that_is_a_link_is_looked_into(copied: Kept, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(copied.home)
    copied.home.chmod(0o755)
    (found,) = wrong(link)
    assert (found.subject, found.mend) == ("permissions", Mend.CLOSE)
    mend(link, EXPECTED, {Mend.CLOSE})
    assert copied.home.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("free", "severity"),
    [(2e9, Severity.OK), (5e8, Severity.WARNING), (1e6, Severity.PROBLEM)],
)
def test_little_room_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: float, severity: Severity
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(0, 0, int(free)))
    assert check_disk(tmp_path).severity is severity


def test_before_anything_is_indexed_the_way_is_shown(tmp_path: Path) -> None:
    (found,) = check_index(tmp_path / "nowhere", EXPECTED)
    assert (found.severity, found.remedy) == (Severity.WARNING, "Run `lectern index PATH`.")
    assert not (tmp_path / "nowhere").exists()

"""What a synchronisation embeds, keeps, removes and survives."""

import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.catalogue import Catalogue
from index.errors import NoIndex, SettingsError, StoreError
from index.lock import writing
from index.places import Places
from index.shelf import Shelf
from index.sync import remove_source, synchronise
from index.walk import Again, Skipped, walk
from tests.hashing_embedder import HashingEmbedder
from tests.index.conftest import Synchronise, consistent, settle


def contents(home: Path) -> list[tuple[str, str]]:
    with Shelf.open(home) as shelf:
        return [(d.id, shelf.text(d.key)) for d in shelf.documents()]


def test_first_run_takes_everything_in(sync: Synchronise, home: Path) -> None:
    report = sync()
    assert (report.added, report.changed, report.unchanged, report.removed) == (3, 0, 0, 0)
    assert [d.document for d in report.documents] == ["ants.txt", "bees.txt", "sub/moths.md"]
    assert consistent(home)


@pytest.mark.parametrize("trusted", [True, False])
def test_second_run_embeds_nothing(
    sync: Synchronise, folder: Path, home: Path, trusted: bool
) -> None:
    if trusted:
        settle(folder)
    sync()
    with Shelf.open(home) as shelf:
        generation = shelf.generation
        report = sync()
        assert (report.unchanged, report.embedded) == (3, 0)
        assert shelf.generation == generation, "an open shelf need not look again"


def test_touched_file_is_not_embedded_again(sync: Synchronise, folder: Path, home: Path) -> None:
    settle(folder)
    sync()
    os.utime(folder / "bees.txt", (1_600_000_000, 1_600_000_000))
    with Shelf.open(home) as shelf:
        generation = shelf.generation
        report = sync()
        assert (report.changed, report.unchanged, report.embedded) == (0, 3, 0)
        assert shelf.generation == generation, "an open shelf need not look again"


def test_only_the_edited_file_is_embedded_again(
    sync: Synchronise, folder: Path, home: Path, embedder: HashingEmbedder
) -> None:
    sync()
    embedder.documents.clear()
    (folder / "bees.txt").write_text("On bees\n\nBees sleep in winter.\n", "utf-8")
    report = sync()
    assert (report.changed, report.unchanged) == (1, 2)
    assert [text for text in embedder.documents if "winter" not in text] == []
    assert consistent(home)


def test_same_size_and_time_of_a_fresh_file_do_not_hide_an_edit(
    sync: Synchronise, folder: Path, home: Path
) -> None:
    path = folder / "bees.txt"
    soon = time.time_ns() + 60_000_000_000
    os.utime(path, ns=(soon, soon))
    sync()
    path.write_text(path.read_text("utf-8").replace("nectar", "NECTAR"), "utf-8")
    os.utime(path, ns=(soon, soon))
    assert sync().changed == 1


def test_removed_file_leaves_no_trace(sync: Synchronise, folder: Path, home: Path) -> None:
    sync()
    (folder / "bees.txt").unlink()
    report = sync()
    assert report.removed == 1
    with Shelf.open(home) as shelf:
        assert shelf.words("nectar", 5) == []
    assert consistent(home)
    assert all(b"nectar" not in p.read_bytes() for p in home.rglob("*") if p.is_file())


def test_moved_file_is_not_embedded_again(sync: Synchronise, folder: Path) -> None:
    sync()
    (folder / "bees.txt").rename(folder / "sub" / "bees.txt")
    report = sync()
    assert (report.added, report.removed, report.embedded) == (1, 1, 0)


class Interrupting(HashingEmbedder):
    """Raises when it comes upon a word."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self.word = word

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if any(self.word in text for text in texts):
            raise KeyboardInterrupt
        return super().encode_documents(texts)


@pytest.fixture
def many(tmp_path: Path) -> Path:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(150):
        text = f"Page {number}\n\nThe number of this page is {number}.\n"
        (folder / f"{number:03}.txt").write_text(text, "utf-8")
    return folder


def test_interrupted_run_ends_where_an_uninterrupted_one_does(tmp_path: Path, many: Path) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    synchronise(whole, [many], HashingEmbedder())
    with pytest.raises(KeyboardInterrupt):
        synchronise(broken, [many], Interrupting("Page 140"))
    assert consistent(broken)
    report = synchronise(broken, [many], HashingEmbedder())
    assert 0 < report.embedded < 150, "what was done is not done again"
    assert contents(broken) == contents(whole)
    assert consistent(broken)


def test_interruption_between_vectors_and_commit_is_mended(
    sync: Synchronise, folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync()
    (folder / "wasps.txt").write_text("On wasps\n\nWasps build with paper.\n", "utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(Catalogue, "_set", _interrupt)
        with pytest.raises(KeyboardInterrupt):
            sync()
    report = sync()
    assert (report.added, report.repaired) == (1, 1)
    assert consistent(home)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("damage", ["deleted", "garbage", "no segment"])
def test_damaged_vectors_are_made_again(
    tmp_path: Path, many: Path, damage: str, embedder: HashingEmbedder
) -> None:
    home = tmp_path / "home"
    synchronise(home, [many], embedder)
    chroma = Places(home).chroma
    if damage == "deleted":
        shutil.rmtree(chroma)
    elif damage == "garbage":
        (chroma / "chroma.sqlite3").write_bytes(b"garbage" * 1000)
    else:
        for segment in chroma.iterdir():
            if segment.is_dir():
                shutil.rmtree(segment)
        (chroma / "chroma.sqlite3").unlink()
    report = synchronise(home, [], embedder)
    assert (report.unchanged, report.embedded, report.repaired) == (150, 150, 150)
    assert consistent(home)


def test_damaged_catalogue_says_so_and_is_rebuilt(
    sync: Synchronise, home: Path, folder: Path
) -> None:
    sync()
    Places(home).catalogue.write_bytes(b"this is no database" * 1000)
    with pytest.raises(StoreError, match="damaged") as failure:
        sync()
    assert "--rebuild" in failure.value.hint
    assert sync(rebuild=True).added == 3
    assert consistent(home)


@pytest.mark.skipif(os.name == "nt", reason="there, a file's name is text")
def test_sources_are_saved_from_a_damaged_catalogue_whatever_their_names(
    home: Path, tmp_path: Path
) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    folder.mkdir()
    (folder / "bees.txt").write_text("Bees dance.\n" * 2000, "utf-8")
    synchronise(home, [folder], HashingEmbedder())
    places = Places(home)
    places.source_list.unlink()
    with places.catalogue.open("r+b") as file:
        file.seek(-4096, os.SEEK_END)
        file.write(b"\xa7" * 4096)
    notices: list[str] = []
    assert synchronise(home, [], HashingEmbedder(), rebuild=True, notice=notices.append).added == 1
    assert notices == [f"The catalogue was damaged. Sources saved from it: {folder}."]


def test_rebuild_embeds_everything_again(sync: Synchronise, home: Path) -> None:
    sync()
    report = sync(rebuild=True)
    assert (report.unchanged, report.embedded) == (3, 3)
    assert consistent(home)


def test_old_index_answers_until_a_rebuild_is_whole(tmp_path: Path, many: Path, home: Path) -> None:
    synchronise(home, [many], HashingEmbedder())
    other = Interrupting("Page 149")
    other.name = "other"
    notices: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        synchronise(home, [], other, notice=notices.append)
    assert "built with hashing" in notices[0]
    assert consistent(home)
    with Shelf.open(home) as shelf:
        assert shelf.built.embedder_name == "hashing"
        keys = {d.key for d in shelf.documents()}
        after = HashingEmbedder(name="other")
        report = synchronise(home, [], after)
        assert 0 < report.embedded < 150, "the rebuilding goes on where it stopped"
        assert shelf.built.embedder_name == "other", "an open shelf sees the switch"
        assert not keys & {d.key for d in shelf.documents()}, "keys are never used again"
        assert shelf.nearest(after.encode_queries(["page 7"])[0], 1)
    assert consistent(home)


def test_another_chunk_size_builds_anew(sync: Synchronise) -> None:
    sync()
    assert sync(chunk_size=400).embedded == 3


def test_identical_text_is_embedded_once(sync: Synchronise, folder: Path, home: Path) -> None:
    shutil.copy(folder / "bees.txt", folder / "copy.txt")
    assert sync().embedded == 3
    assert consistent(home)


def test_unreadable_files_are_reported(sync: Synchronise, folder: Path) -> None:
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / "empty.txt").touch()
    (folder / "binary.txt").write_bytes(b"\0\1\2\3" * 50)
    expected = {
        "photo.jpg": "unsupported: no reader for .jpg files",
        "empty.txt": "empty",
        "binary.txt": "binary",
    }
    for _ in range(2):
        report = sync()
        assert {Path(s.path).name: s.reason for s in report.skipped} == expected


def test_document_that_becomes_unreadable_leaves(sync: Synchronise, folder: Path) -> None:
    sync()
    (folder / "bees.txt").write_bytes(b"\0" * 100)
    report = sync()
    assert (report.removed, len(report.skipped)) == (1, 1)


def test_path_that_is_not_there_changes_nothing(
    sync: Synchronise, home: Path, folder: Path, tmp_path: Path
) -> None:
    sync()
    before = contents(home)
    with pytest.raises(SettingsError, match="nowhere"):
        sync(tmp_path, tmp_path / "nowhere")
    assert contents(home) == before


def test_vanished_source_keeps_its_documents(
    sync: Synchronise, home: Path, folder: Path, tmp_path: Path
) -> None:
    sync()
    before = contents(home)
    folder.rename(tmp_path / "unplugged")
    for options in ({}, {"rebuild": True}):
        report = synchronise(home, [], HashingEmbedder(), **options)  # type: ignore[arg-type]
        assert [s.reason for s in report.skipped] == ["folder not there"]
        assert (report.unchanged, report.removed) == (3, 0)
        assert contents(home) == before
        assert consistent(home)


def test_empty_mount_point_is_taken_for_unplugged(
    sync: Synchronise, home: Path, folder: Path
) -> None:
    sync()
    with sqlite3.connect(Places(home).catalogue) as connection:
        connection.execute("UPDATE sources SET device = device + 1")
    connection.close()
    shutil.rmtree(folder)
    folder.mkdir()
    report = sync()
    assert (report.unchanged, report.removed) == (3, 0)


def test_emptied_folder_is_emptied(sync: Synchronise, folder: Path) -> None:
    sync()
    shutil.rmtree(folder)
    folder.mkdir()
    assert sync().removed == 3


def test_path_within_a_source_synchronises_that_source(
    sync: Synchronise, folder: Path, home: Path
) -> None:
    sync()
    (folder / "wasps.txt").write_text("Wasps build with paper.", "utf-8")
    assert sync(folder / "sub").added == 1
    with Shelf.open(home) as shelf:
        assert [source.path for source in shelf.sources()] == [folder]


def test_path_above_takes_its_sources_over(
    sync: Synchronise, folder: Path, home: Path, tmp_path: Path
) -> None:
    sync(folder / "sub")
    sync(folder / "bees.txt")
    report = sync(folder)
    assert (report.added, report.unchanged, report.embedded) == (1, 2, 1)
    with Shelf.open(home) as shelf:
        assert [source.path for source in shelf.sources()] == [folder]
    assert consistent(home)


def test_removed_source_is_forgotten(sync: Synchronise, folder: Path, home: Path) -> None:
    sync(folder / "sub")
    sync(folder / "bees.txt")
    assert remove_source(home, folder / "bees.txt") == 1
    assert [name for name, _ in contents(home)] == ["moths.md"]
    assert consistent(home)
    assert all(b"nectar" not in p.read_bytes() for p in home.rglob("*") if p.is_file())


def test_removing_what_is_no_source_names_those_that_are(
    sync: Synchronise, folder: Path, home: Path
) -> None:
    with pytest.raises(NoIndex):
        remove_source(home, folder)
    sync()
    with pytest.raises(SettingsError) as failure:
        remove_source(home, folder / "sub")
    assert str(folder) in failure.value.hint


def test_a_folder_that_became_a_link_to_another_holds_nothing_of_its_own(
    sync: Synchronise, folder: Path, home: Path
) -> None:
    (folder / "tub").mkdir()
    (folder / "tub" / "wasps.txt").write_text("Wasps build with paper.\n", "utf-8")
    sync()
    shutil.rmtree(folder / "tub")
    (folder / "tub").symlink_to(folder / "sub")
    for removed in (1, 0):
        report = sync()
        assert (report.removed, report.unchanged) == (removed, 3)
        assert [(s.path, s.reason) for s in report.skipped] == [
            (str(folder / "tub"), f"duplicate of {folder / 'sub'}")
        ]


def test_a_source_that_goes_while_it_is_walked_through_keeps_its_documents(
    sync: Synchronise, folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync()
    before = contents(home)

    def go(source: Path) -> Iterator[Path | Skipped | Again]:
        found = [*walk(source)]
        folder.rename(folder.with_name("unplugged"))
        return iter(found)

    monkeypatch.setattr("index.folder.walk", go)
    assert len(sync().skipped) == 3
    assert contents(home) == before


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere", "is not there"),
        ("bees.txt/more", "is not there"),
        ("~nobody-of-this-name/papers", "is not there"),
        ("loop", "is unreadable: too many levels of symbolic links"),
        ("n" * 300, "is unreadable: file name too long"),
    ],
)
def test_a_path_that_cannot_be_a_source_is_refused_in_words(
    sync: Synchronise, folder: Path, name: str, said: str
) -> None:
    (folder / "loop").symlink_to(folder / "loop")
    with pytest.raises(SettingsError, match=said):
        sync(folder / name if name[0] != "~" else Path(name))


def test_second_writer_says_who_holds_the_index_and_waits(sync: Synchronise, home: Path) -> None:
    notices: list[str] = []
    holding, release = threading.Event(), threading.Event()

    def hold() -> None:
        with writing(Places(home), notices.append):
            holding.set()
            release.wait(10)

    first = threading.Thread(target=hold)
    first.start()
    holding.wait(10)
    threading.Timer(0.2, release.set).start()
    report = sync(notice=notices.append)
    first.join()
    assert report.added == 3
    assert notices == [
        f"Another process ({os.getpid()}) is writing the index; waiting for it to end."
    ]


def test_every_file_and_folder_is_closed_to_other_people(folder: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"  # not there either, and made closed too
    usual = os.umask(0o022)
    try:
        synchronise(data / "home", [folder], HashingEmbedder())
        with writing(Places(data / "home"), lambda _: None):
            modes = {path: path.stat().st_mode & 0o777 for path in (data, *data.rglob("*"))}
        assert os.umask(0o022) == 0o022, "what is written elsewhere is as open as ever"
    finally:
        os.umask(usual)
    assert {"data", "home", "chroma.sqlite3", "writer.pid"} <= {path.name for path in modes}
    assert {oct(mode) for path, mode in modes.items() if path.is_dir()} == {"0o700"}
    assert {path.name: oct(mode) for path, mode in modes.items() if mode & 0o077} == {}


def test_full_disk_is_named_and_loses_nothing(
    sync: Synchronise, folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync()
    before = contents(home)
    prepare = Catalogue.__init__

    def small(self: Catalogue, path: Path) -> None:
        prepare(self, path)
        (pages,) = self._rows("PRAGMA page_count")[0]
        self._rows(f"PRAGMA max_page_count = {pages}")

    monkeypatch.setattr(Catalogue, "__init__", small)
    (folder / "long.txt").write_text("All work and no play.\n" * 20_000, "utf-8")
    with pytest.raises(StoreError, match="disk is full"):
        sync()
    monkeypatch.undo()
    assert contents(home) == before
    assert sync().added == 1
    assert consistent(home)

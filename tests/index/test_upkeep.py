"""What a run embeds, and what it makes of files that change under its hands."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index import folder as reading
from index import intake
from index.entries import Stamp
from index.errors import StoreError, StoreUnavailable
from index.lock import writing
from index.places import Places
from index.shelf import Shelf
from index.sync import synchronise
from tests.hashing_embedder import HashingEmbedder
from tests.index.conftest import Synchronise, without_rights
from tests.index.contents import contents

ROOT = Path(__file__).parents[2]


def test_nothing_is_embedded_for_times_names_and_places(
    sync: Synchronise, folder: Path, embedder: HashingEmbedder
) -> None:
    sync()
    embedder.documents.clear()
    os.utime(folder / "bees.txt", (1_500_000_000, 1_500_000_000))
    assert sync().unchanged == 3
    (folder / "bees.txt").rename(folder / "honey bees.txt")
    assert sync().added == 1
    (folder / "deep" / "down").mkdir(parents=True)
    (folder / "ants.txt").rename(folder / "deep" / "down" / "ants.txt")
    assert sync().added == 1
    (folder / "sub").rename(folder / "moved")
    assert (sync().added, embedder.documents) == (1, [])


def keys(home: Path) -> set[int]:
    with Shelf.open(home) as shelf:
        return {key for (key,) in shelf._rows("SELECT id FROM chunks")}


def test_an_edit_within_a_long_file_embeds_what_it_touches(
    tmp_path: Path, home: Path, embedder: HashingEmbedder
) -> None:
    path = tmp_path / "long.txt"
    paragraphs = [f"Paragraph {n} of a long file is about {n} plain things." for n in range(1000)]
    path.write_text("\n\n".join(paragraphs), "utf-8")
    chunks = synchronise(home, [path], embedder, chunk_size=400).embedded
    assert chunks > 100
    before = keys(home)
    paragraphs[500] = "This one was written anew, and is about wombats."
    path.write_text("\n\n".join(paragraphs), "utf-8")
    embedder.documents.clear()
    report = synchronise(home, [path], embedder, chunk_size=400)
    assert report.changed == 1
    assert any("wombats" in text for text in embedder.documents)
    assert len(embedder.documents) <= 6
    now = keys(home)
    assert len(now - before) == len(embedder.documents), "the others keep their words and vectors"
    synchronise(home.with_name("fresh"), [path], embedder, chunk_size=400)
    assert contents(home).same(contents(home.with_name("fresh")))


Act = Callable[[Path], object]


@pytest.fixture
def under_our_hands(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, Act], None]]:
    """Has something happen to a file after its size and time were taken, before it is read."""

    def happen(name: str, act: Act) -> None:
        def stamp_of(path: Path) -> Stamp:
            stamp = intake.stamp_of(path)
            if path.name == name:
                monkeypatch.undo()
                act(path)
            return stamp

        monkeypatch.setattr(reading, "stamp_of", stamp_of)

    return happen


def test_a_file_that_vanishes_while_it_is_read_is_noted(
    sync: Synchronise, folder: Path, under_our_hands: Callable[[str, Act], None]
) -> None:
    under_our_hands("bees.txt", Path.unlink)
    report = sync()
    assert (report.added, [Path(s.path).name for s in report.skipped]) == (2, ["bees.txt"])
    report = sync()
    assert (report.unchanged, report.skipped) == (2, ())


def test_a_file_that_grows_while_it_is_read_is_taken_whole_in_the_end(
    sync: Synchronise, folder: Path, home: Path, under_our_hands: Callable[[str, Act], None]
) -> None:
    def grow(path: Path) -> None:
        with path.open("a", encoding="utf-8") as file:
            file.write("And they build with wax.\n")

    under_our_hands("bees.txt", grow)
    sync()
    sync()
    with Shelf.open(home) as shelf:
        assert shelf.words("wax", 1)
        assert not shelf.skipped()
    grow(folder / "bees.txt")
    assert sync().changed == 1


def test_a_clock_that_jumps_back_hides_no_change(
    sync: Synchronise, folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in folder.rglob("*.*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    sync()
    earlier = 1_600_000_000
    monkeypatch.setattr(time, "time_ns", lambda: earlier * 1_000_000_000)
    bees = folder / "bees.txt"
    for old, new in (("nectar", "NECTAR"), ("NECTAR", "Nectar")):
        bees.write_text(bees.read_text("utf-8").replace(old, new), "utf-8")
        os.utime(bees, (earlier, earlier))
        report = sync()
        assert (report.changed, report.unchanged) == (1, 2)
    assert "Nectar" in dict(contents(home).texts)["bees.txt"]


def indexed_in(place: Path, folder: Path) -> tuple[Path, Path]:
    """A home in a place, and the copy of a folder that is indexed there."""
    home, documents = place / "home", place / "documents"
    shutil.copytree(folder, documents)
    synchronise(home, [documents], HashingEmbedder())
    return home, documents


def test_a_read_only_index_folder_is_refused_and_stays_whole(
    open_to_all: Path, folder: Path
) -> None:
    home, documents = indexed_in(open_to_all, folder)
    before = contents(home)
    (documents / "wasps.txt").write_text("Wasps build with paper.\n", "utf-8")
    for path in (home, *home.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    with without_rights(), pytest.raises(StoreError, match="written: Permission denied"):
        synchronise(home, [documents], HashingEmbedder())
    for path in (home, *home.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert contents(home).same(before)


def test_a_source_that_may_not_be_looked_at_is_not_said_to_be_gone(open_to_all: Path) -> None:
    source = open_to_all / "closed" / "documents"
    source.mkdir(parents=True)
    source.parent.chmod(0)
    with without_rights():
        assert reading.missing_because(source, 0) == "unreadable: permission denied"
        assert reading.missing_because(open_to_all / "nowhere", 0) == "folder not there"


def test_a_catalogue_that_may_not_be_opened_is_not_taken_for_a_damaged_one(
    open_to_all: Path, folder: Path
) -> None:
    home, _ = indexed_in(open_to_all, folder)
    before = contents(home)
    for path in (home, *home.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    Places(home).catalogue.chmod(0)
    with without_rights(), pytest.raises(StoreUnavailable, match="opened: Permission denied"):
        synchronise(home, [], HashingEmbedder(), rebuild=True)
    Places(home).catalogue.chmod(0o600)
    assert contents(home).same(before)


def test_who_cannot_say_its_name_lets_go_of_the_lock(home: Path) -> None:
    places = Places(home)
    places.make()
    places.holder.mkdir()
    with pytest.raises(StoreUnavailable) as failure, writing(places, lambda _: None):
        pass
    assert "Make room" in failure.value.hint
    places.holder.rmdir()
    with writing(places, lambda _: None, wait=False):
        assert places.holder.read_text("utf-8") == str(os.getpid())


def test_the_holder_of_the_lock_may_die(home: Path) -> None:
    places = Places(home)
    program = (
        "import os, signal, sys; from pathlib import Path; from index.lock import writing;"
        " from index.places import Places\n"
        "with writing(Places(Path(sys.argv[1])), print): os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run(
        [sys.executable, "-c", program, str(home)],
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert places.holder.exists()
    try:
        with writing(places, lambda _: None, wait=False):
            assert places.holder.read_text("utf-8") == str(os.getpid())
    except StoreError:
        pytest.fail("a dead process holds nothing")

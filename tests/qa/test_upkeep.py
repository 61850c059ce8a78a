"""The shelf is changed in processes of their own, which tell how they come on."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import index.embedder
from index.errors import Cancelled, SettingsError, StoreError
from index.lock import writing
from index.places import Places
from qa.apart import Apart
from qa.keeping import Keeper
from qa.settings import Settings
from qa.telling import Telling
from qa.upkeep_events import Kept, Noticed, Removed, Step, UpkeepEvent, Watching
from qa.upkeep_jobs import Removing, Synchronising, WatchingSources
from tests.hashing_embedder import HashingEmbedder

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "bees.txt").write_text("On bees\n\nBees dance to tell where nectar is.\n", "utf-8")
    (folder / "ants.txt").write_text("On ants\n\nAnts leave a trail of scent.\n", "utf-8")
    (folder / "empty.pdf").write_bytes(b"%PDF-1.4 broken")
    return folder


@pytest.fixture
def hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs that run in this process need no embedding model."""
    monkeypatch.setattr(index.embedder, "Embedder", lambda name, home: HashingEmbedder(name=name))


def kept(events: list[UpkeepEvent]) -> Kept:
    (report,) = [event for event in events if isinstance(event, Kept)]
    return report


@pytest.mark.usefixtures("hashing")
def test_adding_then_removing_a_folder(settings: Settings, folder: Path) -> None:
    events = list(Synchronising(settings, (folder,)).run())
    steps = [event for event in events if isinstance(event, Step)]
    assert {step.stage for step in steps} == {"indexing", "embedding"}
    assert steps[-1].done == steps[-1].total == 3
    report = kept(events)
    assert (report.added, report.changed, report.removed, report.skipped) == (2, 0, 0, 1)
    (holding,) = Keeper(settings).overview()
    assert [document.id for document in holding.documents] == ["ants.txt", "bees.txt"]
    assert holding.source.path == folder
    assert len(holding.source.skipped) == 1
    (folder / "ants.txt").unlink()
    assert kept(list(Synchronising(settings).run())).removed == 1
    assert kept(list(Synchronising(settings, rebuild=True).run())).unchanged == 1
    assert list(Removing(settings, folder).run()) == [Removed(1)]
    assert Keeper(settings).overview() == ()


@pytest.mark.usefixtures("hashing")
def test_a_path_that_is_not_there_is_refused(settings: Settings, folder: Path) -> None:
    with pytest.raises(SettingsError, match="not there"):
        list(Synchronising(settings, (folder / "none",)).run())
    list(Synchronising(settings, (folder,)).run())
    with pytest.raises(SettingsError, match="is not a source"):
        list(Removing(settings, folder / "none").run())


@pytest.mark.usefixtures("hashing")
def test_giving_up_ends_the_run_and_keeps_the_index_whole(settings: Settings, folder: Path) -> None:
    events = Synchronising(settings, (folder,)).run()
    assert isinstance(next(events), Step)
    events.close()  # type: ignore[attr-defined]  # it is a generator
    assert "telling" not in {thread.name for thread in threading.enumerate()}
    assert kept(list(Synchronising(settings).run())).skipped == 1
    assert len(Keeper(settings).overview()[0].documents) == 2


@pytest.mark.usefixtures("hashing")
def test_who_else_writes_is_named_while_it_is_waited_for(settings: Settings, folder: Path) -> None:
    with writing(Places(settings.home), lambda _: None):
        events = Synchronising(settings, (folder,)).run()
        assert next(events) == Noticed(
            f"Another process ({os.getpid()}) is writing the index; waiting for it to end."
        )
    assert kept(list(events)).added == 2


@pytest.mark.usefixtures("hashing")
def test_the_watch_takes_in_what_is_there_and_what_changes(
    settings: Settings, folder: Path
) -> None:
    list(Synchronising(settings, (folder,)).run())
    events = WatchingSources(settings).run()
    _until(events, Watching())
    time.sleep(1.5)  # until the system's watch stands
    (folder / "wasps.txt").write_text("On wasps\n\nWasps build with paper.\n", "utf-8")
    report = next(event for event in events if isinstance(event, Kept) and event.added)
    assert (report.added, report.changed) == (1, 0)
    events.close()  # type: ignore[attr-defined]  # it is a generator


def _until(events: Iterator[UpkeepEvent], wanted: UpkeepEvent) -> None:
    for event in events:
        if event == wanted:
            return
    raise AssertionError(f"{wanted} did not come")


def test_nothing_indexed_is_an_empty_shelf_and_a_broken_index_an_error(settings: Settings) -> None:
    assert Keeper(settings).overview() == ()
    places = Places(settings.home)
    places.make()
    places.catalogue.write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError, match="damaged"):
        Keeper(settings).overview()


def test_the_real_model_s_work_in_a_process_of_its_own_can_be_given_up(
    settings: Settings, folder: Path
) -> None:
    keeper = Keeper(settings)
    with pytest.raises(Cancelled):
        list(_cancelled(keeper.add(folder)))
    assert kept(list(keeper.add(folder))).skipped == 1
    assert len(keeper.overview()[0].documents) == 2
    assert list(keeper.remove(folder)) == [Removed(2)]


def _cancelled(work: Apart[UpkeepEvent]) -> Apart[UpkeepEvent]:
    threading.Timer(0.3, work.cancel).start()
    return work


def test_looking_at_the_shelf_loads_neither_models_nor_vectors(tmp_path: Path) -> None:
    heavy = ["torch", "chromadb", "sentence_transformers", "llama_cpp", "watchfiles"]
    code = (
        "import json, sys; from pathlib import Path; from qa.keeping import Keeper;"
        "from qa.settings import Settings; keeper = Keeper(Settings(home=Path(sys.argv[1])));"
        "documents = len(keeper.overview()[0].documents);"
        f"print(json.dumps([documents, [name for name in {heavy} if name in sys.modules]]))"
    )
    home, folder = tmp_path / "home", tmp_path / "documents"
    folder.mkdir()
    (folder / "bees.txt").write_text("Bees dance.", "utf-8")
    from index.sync import synchronise

    synchronise(home, [folder], HashingEmbedder())
    done = subprocess.run(
        [sys.executable, "-c", code, str(home)],
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert json.loads(done.stdout) == [1, []]


def test_work_that_fails_fails_where_its_events_are_taken() -> None:
    def work(told: Telling[int]) -> None:
        told.tell(1)
        raise StoreError("broken")

    events = Telling[int]().events_of(work)
    assert next(events) == 1
    with pytest.raises(StoreError, match="broken"):
        next(events)

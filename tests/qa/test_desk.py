"""The assistant in a process of its own, over real documents and with no model at hand."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.embedder import Embedder
from index.errors import Cancelled, NoIndex, ProcessDied, StoreError
from index.places import Places
from index.scope import Scope
from index.sync import remove_source, synchronise
from qa.answer import Event, Finished, Found, Rewritten, Turn
from qa.desk import DeskAssistant
from qa.settings import Settings

LAMP = "The lamp of Skerry Light was first lit on 3 October 1854."


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("home")
    documents = tmp_path_factory.mktemp("documents")
    (documents / "light.md").write_text(f"# Skerry Light\n\n{LAMP} It burns oil.\n", "utf-8")
    settings = replace(Settings(), home=home)
    synchronise(home, [documents], Embedder(settings.embedder, home=home))
    return settings


@pytest.fixture(scope="module")
def desk(settings: Settings) -> Iterator[DeskAssistant]:
    desk = DeskAssistant.open(settings)
    yield desk
    desk.close()


def finished(events: list[Event]) -> Finished:
    (last,) = [event for event in events if isinstance(event, Finished)]
    return last


def test_it_says_what_it_answers_with(desk: DeskAssistant) -> None:
    assert desk.model == "evidence"
    assert desk.document_count == 1


def test_an_answer_s_events_come_through_and_its_source_can_be_read(desk: DeskAssistant) -> None:
    events = list(desk.ask("When was the lamp of Skerry Light first lit?"))
    assert isinstance(events[0], Found)
    (citation,) = finished(events).answer.citations
    assert desk.key_of(citation) == citation.document_id
    text = desk.text_of(citation.document_id)
    assert text[citation.start : citation.end] == citation.quote == LAMP
    path = desk.path_of(citation.document_id)
    assert (path.name, path.is_file()) == (citation.document, True)


def test_the_history_and_the_scope_come_through(desk: DeskAssistant) -> None:
    history = (Turn("user", "Where is Skerry Light?"), Turn("assistant", "At sea."))
    events = list(desk.ask("When was it lit?", history=history, within="*.md"))
    assert isinstance(events[0], Rewritten)
    assert finished(events).answer.passages
    answer = finished(list(desk.ask("When was it lit?", within=Scope((Path("/none"),))))).answer
    assert answer.passages == ()


def test_a_damaged_catalogue_that_was_built_anew_is_taken_up(tmp_path: Path) -> None:
    documents, home = tmp_path / "documents", tmp_path / "home"
    documents.mkdir()
    (documents / "light.md").write_text(f"# Skerry Light\n\n{LAMP} It burns oil.\n", "utf-8")
    settings = replace(Settings(), home=home)
    embedder = Embedder(settings.embedder, home=home)
    synchronise(home, [documents], embedder)
    desk = DeskAssistant.open(settings)
    Places(home).catalogue.write_bytes(b"no database " * 4000)
    question = "When was the lamp of Skerry Light first lit?"
    with pytest.raises(StoreError, match="damaged"):
        list(desk.ask(question))
    (documents / "more.md").write_text("More of it.\n", "utf-8")
    synchronise(home, [], embedder, rebuild=True)
    desk.look()
    assert desk.document_count == 2
    assert finished(list(desk.ask(question))).answer.citations[0].quote == LAMP
    desk.close()


def test_a_document_that_was_added_meanwhile_is_seen(
    desk: DeskAssistant, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "more.md").write_text("More of it.\n", "utf-8")
    synchronise(settings.home, [tmp_path], Embedder(settings.embedder, home=settings.home))
    assert desk.document_count == 1
    desk.look()
    assert desk.document_count == 2
    remove_source(settings.home, tmp_path)
    desk.look()
    assert desk.document_count == 1
    assert not finished(list(desk.ask("When was it lit?", within="*.pdf"))).answer.passages


def test_a_document_that_is_not_there_is_a_key_error(desk: DeskAssistant) -> None:
    with pytest.raises(KeyError):
        desk.text_of(99)
    with pytest.raises(KeyError):
        desk.path_of(99)


def test_a_question_can_be_cancelled_and_the_next_one_answered(desk: DeskAssistant) -> None:
    events = desk.ask("When was the lamp first lit?")
    next(events)
    desk.cancel()
    with pytest.raises(Cancelled):
        list(events)
    assert finished(list(desk.ask("When was the lamp first lit?"))).answer.passages


def test_sources_are_read_while_an_answer_is_on_its_way(desk: DeskAssistant) -> None:
    citation = finished(list(desk.ask("When was the lamp first lit?"))).answer.citations[0]
    stop = threading.Event()
    read: list[str] = []

    def keep_reading() -> None:
        while not stop.is_set():
            read.append(desk.text_of(citation.document_id))

    threads = [threading.Thread(target=keep_reading, daemon=True) for _ in range(2)]
    for thread in threads:
        thread.start()
    for _ in range(5):
        assert finished(list(desk.ask("When was the lamp first lit?"))).answer.citations
    stop.set()
    for thread in threads:
        thread.join(timeout=30)
        assert not thread.is_alive()
    assert all(LAMP in text for text in read)


def test_a_process_that_dies_in_mid_answer_is_told_of_and_started_again(
    desk: DeskAssistant,
) -> None:
    process = desk._child._process
    assert process is not None
    # Stopped, it takes the question and says nothing before it is killed.
    process._child.send_signal(signal.SIGSTOP)
    threading.Timer(0.3, process._child.kill).start()
    with pytest.raises(ProcessDied, match="SIGKILL"):
        list(desk.ask("When was the lamp first lit?"))
    assert finished(list(desk.ask("When was the lamp first lit?"))).answer.passages


def test_without_an_index_opening_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoIndex):
        DeskAssistant.open(replace(Settings(), home=tmp_path))


def test_the_front_end_s_process_loads_nothing_heavy() -> None:
    program = (
        "import sys, qa.desk; heavy = {'torch', 'chromadb', 'numpy', 'llama_cpp', 'textual'}; "
        "print(heavy & set(sys.modules))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert ran.stdout.strip() == "set()"

"""A small shelf with a real catalogue and real vectors, and what a test says to it."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest

from index.document import Chunk
from index.shelf import Shelf
from index.sync import synchronise
from qa.answer import Answer, Event, Finished, Turn
from qa.assistant import Assistant, Policy
from qa.evidence import Evidence, Excerpt
from qa.judge import Signals, Weights
from qa.sentence import Sentence
from tests.hashing_embedder import HashingEmbedder
from tests.scripted_model import ScriptedModel

LIBRARY = {
    "lights/skerry.md": (
        "# Skerry light\n\nThe Skerry light was first lit in 1846. Anna Holm designed the tower,"
        " which stands 42 metres high. It burned whale oil for many years.\n"
    ),
    "lights/almanac.md": (
        "# Skerry light\n\nThe Skerry light was first lit in 1851. Small boats pass it on the"
        " western side. Seals rest there.\n"
    ),
    "bees.txt": "On bees\n\nBees dance to tell where nectar is.\nA queen lays 2,000 eggs a day.\n",
    "ferry.txt": "The ferry\n\nThe ferry sails twice a day in summer. Jonas Berg steers it.\n",
}
LIT = "The Skerry light was first lit in 1846."
ALSO_LIT = "The Skerry light was first lit in 1851."
TALL = "The tower stands 42 metres high."
HISTORY = (Turn("user", "Who designed the Skerry light?"), Turn("assistant", "Anna Holm did. [1]"))

Shelve = Callable[[dict[str, str]], Shelf]
MakeAssistant = Callable[..., Assistant]


def said(answer: str) -> str:
    """What a model writes after the words that its reply is begun with."""
    return f" {answer}"


MISSING = said("The excerpts do not mention it.")


def scripted(*replies: str | Exception, states: float = 0.95) -> ScriptedModel:
    """A model with these replies, then refusals: what it is asked besides changes nothing.

    Asked whether an answer is stated, it says so with the probability `states`.
    """
    return ScriptedModel((*replies, *(MISSING,) * 8), ((states, 1 - states),) * 8)


def chunk_of(text: str, *, document: int = 1, title: str = "A page", heading: str = "") -> Chunk:
    return Chunk(document, document, f"{document}.txt", title, 0, len(text), text, heading)


def sentence(
    text: str, *, document: int = 1, title: str = "A page", heading: str = "", score: float = 1.0
) -> Sentence:
    """A sentence that is a document's whole text."""
    chunk = chunk_of(text, document=document, title=title, heading=heading)
    return Sentence(chunk, 0, 0, len(text), text, cosine=0.8, coverage=0.8, score=score)


def following(first: str, second: str) -> tuple[Sentence, Sentence]:
    """Two sentences of one passage, one behind the other."""
    both = sentence(f"{first} {second}")
    return (
        replace(both, end=len(first), text=first),
        replace(both, start=len(first) + 1, text=second),
    )


def evidence_of(*ranked: Sentence) -> Evidence:
    """Every sentence picked, each in an excerpt of its own."""
    excerpts = [Excerpt(number, each.chunk, (each,)) for number, each in enumerate(ranked, 1)]
    return Evidence(ranked, tuple(excerpts))


def answer_of(events: Iterable[Event]) -> Answer:
    """What a question ended with."""
    *_, last = events
    assert isinstance(last, Finished)
    return last.answer


def write(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8", newline="")


@pytest.fixture
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whoever runs the tests has settings of their own."""
    for name in [name for name in os.environ if name.startswith("LECTERN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LECTERN_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose index holds `LIBRARY`; it is only read."""
    folder = tmp_path_factory.mktemp("library")
    write(folder / "documents", LIBRARY)
    synchronise(folder / "home", [folder / "documents"], HashingEmbedder())
    return folder / "home"


@pytest.fixture
def shelf(library: Path) -> Iterator[Shelf]:
    with Shelf.open(library) as shelf:
        yield shelf


@pytest.fixture
def shelve(tmp_path: Path) -> Iterator[Shelve]:
    """Documents of a test's own, indexed under its `LECTERN_HOME`."""
    opened: list[Shelf] = []

    def shelve(texts: dict[str, str]) -> Shelf:
        write(tmp_path / "documents", texts)
        synchronise(tmp_path / "home", [tmp_path / "documents"], HashingEmbedder())
        opened.append(Shelf.open(tmp_path / "home"))
        return opened[-1]

    yield shelve
    for each in opened:
        each.close()


@pytest.fixture
def assistant(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> MakeAssistant:
    """An assistant over the library that refuses nothing, unless told otherwise.

    What a believed model says and the evidence carries is preferred to a quotation, whatever
    the weights are: how well they are fitted is for the evaluation to say.
    """
    monkeypatch.setattr("qa.decide.CLAIM", Weights(20.0, (0.0,) * len(fields(Signals))))

    def make(
        model: ScriptedModel | None = None,
        *,
        over: Shelf | None = None,
        caution: float = 0.0,
        believed: bool = True,
        notes: tuple[str, ...] = (),
    ) -> Assistant:
        policy = Policy(passages=8, evidence_tokens=300, caution=caution, believed=believed)
        return Assistant(over or shelf, HashingEmbedder(), model, policy, notes=notes)

    return make


@pytest.fixture
def taken(shelf: Shelf) -> Callable[[str], Sentence]:
    """A sentence of the library by its words."""

    def taken(text: str) -> Sentence:
        (chunk,) = [each for each in shelf.chunks(range(1, 20)).values() if text in each.text]
        start = chunk.start + chunk.text.index(text)
        return Sentence(chunk, 0, start, start + len(text), text, 0.8, 0.8, 1.0)

    return taken

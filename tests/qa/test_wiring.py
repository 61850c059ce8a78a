"""What a person sets reaches the part that it is about."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from index.embedder import Embedder
from index.errors import IndexOutdated, UnknownModel
from index.reranker import Reranker
from index.schema import connect
from index.sync import synchronise
from qa.answer import Passage
from qa.model_files import BUILT_IN, models_folder
from qa.settings import Settings
from qa.wiring import open_assistant, open_parts
from tests.hashing_embedder import HashingEmbedder
from tests.index.tiny_models import save_cross_encoder, save_embedder
from tests.qa.loopback_hub import CONTENT

TEXTS = ["where do bees dance", "the ferry", "a tower light", "bees nectar summer"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Documents in which a question about bees finds everything."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for number, text in enumerate(TEXTS):
        (folder / f"{number}.txt").write_text(f"{text} bees\n", "utf-8")
    return folder


def found(settings: Settings) -> tuple[Passage, ...]:
    with closing(open_assistant(settings, retrieval_only=True)) as assistant:
        return assistant.search("bees", limit=len(TEXTS))


@pytest.mark.model
def test_the_embedder_that_was_set_searches(folder: Path, tmp_path: Path) -> None:
    model = str(save_embedder(tmp_path / "tiny", {}))
    settings = Settings(home=tmp_path / "home", embedder=model)
    synchronise(settings.home, [folder], Embedder(model))
    assert len(found(settings)) == len(TEXTS)
    with pytest.raises(IndexOutdated):
        found(replace(settings, embedder=Settings().embedder))


def test_what_was_opened_is_closed_where_a_part_is_missing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[sqlite3.Connection] = []

    def noted(path: Path, *, writing: bool) -> sqlite3.Connection:
        made.append(connect(path, writing=writing))
        return made[-1]

    monkeypatch.setattr("qa.wiring.Embedder", lambda name, home: HashingEmbedder())
    monkeypatch.setattr("index.shelf.connect", noted)
    settings = Settings(home=tmp_path / "home")
    synchronise(settings.home, [folder], HashingEmbedder())
    with pytest.raises(UnknownModel):
        open_parts(replace(settings, model="nobody-knows-it"))
    (connection,) = made
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        connection.execute("SELECT 1")


@pytest.mark.model
def test_the_reranker_that_was_set_has_the_last_word(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.wiring.Embedder", lambda name, home: HashingEmbedder())
    plain = Settings(home=tmp_path / "home")
    synchronise(plain.home, [folder], HashingEmbedder())
    model = str(save_cross_encoder(tmp_path / "tiny"))
    passages = found(replace(plain, reranker=model))
    texts = [f"{each.chunk.title}\n{each.chunk.text}" for each in passages]
    scores = list(Reranker(model).scores("bees", texts))
    assert scores == pytest.approx(sorted(scores, reverse=True), abs=1e-6)
    assert [each.chunk.id for each in passages] != [each.chunk.id for each in found(plain)]


def linked(path: Path) -> str:
    link = path.parent.parent / "Mine.gguf"
    link.symlink_to(path)
    return str(link)


def other(path: Path) -> str:
    path.with_name("smollm2-135m.gguf").write_bytes(CONTENT)  # like it by name alone
    return "smollm2-135m.gguf"


@pytest.mark.parametrize(
    ("named", "believed"),
    [
        (lambda _: "", False),
        (lambda _: "built-in", False),
        (lambda path: path.name, False),
        (str, False),
        (linked, False),
        (other, True),
    ],
)
def test_the_built_in_model_is_not_believed_under_any_name(
    library: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    named: Callable[[Path], str],
    believed: bool,
) -> None:
    monkeypatch.setattr("qa.wiring.Embedder", lambda name, home: HashingEmbedder())
    settings = Settings(home=tmp_path / "home")
    path = models_folder(settings) / BUILT_IN.file
    path.parent.mkdir(parents=True)
    path.write_bytes(CONTENT)
    asked = replace(settings, model=named(path))
    with closing(open_parts(asked, index_home=library)) as parts:
        assert parts.believed is believed

"""Any sentence-transformers embedder or cross-encoder can be named: tiny ones of random weights."""

from pathlib import Path

import numpy as np
import pytest

from index.embedder import Embedder
from index.errors import IndexOutdated, ModelError
from index.reranker import Reranker
from index.shelf import Shelf
from index.sync import synchronise
from qa.retrieve import retrieve
from tests.hashing_embedder import HashingEmbedder
from tests.index.tiny_models import save_bare, save_cross_encoder, save_embedder

TEXTS = ["where do bees dance", "the ferry", "a tower light", "bees nectar summer"]


def test_choosing_models_loads_nothing() -> None:
    assert Reranker("no/such-model").scores("bees", []).shape == (0,)


@pytest.mark.model
def test_a_cross_encoder_has_the_last_word_on_the_order(tmp_path: Path) -> None:
    for number, text in enumerate(TEXTS):
        (tmp_path / f"{number}.txt").write_text(f"{text} bees\n", "utf-8")
    model = Reranker(str(save_cross_encoder(tmp_path / "model")))
    embedder = HashingEmbedder()
    synchronise(tmp_path / "home", [tmp_path / f"{n}.txt" for n in range(len(TEXTS))], embedder)
    with Shelf.open(tmp_path / "home") as shelf:
        plain = retrieve("bees", shelf, embedder, limit=4)
        found = retrieve("bees", shelf, embedder, limit=4, reranker=model)
    texts = [f"{each.chunk.title}\n{each.chunk.text}" for each in found]
    scores = model.scores("bees", texts)
    assert scores.dtype == np.float32
    assert np.all((scores >= 0) & (scores <= 1))
    assert np.all(np.diff(scores) <= 1e-6)
    assert scores[0] > scores[-1] + 1e-3
    assert [each.chunk.id for each in found] != [each.chunk.id for each in plain]
    assert {each.chunk.id for each in found} == {each.chunk.id for each in plain}


@pytest.mark.model
def test_what_gives_no_single_score_is_no_reranker(tmp_path: Path) -> None:
    for model in (save_bare(tmp_path / "bare"), save_cross_encoder(tmp_path / "three", labels=3)):
        with pytest.raises(ModelError, match="is no reranker"):
            Reranker(str(model)).scores("bees", ["the ferry"])


@pytest.mark.model
def test_a_folder_without_a_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="could not be loaded"):
        Reranker(str(tmp_path)).scores("bees", ["the ferry"])


@pytest.mark.model
def test_an_embedder_brings_its_dimension_and_its_prompts(tmp_path: Path) -> None:
    model = save_embedder(tmp_path, {"query": "query ", "document": "passage "})
    embedder = Embedder(str(model))
    assert embedder.dimension == 16
    questions, documents = embedder.encode_queries(TEXTS), embedder.encode_documents(TEXTS)
    assert questions.shape == documents.shape == (4, 16)
    assert np.allclose(np.linalg.norm(documents, axis=1), 1, atol=1e-5)
    assert not np.allclose(questions, documents, atol=1e-3)


@pytest.mark.model
def test_an_index_follows_the_embedder(tmp_path: Path) -> None:
    (tmp_path / "bees.txt").write_text("Bees dance.\n", "utf-8")
    home, source = tmp_path / "home", [tmp_path / "bees.txt"]
    synchronise(home, source, HashingEmbedder())
    other = Embedder(str(save_embedder(tmp_path, {})))
    with Shelf.open(home) as shelf:
        before = shelf.built.collection
        with pytest.raises(IndexOutdated, match="hashing"):
            shelf.require(other)
    assert synchronise(home, source, other).embedded == 1
    with Shelf.open(home) as shelf:
        shelf.require(other)
        assert shelf.built.collection != before
        (found,) = retrieve("dance", shelf, other, limit=3)
    assert found.chunk.document == "bees.txt"

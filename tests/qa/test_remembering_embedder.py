"""Texts that come back are not embedded again."""

import numpy as np
import pytest

import qa.remembering_embedder
from qa.remembering_embedder import RememberingEmbedder
from tests.hashing_embedder import HashingEmbedder


def test_only_new_texts_are_embedded_and_every_row_is_the_embedder_s_own() -> None:
    inner = HashingEmbedder()
    embedder = RememberingEmbedder(inner)

    embedder.encode_documents(["a cat", "a dog", "a cat"])
    rows = embedder.encode_documents(["a dog", "a bird", "a cat"])

    assert inner.documents == ["a cat", "a dog", "a bird"]
    expected = HashingEmbedder().encode_documents(["a dog", "a bird", "a cat"])
    np.testing.assert_array_equal(rows, expected)


def test_a_question_is_not_taken_for_a_document_of_the_same_words() -> None:
    inner = HashingEmbedder()
    embedder = RememberingEmbedder(inner)

    embedder.encode_queries(["a cat"])
    embedder.encode_documents(["a cat"])

    assert inner.documents == ["a cat"]


def test_what_was_asked_for_longest_ago_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qa.remembering_embedder, "REMEMBERED", 2)
    inner = HashingEmbedder()
    embedder = RememberingEmbedder(inner)

    embedder.encode_documents(["a", "b"])
    embedder.encode_documents(["a", "c"])
    embedder.encode_documents(["a"])
    embedder.encode_documents(["b"])

    assert inner.documents == ["a", "b", "c", "b"]


def test_no_texts_give_no_rows() -> None:
    assert RememberingEmbedder(HashingEmbedder(dimension=8)).encode_documents([]).shape == (0, 8)

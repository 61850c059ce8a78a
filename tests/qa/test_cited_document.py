"""A citation that was kept, and the shelf as it is by now."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.shelf import Shelf
from index.sync import synchronise
from qa.answer import Citation
from qa.cited_document import key_of
from tests.hashing_embedder import HashingEmbedder

LIT = "It was lit in 1854."


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for folder, text in (("first", "It burns oil.\n"), ("second", f"{LIT} It burns oil.\n")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "light.md").write_text(text, "utf-8")
    (tmp_path / "first" / "another.md").write_text("Another.\n", "utf-8")
    synchronise(tmp_path, [tmp_path / "first", tmp_path / "second"], HashingEmbedder())
    return tmp_path


def citation(shelf: Shelf) -> Citation:
    (document,) = (each for each in shelf.documents_at("light.md") if LIT in shelf.text(each.key))
    start = shelf.text(document.key).index(LIT)
    return Citation(1, "light.md", "Light", LIT, start, start + len(LIT), document_id=document.key)


def test_the_document_is_found_after_the_index_was_built_anew(home: Path) -> None:
    with Shelf.open(home) as shelf:
        kept = citation(shelf)
    synchronise(home, [], HashingEmbedder(), rebuild=True)
    with Shelf.open(home) as shelf:
        assert LIT in shelf.text(key_of(kept, shelf))


def test_a_key_that_is_another_document_s_by_now_leads_nobody_astray(home: Path) -> None:
    with Shelf.open(home) as shelf:
        right = citation(shelf)
        (other,) = shelf.documents_at("another.md")
        assert key_of(replace(right, document_id=other.key), shelf) == right.document_id


def test_of_two_that_both_lack_the_words_the_one_that_was_cited_is_meant(home: Path) -> None:
    with Shelf.open(home) as shelf:
        for document in shelf.documents_at("light.md"):
            changed = replace(citation(shelf), quote="Gone.", document_id=document.key)
            assert key_of(changed, shelf) == document.key


def test_a_document_that_is_not_on_the_shelf_is_a_key_error(home: Path) -> None:
    with Shelf.open(home) as shelf, pytest.raises(KeyError):
        key_of(replace(citation(shelf), document="gone.md"), shelf)

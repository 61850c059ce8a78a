from io import StringIO

import pytest
from rich.console import Console

from evals import own_index
from index.shelf import Shelf
from qa.settings import Settings
from tests.hashing_embedder import HashingEmbedder


@pytest.fixture
def embedder(monkeypatch):
    fake = HashingEmbedder()
    monkeypatch.setattr("index.embedder.Embedder", lambda name, home: fake)
    return fake


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "papers"
    made.mkdir()
    (made / "a.md").write_text("There were 2,290 agents.")
    (made / "[red]b.md").write_bytes(b"\x00\x01\x02\x03")
    return made


def test_a_folder_is_indexed_apart_from_the_users_shelf_and_kept(embedder, folder, tmp_path):
    settings, out = Settings(home=tmp_path / "home"), StringIO()
    home = own_index.prepare([folder], settings, Console(file=out, width=300))
    assert home == own_index.own_home([folder], settings)
    assert [path.name for path in settings.home.iterdir()] == ["evaluations"]
    with Shelf.open(home) as shelf:
        assert [document.id for document in shelf.documents()] == ["a.md"]
    assert "[red]b.md" in out.getvalue()
    embedded = len(embedder.documents)
    assert embedded
    own_index.prepare([folder], settings, Console(file=out))
    assert len(embedder.documents) == embedded

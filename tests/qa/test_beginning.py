"""What a person who has just started finds here."""

from pathlib import Path

import pytest

from index.starter import starter_documents
from index.sync import synchronise
from qa.beginning import STARTER_QUESTIONS, Beginning, look_around
from qa.model_files import BUILT_IN, models_folder
from qa.settings import Settings
from tests.hashing_embedder import HashingEmbedder

pytestmark = pytest.mark.usefixtures("no_settings_from_outside")


def test_at_the_very_first_start_there_is_nothing(tmp_path: Path) -> None:
    assert look_around(Settings(home=tmp_path)) == Beginning()


def test_with_the_starter_documents_there_is_something_to_ask(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    synchronise(tmp_path, [starter_documents()], HashingEmbedder())
    models_folder(settings).mkdir()
    (models_folder(settings) / BUILT_IN.file).touch()
    assert look_around(settings) == Beginning(BUILT_IN.name, STARTER_QUESTIONS)


def test_other_documents_come_without_suggestions(library: Path) -> None:
    assert look_around(Settings(home=library)).suggestions == ()


def test_an_index_that_cannot_be_read_is_no_crash(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "catalogue.sqlite").write_text("no catalogue at all")
    assert look_around(Settings(home=tmp_path, model="unheard-of")) == Beginning()


def test_a_model_elsewhere_needs_no_file(tmp_path: Path) -> None:
    address = "http://127.0.0.1:8080/v1#qwen3"
    assert look_around(Settings(home=tmp_path, model=address)).model == address

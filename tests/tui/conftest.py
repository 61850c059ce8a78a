"""What tests of the app share."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.embedder import Embedder
from index.starter import starter_documents
from index.sync import synchronise
from qa.beginning import Beginning
from qa.model_files import BUILT_IN, models_folder
from qa.session import KeptTurn
from qa.sessions import SessionStore
from qa.settings import Settings
from tests.tui.every_screen import ASKED, MakeApp
from tests.tui.fake_desk import DISAGREEING, FakeAssistant, answer, script
from tests.tui.fake_evaluations import FakeEvaluations
from tests.tui.fake_keeper import FakeKeeper as FakeModels
from tests.tui.fake_shelf import FakeKeeper as FakeShelf
from tui.app import LecternApp
from tui.looks import Looks
from tui.services import Services


class _TwoModels:
    """Those that a question can be asked again of."""

    def names(self) -> tuple[str, ...]:
        return "smollm2-135m", "own.gguf"

    def open(self, name: str) -> FakeAssistant:
        return FakeAssistant()


@pytest.fixture(scope="session")
def built_in() -> Path:
    """The built-in model's file."""
    model = models_folder(Settings()) / BUILT_IN.file
    assert model.exists(), "run `make test`: it fetches the built-in model"
    return model


@pytest.fixture(scope="session")
def shelved_home(tmp_path_factory: pytest.TempPathFactory, built_in: Path) -> Path:
    """A home with the starter documents, indexed, and the built-in model."""
    home = tmp_path_factory.mktemp("home")
    (home / "models").mkdir()
    (home / "models" / BUILT_IN.file).symlink_to(built_in)
    settings = Settings(home=home)
    embedder = Embedder(settings.embedder, home=home)
    synchronise(home, [starter_documents()], embedder, chunk_size=settings.chunk_size)
    return home


@pytest.fixture
def whole_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakeApp]:
    """Makes the app with all that lies behind its screens, in a folder with two others in it."""
    for name in ("notes", "papers"):
        (tmp_path / "work" / name).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    sessions = SessionStore(tmp_path, origin="app")
    sessions.keep(KeptTurn(datetime(2025, 3, 4, 12, tzinfo=UTC), answer(question=ASKED)))

    def app(looks: Looks) -> LecternApp:
        return LecternApp(
            Services(
                lambda: FakeAssistant(script(DISAGREEING)),
                look_around=lambda: Beginning("qwen2.5-1.5b", ("How high is it?",)),
                looks=looks,
                shelf_keeper=FakeShelf(),
                sessions=sessions,
                other_models=_TwoModels(),
                model_keeper=FakeModels(),
                open_evaluations=FakeEvaluations,
            )
        )

    yield app
    monkeypatch.undo()
    time.tzset()

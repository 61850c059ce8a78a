"""The whole road with the real command line, the real index and the real built-in model."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.starter import starter_documents
from qa.model_files import BUILT_IN, models_folder
from qa.settings import Settings


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh home with the starter documents indexed and the built-in model in place."""
    folder = tmp_path_factory.mktemp("home")
    model = models_folder(Settings()) / BUILT_IN.file
    assert model.exists(), "run `make test`: it fetches the built-in model"
    (folder / "models").mkdir()
    (folder / "models" / BUILT_IN.file).symlink_to(model)
    done = lectern(folder, "index", "--json", str(starter_documents()))
    report = json.loads(done.stdout)
    assert (report["added"], report["skipped"]) == (5, [])
    return folder


def lectern(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LECTERN_HOME": str(home), "LECTERN_MODEL": "built-in"}
    return subprocess.run(
        [sys.executable, "-m", "qa.cli", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )


@pytest.mark.model
@pytest.mark.parametrize("by_path", [False, True])
def test_an_answer_quotes_the_document_to_the_letter(home: Path, by_path: bool) -> None:
    model = str(home / "models" / BUILT_IN.file) if by_path else "built-in"
    question = "How many special agents does IRS Criminal Investigation have?"
    done = lectern(home, "ask", "--json", "--model", model, question)
    answer = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert answer["model"] == BUILT_IN.name
    assert answer["quoted"], "the words of the smallest model are not believed"
    assert answer["prompt_tokens"] > 0
    assert not answer["abstained"]
    for citation in answer["citations"]:
        text = (starter_documents() / citation["document"]).read_text("utf-8")
        assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert "2,290" in answer["answer"]


@pytest.mark.model
def test_what_the_documents_do_not_say_is_refused_with_the_nearest_evidence(home: Path) -> None:
    done = lectern(home, "ask", "--json", "--strict-exit", "What is the capital of Australia?")
    answer = json.loads(done.stdout)
    assert done.returncode == 4, done.stderr
    assert answer["abstained"]
    assert len(answer["citations"]) == 1
    assert "Canberra" not in answer["answer"]


def test_a_second_indexing_embeds_nothing(home: Path) -> None:
    report = json.loads(lectern(home, "index", "--json").stdout)
    assert (report["added"], report["changed"], report["unchanged"]) == (0, 0, 5)
    assert report["seconds"] < 10  # loading the embedding model alone would take longer

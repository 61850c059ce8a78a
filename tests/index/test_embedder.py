"""The built-in embedding model, its check, and what it leaves on a terminal."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index import embedder as module
from index.embedder import Embedder
from index.errors import ModelError


def test_fingerprint_and_dimension_need_no_loading() -> None:
    code = (
        "import sys; from index.embedder import Embedder; e = Embedder();"
        "e.fingerprint, e.dimension; assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_no_texts_need_no_model() -> None:
    assert Embedder().encode_documents([]).shape == (0, 384)


def test_other_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"others")
    monkeypatch.setattr(module, "_built_in_folder", lambda: tmp_path)
    with pytest.raises(ModelError, match="not the published"):
        Embedder().encode_queries(["x"])


def test_a_folder_s_fingerprint_changes_with_its_files(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", "utf-8")
    before = Embedder(str(tmp_path)).fingerprint
    (tmp_path / "model.bin").write_bytes(b"x")
    assert Embedder(str(tmp_path)).fingerprint != before


@pytest.mark.model
def test_what_means_the_same_is_near(tmp_path: Path) -> None:
    model = Embedder(home=tmp_path)
    documents = model.encode_documents(["The cat sat on the mat.", "Shares fell on Monday."])
    (question,) = model.encode_queries(["Where did the kitten sit?"])
    assert documents.dtype == np.float32
    assert documents.shape == (2, model.dimension)
    assert np.allclose(np.linalg.norm(documents, axis=1), 1, atol=1e-5)
    assert documents[0] @ question > documents[1] @ question + 0.2
    assert (tmp_path / "embedder-checked.json").exists()


@pytest.mark.model
def test_loading_is_silent() -> None:
    code = "from index.embedder import Embedder; Embedder().encode_queries(['x'])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, timeout=120, check=True
    )
    assert (done.stdout, done.stderr) == (b"", b"")


@pytest.mark.model
def test_a_name_that_is_no_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="could not be loaded"):
        Embedder(str(tmp_path)).encode_queries(["x"])

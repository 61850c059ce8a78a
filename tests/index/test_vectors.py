"""Vectors in a real Chroma folder, and in a real Chroma server."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.errors import StoreError
from index.vectors import Vectors


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    program = shutil.which("chroma", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("Chroma's server is not installed")
    port = free_port()
    folder = tmp_path_factory.mktemp("server")
    command = [program, "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(300):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@pytest.fixture(params=["folder", "server"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    if request.param == "folder":
        return tmp_path / "chroma"
    return str(request.getfixturevalue("server"))


def units(count: int, *, seed: int = 0) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    rows = np.random.default_rng(seed).normal(size=(count, 8)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def test_vectors_are_kept_found_and_deleted(location: Path | str) -> None:
    rows = units(20)
    vectors = Vectors.open(location, "lectern-test-kept")
    vectors.add(range(1, 21), rows)
    assert vectors.ids() == set(range(1, 21))
    ((nearest, cosine),) = vectors.nearest(rows[4], 1)
    assert nearest == 5
    assert abs(cosine - 1) < 1e-5
    assert np.allclose(vectors.get([3, 99])[3], rows[2], atol=1e-6)
    assert [key for key, _ in vectors.nearest(rows[4], 2, among={7})] == [7]
    vectors.delete([5, 99])
    assert vectors.count() == 19
    assert vectors.nearest(rows[4], 1)[0][0] != 5
    vectors.close()
    again = Vectors.open(location, "lectern-test-kept", create=False)
    assert again.count() == 19
    again.close()
    again.close()


def test_other_collections_of_the_shelf_are_dropped(location: Path | str) -> None:
    for name in ("lectern-one-1", "lectern-one-2", "lectern-two-1"):
        Vectors.open(location, name).close()
    vectors = Vectors.open(location, "lectern-one-2")
    vectors.drop_others("lectern-one-")
    vectors.close()
    Vectors.open(location, "lectern-two-1", create=False).close()
    with pytest.raises(StoreError):
        Vectors.open(location, "lectern-one-1", create=False)


def test_more_than_one_batch(tmp_path: Path) -> None:
    rows = units(6000)
    vectors = Vectors.open(tmp_path, "lectern-test-batches")
    vectors.add(range(6000), rows)
    assert vectors.count() == 6000
    assert len(vectors.get(range(6000))) == 6000
    vectors.close()


def test_a_server_that_is_not_there_is_an_error_with_a_hint() -> None:
    with pytest.raises(StoreError) as failure:
        Vectors.open(f"http://127.0.0.1:{free_port()}", "lectern-test-away")
    assert "server" in failure.value.hint

"""A short way to write a file and read it."""

from pathlib import Path

import pytest

from index.document import Document
from index.readers import read


class Written:
    """Reads what has just been written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, name: str, data: bytes | str) -> Document:
        path = self.folder / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return read(path, name)


@pytest.fixture
def written(tmp_path: Path) -> Written:
    return Written(tmp_path)

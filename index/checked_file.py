"""Which SHA-256 a large file had when it was last read, so that it is read once."""

import hashlib
import json
from contextlib import suppress
from pathlib import Path

from index.places import make_private


def sha256_of(path: Path) -> str:
    """The file's SHA-256, hex.

    Raises:
        OSError: If it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_known(path: Path, sha256: str, note: Path) -> bool:
    """Whether the note says that the file, which has not changed since, has this SHA-256."""
    with suppress(OSError, ValueError):
        return bool(json.loads(note.read_text("utf-8")) == _state(path, sha256))
    return False


def remember(path: Path, sha256: str, note: Path) -> None:
    """Note down which SHA-256 the file has; where that fails it is read again next time."""
    with suppress(OSError):
        make_private(note.parent)
        note.touch(0o600)
        note.write_text(json.dumps(_state(path, sha256)), "utf-8")


def _state(path: Path, sha256: str) -> dict[str, int | str]:
    status = path.stat()
    return {
        "path": str(path),
        "size": status.st_size,
        "mtime_ns": status.st_mtime_ns,
        "sha256": sha256,
    }

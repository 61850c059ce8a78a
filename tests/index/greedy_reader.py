"""A reading process whose reader does to itself what a broken file does to a parser."""

import os
import signal
import time
from pathlib import Path

from index import reading_process
from index.document import Document
from index.errors import ReadError


def _read(path: Path, document_id: str) -> Document:
    match path.name:
        case "sleeps":
            time.sleep(600)
        case "eats":
            held = [b"x" * 10_000_000 for _ in range(1000)]
            raise ReadError(f"had {len(held)}")
        case "crashes":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "prints":
            os.write(1, b"{}\n")
        case "exits":
            os._exit(3)
    return Document(document_id, str(os.getpid()), "text", "", headings=((0, "t"),), pages=(0,))


def serve() -> None:
    reading_process.serve(_read)

"""What runs in the reading process, and the lines of JSON that the two processes speak.

A plain child process rather than `multiprocessing`: that would import the parent's main module
again. JSON rather than pickles: whatever a file has made of its parser, the parent runs none of
what it says.
"""

import contextlib
import faulthandler
import json
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from index.document import Document
from index.errors import ReadError
from index.readers import read

WORN = 512 * 1024 * 1024
"""Bytes; a process that still holds so much after a file makes room for a new one, so that what
one file left behind is not counted against the next."""

_GRACE = 5
"""Seconds after which the process ends itself, should the parent not be there to end it."""

Read = Callable[[Path, str], Document]


def serve(read: Read = read) -> None:
    """Read the files that standard input names until it ends; its first line sets the limits."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    with os.fdopen(os.dup(1), "w", encoding="ascii") as replies, Path(os.devnull).open("wb") as nul:
        os.dup2(nul.fileno(), 1)  # nothing that a parser prints may land among the replies
        limits = json.loads(sys.stdin.readline())
        _limit_memory(limits["memory"])
        _send(replies, {"started": True})
        for request in _requests():
            with _ending_after(limits["seconds"] + _GRACE, nul):
                reply = _answer(read, **request)
            _send(replies, reply)
            if reply["last"]:
                return


def _send(replies: TextIO, reply: dict[str, object]) -> None:
    replies.write(json.dumps(reply) + "\n")
    replies.flush()


def document_from(fields: dict[str, Any]) -> Document:
    """The document in a reply; JSON knows lists only."""
    headings = tuple((int(at), str(heading)) for at, heading in fields.pop("headings"))
    return Document(headings=headings, pages=tuple(fields.pop("pages")), **fields)


def _requests() -> Iterator[dict[str, str]]:
    """The requests; the process ends when the parent is gone, in the middle of a file too."""
    waiting: queue.SimpleQueue[dict[str, str]] = queue.SimpleQueue()

    def listen() -> None:
        for line in sys.stdin:
            waiting.put(json.loads(line))
        os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    while True:
        yield waiting.get()


def _limit_memory(most: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):  # macOS has the name of it only
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


@contextlib.contextmanager
def _ending_after(seconds: float, nowhere: BinaryIO) -> Iterator[None]:
    """A watch that needs no Python: some parsers never let another thread run."""
    faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def _answer(read: Read, path: str, id: str) -> dict[str, object]:  # noqa: A002 - Document's word
    reply: dict[str, object] = {"last": False}
    try:
        document = read(Path(path), id)
        reply["document"] = {f.name: getattr(document, f.name) for f in fields(document)}
    except ReadError as error:
        reply["refused"] = str(error)
    except OSError as error:
        reply["failed"] = error.errno, error.strerror
    except MemoryError:
        reply |= {"memory": True, "last": True}
    reply["last"] = reply["last"] or _worn()
    return reply


def _worn() -> bool:
    """Whether much is held now; what the system calls the peak counts the parent's too."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:  # Linux alone has it, and a limit that what is left behind counts against
        return False
    return pages * os.sysconf("SC_PAGE_SIZE") > WORN

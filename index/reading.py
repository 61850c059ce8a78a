"""Read files in a process of its own, so that no file harms the run: time and memory end there."""

import contextlib
import json
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, cast

from index.document import Document
from index.ending import ending
from index.errors import ReadError

SECONDS = 60.0
"""For one file. The slowest honest ones, scanned books of a thousand pages, need a third of it."""

MEMORY = 2 * 1024**3
"""Bytes of address space for the process; where the platform has no such limit, none."""

Read = Callable[[Path, str], Document]
"""From a file and the id that its document gets; see `index.readers.read`."""


class ReadingProcess:
    """Reads one file at a time in a process that is started on first use and after its death."""

    def __init__(
        self,
        *,
        seconds: float = SECONDS,
        memory: int = MEMORY,
        program: str = "index.reading_process",
    ) -> None:
        """Set the limits; nothing is started yet.

        Args:
            seconds: How long one file may take.
            memory: Bytes that the process may hold.
            program: The module whose `serve` runs in it.
        """
        self._seconds = seconds
        self._memory = memory
        self._program = program
        self._child: _Child | None = None

    def read(self, path: Path, document_id: str) -> Document:
        """The document in a file.

        Raises:
            ReadError: If there is none to be had, and be it because the process died of it.
            OSError: If the file cannot be opened.
        """
        if self._child is None:
            self._child = _Child(self._program, self._seconds, self._memory)
        try:
            reply = self._child.ask(path, document_id)
        except BaseException:  # whatever it is in the middle of, nobody waits for it any more
            self.close()
            raise
        if reply["last"]:
            self.close()
        return self._document(reply)

    def _document(self, reply: dict[str, Any]) -> Document:
        from index.reading_process import document_from

        if "document" in reply:
            return document_from(reply["document"])
        if "failed" in reply:
            raise OSError(*reply["failed"])
        if "memory" in reply:
            raise ReadError(f"too large: reading it takes more than {_gigabytes(self._memory)}")
        raise ReadError(reply["refused"])

    def close(self) -> None:
        """End the process at once; it is started again when it is needed."""
        child, self._child = self._child, None
        if child:
            child.end()

    def __enter__(self) -> "ReadingProcess":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Child:
    """A running reading process."""

    def __init__(self, program: str, seconds: float, memory: int) -> None:
        code = f"import sys; sys.path[:] = sys.argv[1:]; from {program} import serve; serve()"
        self._process = subprocess.Popen(
            [sys.executable, "-c", code, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            process_group=0,  # out of reach of the terminal's Ctrl-C
        )
        self._seconds = seconds
        self._replies: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._send({"seconds": seconds, "memory": memory})
        if not self._replies.get().endswith(b"\n"):
            death = self._death()
            self.end()
            raise RuntimeError(f"The reading process did not start ({death}).")

    def ask(self, path: Path, document_id: str) -> dict[str, Any]:
        """What the process answers.

        Raises:
            ReadError: If it does not answer in time, or ends instead.
        """
        self._send({"path": str(path), "id": document_id})
        try:
            line = self._replies.get(timeout=self._seconds)
        except queue.Empty:
            raise ReadError(f"unreadable: not read within {self._seconds:g} seconds") from None
        if not line.endswith(b"\n"):
            raise ReadError(f"damaged or too large: its reader crashed ({self._death()})")
        return cast("dict[str, Any]", json.loads(line))

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        self._listener.join()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                cast("IO[bytes]", pipe).close()

    def _send(self, request: dict[str, object]) -> None:
        pipe = cast("IO[bytes]", self._process.stdin)
        with contextlib.suppress(OSError):  # its end is among the replies
            pipe.write(json.dumps(request).encode() + b"\n")
            pipe.flush()

    def _listen(self) -> None:
        for line in cast("IO[bytes]", self._process.stdout):
            self._replies.put(line)
        self._replies.put(b"")

    def _death(self) -> str:
        return ending(self._process.wait())


def _gigabytes(size: int) -> str:
    return f"{size / 1024**3:.2g} GB of memory"

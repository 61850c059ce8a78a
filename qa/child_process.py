"""What runs in a child process that answers requests, and the words it speaks with its parent.

A plain child process rather than `multiprocessing`: that would import the parent's main module
again, whatever it is, and with it everything that the child has no use for.
"""

import contextlib
import os
import pickle
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from qa.failure import Failure


@dataclass(frozen=True, slots=True)
class Cancel:
    """Give up the request of the same number."""


@dataclass(frozen=True, slots=True)
class End:
    """The request is answered."""


class Answering(Protocol):
    """The work of a child process."""

    def answer(self, number: int, request: object) -> Iterator[object]:
        """The values that answer a request; request 0 sets the work up."""

    def give_up(self, number: int) -> None:
        """A request need not be answered any more; called from another thread, once or never."""


def serve(answering: Answering, *, threads: int = 1) -> None:
    """Answer the requests on standard input, on standard output, until the input ends.

    Args:
        answering: Does the work.
        threads: How many requests are answered at a time, in the order in which they come; none
            before request 0 is.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the front end decides what Ctrl-C means
    with way_back() as replies:
        answers = _Answers(answering, replies)
        with ThreadPoolExecutor(threads) as pool:
            try:
                while True:
                    number, request = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the parent
                    if isinstance(request, Cancel):
                        answering.give_up(number)
                    else:
                        pool.submit(answers.write, number, request)
            except (EOFError, OSError):
                os._exit(0)  # another thread may be inside native code for seconds


@contextlib.contextmanager
def way_back() -> Iterator[BinaryIO]:
    """Standard output, for what the parent is told and for nothing that C code prints."""
    with os.fdopen(os.dup(1), "wb") as replies, Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        yield replies


class _Answers:
    """The way back to the parent."""

    def __init__(self, answering: Answering, replies: BinaryIO) -> None:
        self._answering = answering
        self._replies = replies
        self._writing = threading.Lock()
        self._ready = threading.Event()

    def write(self, number: int, request: object) -> None:
        if number:
            self._ready.wait()
        try:
            for value in self._answering.answer(number, request):
                self._reply(number, value)
            last: End | Failure = End()
        except Exception as error:  # noqa: BLE001 - it is raised again in the parent
            last = Failure.of(error)
        self._reply(number, last)
        self._ready.set()

    def _reply(self, number: int, reply: object) -> None:
        with self._writing:
            try:
                pickle.dump((number, reply), self._replies)
                self._replies.flush()
            except OSError:
                os._exit(0)  # the parent has gone

"""Work in a process of its own: it keeps no screen waiting and takes nothing along when it dies."""

import contextlib
import os
import pickle
import signal
import subprocess
import threading
from collections.abc import Iterator
from typing import BinaryIO, Generic, Protocol, TypeVar, cast

from index.ending import ending
from index.errors import Cancelled, ProcessDied
from qa.failure import Failure
from qa.spawn import spawn

E = TypeVar("E")
E_co = TypeVar("E_co", covariant=True)

_GRACE = 3.0
"""Seconds that an interrupted job gets to end by itself."""


class Job(Protocol[E_co]):
    """Something to do, made of plain values: it is pickled, and so is what it yields."""

    def run(self) -> Iterator[E_co]:
        """Do it, step by step. KeyboardInterrupt is how a person gives it up."""


def run_apart(job: Job[E]) -> "Apart[E]":
    """Begin a job in a process of its own; the process ends with the iteration."""
    return Apart(job)


class Apart(Generic[E]):
    """The events of a running job, for one thread to iterate over.

    Iterating raises `Cancelled` after `cancel`, what Lectern raised in the job, and `ProcessDied`
    if the process ended by itself.
    """

    def __init__(self, job: Job[E]) -> None:
        self._cancelled = False
        self._over = False
        self._process = spawn("qa.apart_process")
        # What stands here stays open as long as the job is wanted: its end is how the process
        # learns that this one has gone.
        self._to = cast("BinaryIO", self._process.stdin)
        self._from = cast("BinaryIO", self._process.stdout)
        with contextlib.suppress(OSError):  # it has died already, and iterating says so
            pickle.dump(job, self._to)
            self._to.flush()

    def __iter__(self) -> "Apart[E]":
        return self

    def __next__(self) -> E:
        if self._over:
            raise StopIteration
        try:
            done, event = pickle.load(self._from)  # noqa: S301 - our own child's
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            self._end()
            if self._cancelled:
                raise Cancelled from None
            raise ProcessDied(ending(self._process.returncode)) from None
        if not done:
            return cast("E", event)
        self._end()
        if isinstance(event, Failure):
            raise event.error()
        raise StopIteration

    def __enter__(self) -> "Apart[E]":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def cancel(self) -> None:
        """Interrupt the job as Ctrl-C would; from any thread, and after its end too."""
        if self._process.poll() is None:
            self._cancelled = True
            self._signal(signal.SIGINT)
            killer = threading.Timer(_GRACE, self._signal, [signal.SIGKILL])
            killer.daemon = True
            killer.start()

    def close(self) -> None:
        """End the job, and wait until its process is gone; called by who iterates."""
        if not self._over:
            self.cancel()
            self._end()

    def _end(self) -> None:
        self._over = True
        with contextlib.suppress(OSError):
            self._to.close()
        try:
            self._process.wait(_GRACE + 1)
        except subprocess.TimeoutExpired:
            self._signal(signal.SIGKILL)
            self._process.wait()
        self._from.close()

    def _signal(self, number: signal.Signals) -> None:
        if self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)

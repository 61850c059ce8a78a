"""A process that answers requests, so that nothing that happens in it can harm the front end."""

import contextlib
import itertools
import pickle
import queue
import subprocess
import threading
import weakref
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from index.ending import ending
from index.errors import Cancelled, LecternError
from qa.child_process import Cancel, End
from qa.failure import Failure
from qa.spawn import spawn

_Replies = queue.SimpleQueue[object]


class Child:
    """A child process, started on first use and again after it died.

    One request runs at a time; another thread's waits. A reply that is not read to its end is
    given up when its iterator is closed.
    """

    def __init__(
        self, module: str, opening: object, *, died: Callable[[str], LecternError]
    ) -> None:
        """Start nothing yet.

        Args:
            module: Its `serve` runs in the process; see `qa.child_process`.
            opening: Request 0, which sets the work up; its values are passed over.
            died: The error for a process that ended, from how it ended: a signal's name or an
                exit code.
        """
        self._module = module
        self._opening = opening
        self._died = died
        self._numbers = itertools.count(1)
        self._turn = threading.Lock()
        """Held by the request in progress."""
        self._owner: int | None = None
        self._starting = threading.Lock()
        self._process: _Process | None = None
        self._current: tuple[_Process, int] | None = None
        self._cancels = 0
        """Rises with every cancellation, so that requests waiting for their turn notice."""

    def start(self) -> None:
        """Begin to set the work up, without waiting; errors come with the first request."""
        self._running()

    def request(self, task: object) -> Iterator[object]:
        """The values that answer the task, as they come.

        Raises:
            Cancelled: If `cancel` was called meanwhile.
            LecternError: What was raised in the process, or what `died` made of its end.
        """
        if self._owner == threading.get_ident():
            raise RuntimeError("This thread has not read or closed the last reply.")
        cancels = self._cancels
        with self._turn, self._owned():
            process, number = self._running(), next(self._numbers)
            with process.expecting(number):
                self._current = process, number
                if self._cancels != cancels:
                    raise Cancelled
                yield from self._replies(process, number, task)

    def aside(self, task: object) -> object:
        """The one value that answers a task, beside the request in progress.

        The process must serve with several threads. Raises what `request` does.
        """
        process, number = self._running(), next(self._numbers)
        with process.expecting(number):
            (value,) = self._replies(process, number, task)
        return value

    def cancel(self) -> None:
        """Give up the request in progress; it takes effect at once, while starting too."""
        self._cancels += 1
        if current := self._current:
            process, number = current
            process.cancel(number)

    def close(self) -> None:
        """End the process; the request in progress is cancelled."""
        self.cancel()
        with self._starting:
            self._drop(self._process)

    def _replies(self, process: "_Process", number: int, task: object) -> Iterator[object]:
        try:
            yield from process.replies(number, task)
        except _LostError as lost:
            with self._starting:
                self._drop(process)
            raise lost.reason from None
        except BaseException:  # closed, interrupted or cancelled: the process is to know
            process.cancel(number)
            raise

    @contextlib.contextmanager
    def _owned(self) -> Iterator[None]:
        self._owner = threading.get_ident()
        try:
            yield
        finally:
            self._current = self._owner = None

    def _running(self) -> "_Process":
        with self._starting:
            if self._process is not None and not self._process.alive:
                self._drop(self._process)
            if self._process is None:
                self._process = _Process(self._module, self._opening, self._died)
                # Ends it with this object or with the interpreter, whichever goes first.
                weakref.finalize(self, self._process.end)
            return self._process

    def _drop(self, process: "_Process | None") -> None:
        if process is not None:
            process.end()
        if self._process is process:
            self._process = None


class _LostError(Exception):
    """A process is of no further use, and why."""

    def __init__(self, reason: Exception) -> None:
        self.reason = reason


class _Lost:
    """Stands where replies end that will not come."""


class _Process:
    """A running worker, and the replies it has sent."""

    def __init__(self, module: str, opening: object, died: Callable[[str], LecternError]) -> None:
        self._died = died
        self._child = spawn(module)
        self._to = cast("BinaryIO", self._child.stdin)
        self._from = cast("BinaryIO", self._child.stdout)
        self._replies: dict[int, _Replies] = {}
        """One queue for each request in progress: several threads wait, each for its own."""
        self._given_up: set[int] = set()
        self._opening_failed: Failure | None = None
        self._lost = False
        self._sending = threading.Lock()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        with contextlib.suppress(_LostError):  # its end is in the replies
            self.send(0, opening)

    @property
    def alive(self) -> bool:
        return self._child.poll() is None

    def send(self, number: int, request: object) -> None:
        try:
            with self._sending:
                pickle.dump((number, request), self._to)
                self._to.flush()
        except (OSError, ValueError) as error:
            raise _LostError(self._death()) from error

    def cancel(self, number: int) -> None:
        """Give a request up: for whoever waits for it now, in the process as soon as it can."""
        if (replies := self._replies.get(number)) is not None:
            self._given_up.add(number)
            replies.put(Cancel())  # wakes whoever waits
        with contextlib.suppress(_LostError):
            self.send(number, Cancel())

    @contextlib.contextmanager
    def expecting(self, number: int) -> Iterator[None]:
        """From here on the replies to a request are collected, cancellations among them."""
        self._replies[number] = queue.SimpleQueue()
        try:
            yield
        finally:
            del self._replies[number]
            self._given_up.discard(number)

    def replies(self, number: int, request: object) -> Iterator[object]:
        """Send a request that is expected, and bring what the worker answers."""
        self.send(number, request)
        replies = self._replies[number]
        if self._lost:  # its end is told to the queues that were there
            replies.put(_Lost())
        while not isinstance(reply := self._next(number, replies), End):
            if isinstance(reply, _Lost):
                raise _LostError(self._why_lost())
            if isinstance(reply, Failure):
                raise reply.error()
            yield reply

    def _next(self, number: int, replies: _Replies) -> object:
        reply = replies.get()
        if number in self._given_up:  # at once, whatever has come already
            raise Cancelled
        return reply

    def end(self) -> None:
        """End the process, at once if need be; may be called again."""
        with self._sending, contextlib.suppress(OSError):
            self._to.close()
        try:
            self._child.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        if threading.current_thread() is not self._listener:  # garbage is collected anywhere
            self._listener.join()
        self._from.close()

    def _listen(self) -> None:
        with contextlib.suppress(EOFError, OSError, pickle.UnpicklingError):
            while True:
                number, reply = pickle.load(self._from)  # noqa: S301 - our own child's
                if number == 0 and isinstance(reply, Failure):
                    self._opening_failed = reply
                    self._lose()
                elif (replies := self._replies.get(number)) is not None:
                    replies.put(reply)
        self._lose()

    def _lose(self) -> None:
        self._lost = True
        for replies in tuple(self._replies.values()):
            replies.put(_Lost())

    def _why_lost(self) -> Exception:
        return self._opening_failed.error() if self._opening_failed else self._death()

    def _death(self) -> LecternError:
        return self._died(ending(self._child.wait()))

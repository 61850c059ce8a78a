"""A language model in a process of its own, so that nothing it does can harm the front end."""

import contextlib
import itertools
import pickle
import queue
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, cast

from index.errors import Cancelled, ModelDied
from qa.language_model import Chosen, Message, Writing
from qa.worker_process import (
    Cancel,
    Choose,
    Context,
    Count,
    CountMessages,
    End,
    Failure,
    Generate,
    Load,
    Reply,
    Request,
    Value,
)

_PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from qa.worker_process import serve; serve()"
_DIED = -1
"""The number under which a process's end is reported; requests count from 1."""


class WorkerModel:
    """A GGUF model in a worker process, started on first use and again after it died.

    It implements `LanguageModel`. One request runs at a time; another thread's waits. A reply
    that is not read to its end is given up when its iterator is closed.
    """

    def __init__(
        self, path: Path, *, name: str, context: int = 2048, threads: int = 0, gpu_layers: int = -1
    ) -> None:
        self._load = Load(path, name, context, threads, gpu_layers)
        self._numbers = itertools.count(1)
        self._turn = threading.Lock()
        """Held by the request in progress."""
        self._owner: int | None = None
        self._starting = threading.Lock()
        self._process: _Process | None = None
        self._current: tuple[_Process, int] | None = None
        self._cancels = 0
        """Rises with every cancellation, so that requests waiting for their turn notice."""
        self._context = 0

    @property
    def name(self) -> str:
        return self._load.name

    @property
    def context(self) -> int:
        """Tokens of context, known once the model is loaded; waits for that."""
        if not self._context:
            self._context = cast("int", self._ask(Context()))
        return self._context

    def start(self) -> None:
        """Begin to load the model, without waiting for it; errors come with the first request."""
        self._running()

    def generate(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        stop: Sequence[str] = (),
        begun: str = "",
    ) -> Iterator[Writing]:
        """See `LanguageModel.generate`; with `max_tokens` 0 the prompt is read and remembered."""
        for value in self._request(Generate(tuple(messages), max_tokens, tuple(stop), begun)):
            yield cast("Writing", value)

    def choose(self, messages: Sequence[Message], choices: Sequence[str]) -> Chosen:
        """See `LanguageModel.choose`."""
        return cast("Chosen", self._ask(Choose(tuple(messages), tuple(choices))))

    def count(self, text: str) -> int:
        """See `LanguageModel.count`."""
        return cast("int", self._ask(Count(text)))

    def count_messages(self, messages: Sequence[Message]) -> int:
        """See `LanguageModel.count_messages`."""
        return cast("int", self._ask(CountMessages(tuple(messages))))

    def cancel(self) -> None:
        """See `LanguageModel.cancel`; it takes effect at once, while the model loads too."""
        self._cancels += 1
        if current := self._current:
            process, number = current
            process.cancel(number)

    def close(self) -> None:
        """End the process; the request in progress is cancelled."""
        self.cancel()
        with self._starting:
            self._drop(self._process)

    def __enter__(self) -> "WorkerModel":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, task: Request) -> Value:
        (value,) = self._request(task)
        return value

    def _request(self, task: Request) -> Iterator[Value]:
        if self._owner == threading.get_ident():
            raise RuntimeError("This thread has not read or closed the model's last reply.")
        cancels = self._cancels
        with self._turn, self._owned():
            process, number = self._running(), next(self._numbers)
            self._current = process, number
            try:
                if self._cancels != cancels:
                    raise Cancelled
                process.send(number, task)
                yield from process.replies(number)
            except _LostError as lost:
                with self._starting:
                    self._drop(process)
                raise lost.reason from None
            except BaseException:  # closed, interrupted or cancelled: the worker is to know
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
                self._process = _Process(self._load)
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


class _Process:
    """A running worker, and the replies it has sent."""

    def __init__(self, load: Load) -> None:
        self._child = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            process_group=0,  # out of reach of the terminal's Ctrl-C
        )
        self._to = cast("BinaryIO", self._child.stdin)
        self._from = cast("BinaryIO", self._child.stdout)
        self._replies: queue.SimpleQueue[tuple[int, Reply]] = queue.SimpleQueue()
        self._sending = threading.Lock()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        with contextlib.suppress(_LostError):  # its end is in the replies
            self.send(0, load)

    @property
    def alive(self) -> bool:
        return self._child.poll() is None

    def send(self, number: int, request: Request | Cancel) -> None:
        try:
            with self._sending:
                pickle.dump((number, request), self._to)
                self._to.flush()
        except (OSError, ValueError) as error:
            raise _LostError(self._death()) from error

    def cancel(self, number: int) -> None:
        """Give a request up: for whoever waits for it now, in the process as soon as it can."""
        self._replies.put((number, Failure(Cancelled, "Cancelled.")))
        with contextlib.suppress(_LostError):
            self.send(number, Cancel())

    def replies(self, number: int) -> Iterator[Value]:
        """What the worker answers to the request; late replies to others are passed over."""
        while True:
            of, reply = self._replies.get()
            if of == _DIED:
                raise _LostError(self._death())
            if of == 0 and isinstance(reply, Failure):
                raise _LostError(reply.error())
            if of != number:
                continue
            if isinstance(reply, End):
                return
            if isinstance(reply, Failure):
                raise reply.error()
            yield reply

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
                self._replies.put(pickle.load(self._from))  # noqa: S301 - our own child's
        self._replies.put((_DIED, End()))

    def _death(self) -> ModelDied:
        code = self._child.wait()
        how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return ModelDied(
            f"The model's process ended while it worked ({how}).",
            hint="Ask again: it is started anew. If it keeps ending, memory may be too short.",
        )

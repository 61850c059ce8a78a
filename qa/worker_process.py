"""What runs in the model's own process, and the words the two processes speak.

A plain child process rather than `multiprocessing`: that would import the parent's main module
again, whatever it is, and with it everything that the model's process has no use for.
"""

import os
import pickle
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import LecternError
from qa.language_model import Chosen, Message, Writing
from qa.llama import LlamaModel


@dataclass(frozen=True, slots=True)
class Load:
    """The model to work with; always request 0, answered once it is loaded."""

    path: Path
    name: str
    context: int
    threads: int
    gpu_layers: int


@dataclass(frozen=True, slots=True)
class Context:
    """How many tokens the loaded model's context has."""


@dataclass(frozen=True, slots=True)
class Generate:
    """Write a reply."""

    messages: tuple[Message, ...]
    max_tokens: int
    stop: tuple[str, ...]
    begun: str


@dataclass(frozen=True, slots=True)
class Choose:
    """Say how probable each start of a reply is."""

    messages: tuple[Message, ...]
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """Count a text's tokens."""

    text: str


@dataclass(frozen=True, slots=True)
class CountMessages:
    """Count the tokens of the prompt made of the messages."""

    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Cancel:
    """Give up the request of the same number."""


Request = Load | Context | Generate | Choose | Count | CountMessages


@dataclass(frozen=True, slots=True)
class Failure:
    """An error on its way to the other process; exceptions themselves do not all pickle."""

    kind: type[Exception]
    message: str
    hint: str = ""

    def error(self) -> Exception:
        """The error as it was raised."""
        error = self.kind.__new__(self.kind)
        if isinstance(error, LecternError):
            LecternError.__init__(error, self.message, hint=self.hint)
        else:
            Exception.__init__(error, self.message)
        return error


@dataclass(frozen=True, slots=True)
class End:
    """The request is answered."""


Value = Writing | Chosen | int
Reply = Value | Failure | End


def serve() -> None:
    """Answer the requests on standard input, on standard output, until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the front end decides what Ctrl-C means
    # Threads that wait for each other by spinning lose their cores to the other programs' turns:
    # on a busy 2-core machine reading was 5 times slower so. Written before llama.cpp is loaded,
    # for this process only.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    with os.fdopen(os.dup(1), "wb") as replies, Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)  # nothing that C code prints may land among the replies
        worker = _Worker()
        threading.Thread(target=worker.listen, daemon=True).start()
        for number, reply in worker.work():
            pickle.dump((number, reply), replies)
            replies.flush()


class _Worker:
    """The requests as they come in, and the model that answers them."""

    def __init__(self) -> None:
        self._requests: queue.SimpleQueue[tuple[int, Request]] = queue.SimpleQueue()
        self._current = 0
        self._cancelled = -1
        """The latest request that was cancelled; numbers only rise."""
        self._model: LlamaModel

    def listen(self) -> None:
        """Take in requests and cancellations, and end the process when the parent is gone."""
        try:
            while True:
                number, request = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the parent
                if isinstance(request, Cancel):
                    self._cancelled = number
                else:
                    self._requests.put((number, request))
        except (EOFError, OSError):
            os._exit(0)  # the other thread may be inside llama.cpp for seconds

    def work(self) -> Iterator[tuple[int, Reply]]:
        """Answer requests, one after the other, for ever."""
        while True:
            self._current, request = self._requests.get()
            try:
                for value in self._answer(request):
                    yield self._current, value
            except Exception as error:  # noqa: BLE001 - it is raised again in the parent
                yield self._current, _failure(error)
            else:
                yield self._current, End()

    def _answer(self, request: Request) -> Iterator[Value]:
        match request:
            case Load():
                self._model = LlamaModel(
                    request.path,
                    name=request.name,
                    context=request.context,
                    threads=request.threads,
                    gpu_layers=request.gpu_layers,
                    cancelled=lambda: self._cancelled >= self._current,
                )
            case Context():
                yield self._model.context
            case Generate(messages, max_tokens, stop, begun):
                yield from self._model.generate(
                    messages, max_tokens=max_tokens, stop=stop, begun=begun
                )
            case Choose(messages, choices):
                yield self._model.choose(messages, choices)
            case Count(text):
                yield self._model.count(text)
            case CountMessages(messages):
                yield self._model.count_messages(messages)


def _failure(error: Exception) -> Failure:
    """Lectern's own errors as they are; anything else is a bug and brings its traceback."""
    if isinstance(error, LecternError):
        return Failure(type(error), str(error), error.hint)
    trace = "".join(traceback.format_exception(error))
    kind = type(error) if type(error) in (ValueError, TypeError) else RuntimeError
    return Failure(kind, f"{error}\n\nIn the model's process:\n{trace}")

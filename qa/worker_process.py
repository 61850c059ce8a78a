"""What runs in the model's own process, and what it can be asked for."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qa import child_process
from qa.language_model import Chosen, Message, Writing
from qa.llama import Llama
from qa.llama_model import LlamaModel
from qa.probe import probe_of


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


Request = Load | Context | Generate | Choose | Count | CountMessages
Value = Writing | Chosen | int


def serve() -> None:
    """Answer requests to a model until the parent is gone."""
    # Threads that wait for each other by spinning lose their cores to the other programs' turns:
    # on a busy 2-core machine reading was 5 times slower so. A short spin before they sleep (GNU's
    # runtime) writes 1.6 times faster where the cores are free, 17 tokens a second for 11, and .7
    # times as fast beside a program that takes one of the two; reading is as fast either way.
    # Written before llama.cpp is loaded, for this process only.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    os.environ.setdefault("GOMP_SPINCOUNT", "3000")
    child_process.serve(_Worker())


class _Worker:
    """The model, and the requests to it."""

    def __init__(self) -> None:
        self._current = 0
        self._cancelled = -1
        """The latest request that was cancelled; numbers only rise."""
        self._model: LlamaModel

    def give_up(self, number: int) -> None:
        self._cancelled = number

    def answer(self, number: int, request: object) -> Iterator[object]:
        self._current = number
        match request:
            case Load():
                probe = probe_of(request.name)
                self._model = LlamaModel(
                    Llama(
                        request.path,
                        name=request.name,
                        context=request.context,
                        threads=request.threads,
                        gpu_layers=request.gpu_layers,
                        layer=probe.layer if probe else None,
                        cancelled=lambda: self._cancelled >= self._current,
                    )
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

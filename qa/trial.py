"""Trying a model out: how fast it loads, reads and writes on this machine."""

import contextlib
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from qa.answer import Reading
from qa.endpoint_address import is_endpoint
from qa.language_model import Done, LanguageModel, Message, Piece
from qa.model_files import locate
from qa.settings import Settings
from qa.speeds import Speed, remember

_WRITTEN = 48
"""Tokens asked for: enough to measure by, and a few seconds of a slow model."""


@dataclass(frozen=True, slots=True)
class Trying:
    """How far a trial has come."""

    doing: str
    """`loading`, `reading` or `writing`."""
    done: int = 0
    """Tokens."""
    total: int = 0
    """Tokens in all; 0 where there is nothing to count."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A job that measures a model and remembers its speed, which is its last event."""

    settings: Settings
    name: str
    """Whatever may stand in the setting `model`."""

    def run(self) -> Iterator[Trying | Speed]:
        """Load the model, and have it read and write once.

        Raises:
            ModelError: If it is not here or cannot be run.
            SettingsError: If its name is an endpoint's address and none, or the speed cannot be
                kept.
        """
        yield Trying("loading")
        started = time.perf_counter()
        with contextlib.closing(_opened(self.settings, self.name)) as model:
            for _ in model.generate([Message("user", "Hello.")], max_tokens=1):
                pass  # pages of the file are read in with the first words
            load = time.perf_counter() - started
            for step in _measured(model, load):
                if isinstance(step, Trying):
                    yield step
                else:
                    speed = step
        if not is_endpoint(self.name):  # its process has ended by now, which is when it is known
            speed = replace(speed, memory=_peak_memory_of_children())
        remember(self.settings, self.name, speed)
        yield speed


def _opened(settings: Settings, name: str) -> LanguageModel:
    if is_endpoint(name):
        from qa.endpoint import EndpointModel

        return EndpointModel(name)
    from qa.worker import WorkerModel

    file = locate(replace(settings, model=name))
    return WorkerModel(
        file.path,
        name=file.name,
        context=settings.context,
        threads=settings.threads,
        gpu_layers=settings.gpu_layers,
    )


def _measured(model: LanguageModel, load: float) -> Iterator[Trying | Speed]:
    from qa.prompts import trial_messages  # with numpy: 0.1 s, of the job's process alone

    started = time.perf_counter()
    pieces = 0
    for event in model.generate(trial_messages(), max_tokens=_WRITTEN):
        match event:
            case Reading(done, total):
                yield Trying("reading", done, total)
            case Piece():
                pieces += 1
                yield Trying("writing", pieces, _WRITTEN)
            case Done():
                yield _speed(event, time.perf_counter() - started, load)


def _speed(done: Done, seconds: float, load: float) -> Speed:
    reading = seconds if done.first_token is None else done.first_token
    writing = seconds - reading
    return Speed(
        reads=(done.prompt_tokens - done.reused) / reading,
        # The first token comes with the reading.
        writes=(done.completion_tokens - 1) / writing if done.completion_tokens > 1 else 0.0,
        load=load,
    )


def _peak_memory_of_children() -> int:
    """Bytes that the largest of this process's ended children held at most."""
    import resource

    size = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return size if sys.platform == "darwin" else size * 1024  # bytes there, kilobytes elsewhere

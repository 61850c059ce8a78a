"""Scripted models: what the screen is told of them, and what it asked for."""

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from index.errors import Cancelled
from qa.model_choice import Chosen
from qa.model_files import Fetched, ListedModel
from qa.model_keeping import KeptModel
from qa.speeds import Speed
from qa.trial import Trying

Step = Fetched | Trying | Speed | threading.Event | Exception
"""What work is made of: an event to yield, something to wait for, or an error to raise."""

FOLDER = Path("/home/ann/lectern/models")
SPEED = Speed(reads=57.2, writes=11.3, load=0.83, memory=1_312_000_000)
SMALL = KeptModel(
    ListedModel("small", "built-in", 98_000_000, "Apache-2.0", FOLDER / "small.gguf", True, True),
    speed=Speed(160.4, 49.9, 0.4, 212_000_000),
    fetchable=True,
)
LARGE = KeptModel(
    ListedModel(
        "large", "recommended", 1_117_000_000, "Apache-2.0", FOLDER / "large.gguf", False, False
    ),
    fetchable=True,
)
OTHER = KeptModel(
    ListedModel("own.gguf", "", 700_000_000, "", FOLDER / "own.gguf", True, False), speed=SPEED
)


class FakeWork:
    """Plays a script."""

    def __init__(self, steps: Iterable[Step], done: Callable[[], object] = list) -> None:
        self._steps = tuple(steps)
        self._done = done
        self._stop = threading.Event()

    def __iter__(self) -> Iterator[Fetched | Trying | Speed]:
        for step in self._steps:
            if isinstance(step, Exception):
                raise step
            if isinstance(step, threading.Event):
                while not step.wait(0.01):
                    if self._stop.is_set():
                        raise Cancelled
            else:
                yield step
        self._done()

    @property
    def cancelled(self) -> bool:
        return self._stop.is_set()

    def cancel(self) -> None:
        self._stop.set()


class FakeKeeper:
    """Remembers what it was asked for; the model that a test pulls is here from then on."""

    def __init__(self, *models: KeptModel, work: Iterable[Step] = ()) -> None:
        self._models = {model.name: model for model in models or (LARGE, SMALL, OTHER)}
        self._work = tuple(work)
        self.asked: list[tuple[str, str]] = []
        self.found: KeptModel | Exception = LARGE
        self.refused: Exception | None = None
        self.overruled_by = ""
        self._works: list[FakeWork] = []

    def models(self) -> tuple[KeptModel, ...]:
        return tuple(self._models.values())

    def look_up(self, name: str) -> KeptModel:
        self.asked.append(("look_up", name))
        if isinstance(self.found, Exception):
            raise self.found
        return self.found

    def pull(self, name: str) -> FakeWork:
        self._ask("pull", name)
        return self._begun(FakeWork(self._work, lambda: self._change(name, present=True)))

    def test(self, name: str) -> FakeWork:
        self._ask("test", name)
        return self._begun(FakeWork(self._work))

    @property
    def cancelled(self) -> int:
        """How many fetches and tests were given up."""
        return sum(work.cancelled for work in self._works)

    def _begun(self, work: FakeWork) -> FakeWork:
        self._works.append(work)
        return work

    def use(self, name: str) -> Chosen:
        self._ask("use", name)
        for each in self._models:
            self._change(each, in_use=each == name)
        return Chosen(name, name, self.overruled_by)

    def delete(self, name: str) -> None:
        self._ask("delete", name)
        del self._models[name]

    def _ask(self, what: str, name: str) -> None:
        self.asked.append((what, name))
        if self.refused:
            raise self.refused

    def _change(self, name: str, **given: bool) -> None:
        model = self._models[name]
        self._models[name] = replace(model, listed=replace(model.listed, **given))

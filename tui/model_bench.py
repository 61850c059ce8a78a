"""What is done to models in threads; it comes back as messages."""

import contextlib
import threading
from collections.abc import Callable, Sequence

from textual.message import Message
from textual.worker import get_current_worker

from index.errors import LecternError
from qa.model_files import Fetched
from qa.speeds import Speed
from qa.trial import Trying
from tui.model_keeper import ModelKeeper, Work
from tui.model_messages import (
    ModelDeleted,
    ModelFound,
    ModelRefused,
    ModelsListed,
    ModelUsed,
    WorkEnded,
    WorkMoved,
)


class ModelBench:
    """Every method but `stop` blocks, and is called in a worker's thread."""

    def __init__(self, keeper: ModelKeeper, post: Callable[[Message], object]) -> None:
        """Do nothing yet.

        Args:
            keeper: What the models are kept by.
            post: Takes the messages, from any thread.
        """
        self._keeper = keeper
        self._post = post
        self._changing = threading.Lock()
        self._work: Work[object] | None = None

    def list_models(self, typed: Sequence[str]) -> None:
        """See which models there are, and what has become of those that were typed."""
        found = []
        for name in typed:
            with contextlib.suppress(LecternError):  # it has gone; who uses it is told so
                found.append(self._keeper.look_up(name))
        self._post(ModelsListed(self._keeper.models(), tuple(found)))

    def look_up(self, name: str) -> None:
        """Find out what a typed name means."""
        self._answer(lambda: ModelFound(self._keeper.look_up(name)))

    def use(self, name: str) -> None:
        """Answer with a model from now on."""
        self._answer(lambda: ModelUsed(self._keeper.use(name)))

    def delete(self, name: str) -> None:
        """Delete a model's file."""

        def deleted() -> Message:
            self._keeper.delete(name)
            return ModelDeleted(name)

        self._answer(deleted)

    def pull(self, name: str) -> None:
        """Fetch a model."""
        self._follow(name, lambda: self._keeper.pull(name))

    def test(self, name: str) -> None:
        """Measure a model."""
        self._follow(name, lambda: self._keeper.test(name))

    def stop(self) -> None:
        """Give up the fetch or the test in progress; one that has not begun sees to itself."""
        with self._changing:
            if self._work is not None:
                self._work.cancel()

    def _answer(self, do: Callable[[], Message]) -> None:
        try:
            message = do()
        except LecternError as error:
            message = ModelRefused(error)
        self._post(message)

    def _follow(self, name: str, begin: Callable[[], Work[Fetched | Trying | Speed]]) -> None:
        speed: Speed | None = None
        try:
            for event in self._begun(begin):
                if isinstance(event, Speed):
                    speed = event
                else:
                    self._post(WorkMoved(event))
        except LecternError as error:
            self._post(WorkEnded(name, error=error))
        else:
            self._post(WorkEnded(name, speed))
        finally:
            with self._changing:
                self._work = None

    def _begun(
        self, begin: Callable[[], Work[Fetched | Trying | Speed]]
    ) -> Work[Fetched | Trying | Speed]:
        work = begin()
        with self._changing:
            self._work = work
            if get_current_worker().is_cancelled:
                work.cancel()
        return work

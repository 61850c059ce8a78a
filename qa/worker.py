"""A language model in a process of its own, so that nothing it does can harm the front end."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

from index.errors import LecternError, ModelDied
from qa.child import Child
from qa.language_model import Chosen, Message, Writing
from qa.worker_process import Choose, Context, Count, CountMessages, Generate, Load, Request, Value


class WorkerModel:
    """A GGUF model in a worker process, started on first use and again after it died.

    It implements `LanguageModel`. One request runs at a time; another thread's waits. A reply
    that is not read to its end is given up when its iterator is closed.
    """

    def __init__(
        self, path: Path, *, name: str, context: int = 2048, threads: int = 0, gpu_layers: int = -1
    ) -> None:
        self._name = name
        self._child = Child(
            "qa.worker_process", Load(path, name, context, threads, gpu_layers), died=_died
        )
        self._context = 0

    @property
    def name(self) -> str:
        return self._name

    @property
    def context(self) -> int:
        """Tokens of context, known once the model is loaded; waits for that."""
        if not self._context:
            self._context = cast("int", self._ask(Context()))
        return self._context

    def start(self) -> None:
        """Begin to load the model, without waiting for it; errors come with the first request."""
        self._child.start()

    def generate(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        stop: Sequence[str] = (),
        begun: str = "",
    ) -> Iterator[Writing]:
        """See `LanguageModel.generate`; with `max_tokens` 0 the prompt is read and remembered."""
        for value in self._child.request(Generate(tuple(messages), max_tokens, tuple(stop), begun)):
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
        self._child.cancel()

    def close(self) -> None:
        """End the process; the request in progress is cancelled."""
        self._child.close()

    def __enter__(self) -> "WorkerModel":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, task: Request) -> Value:
        (value,) = self._child.request(task)
        return cast("Value", value)


def _died(how: str) -> LecternError:
    return ModelDied(
        f"The model's process ended while it worked ({how}).",
        hint="Ask again: it is started anew. If it keeps ending, memory may be too short.",
    )

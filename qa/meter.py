"""What a question costs its model: the tokens that it reads and writes."""

from collections.abc import Iterator, Sequence

from qa.language_model import Chosen, Done, LanguageModel, Message, Writing


class Meter:
    """A language model that counts; it implements `LanguageModel`.

    A prompt's start that the model still knows from the request before is not read again, and
    not counted.
    """

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self.reset()

    def reset(self) -> None:
        """Count from nothing."""
        self.read = 0
        """Prompt tokens."""
        self.written = 0

    @property
    def name(self) -> str:
        return self._model.name

    @property
    def context(self) -> int:
        return self._model.context

    def generate(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        stop: Sequence[str] = (),
        begun: str = "",
    ) -> Iterator[Writing]:
        """See `LanguageModel.generate`."""
        for event in self._model.generate(messages, max_tokens=max_tokens, stop=stop, begun=begun):
            if isinstance(event, Done):
                self.read += event.prompt_tokens - event.reused
                self.written += event.completion_tokens
            yield event

    def choose(self, messages: Sequence[Message], choices: Sequence[str]) -> Chosen:
        """See `LanguageModel.choose`."""
        chosen = self._model.choose(messages, choices)
        self.read += chosen.prompt_tokens - chosen.reused
        return chosen

    def count(self, text: str) -> int:
        """See `LanguageModel.count`."""
        return self._model.count(text)

    def count_messages(self, messages: Sequence[Message]) -> int:
        """See `LanguageModel.count_messages`."""
        return self._model.count_messages(messages)

    def start(self) -> None:
        """See `LanguageModel.start`."""
        self._model.start()

    def cancel(self) -> None:
        """See `LanguageModel.cancel`."""
        self._model.cancel()

    def close(self) -> None:
        """See `LanguageModel.close`."""
        self._model.close()

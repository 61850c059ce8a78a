"""What Lectern asks of a language model, and the events of a reply being written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from qa.answer import Reading


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a prompt."""

    role: str
    """`system`, `user` or `assistant`."""
    content: str
    """Plain text: what looks like a control token in it is read as the characters it is."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The next characters of a reply; never half a character."""

    text: str


@dataclass(frozen=True, slots=True)
class Done:
    """A reply is complete; always the last event."""

    prompt_tokens: int
    completion_tokens: int
    first_token: float | None
    """Seconds from the request to the first token; None where nothing was written."""
    stopped: bool
    """Whether the model ended the reply, rather than `max_tokens` or the context's end."""
    reused: int = 0
    """Prompt tokens that the model still knew from the request before."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """How probable each of some replies is."""

    probabilities: tuple[float, ...]
    """In the order of the choices; they sum to 1."""
    prompt_tokens: int
    reused: int = 0
    """Prompt tokens that the model still knew from the request before."""
    state: tuple[float, ...] | None = None
    """What one of its layers held when it had read the prompt; None where nobody looks."""


Writing = Reading | Piece | Done
"""An event of a reply: first the reading, then the pieces, then that it is done."""


class LanguageModel(Protocol):
    """A model that reads messages and writes a reply, always the likeliest one.

    One request runs at a time; a second thread waits for its turn, and the same thread has to
    read or close a reply before it asks for anything else. Every method but `start`, `cancel`
    and `close` raises a `ModelError` where the model cannot be loaded or run.
    """

    @property
    def name(self) -> str: ...

    @property
    def context(self) -> int:
        """Tokens that a prompt and its reply may have together."""

    def generate(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        stop: Sequence[str] = (),
        begun: str = "",
    ) -> Iterator[Writing]:
        """Write the reply to the messages; it ends before the first of the `stop` strings.

        With `begun` the reply goes on from those words, which are not among its pieces. With
        `max_tokens` 0 the messages are read and remembered, so that a prompt which starts with
        them is begun sooner.

        Raises:
            QuestionTooLong: If the messages leave no room for a reply.
            Cancelled: If `cancel` was called meanwhile.
        """

    def choose(self, messages: Sequence[Message], choices: Sequence[str]) -> Chosen:
        """How probable it is that the reply starts with each choice.

        Only the first token of a choice counts, so no two may share it.
        """

    def count(self, text: str) -> int:
        """How many tokens the text has."""

    def count_messages(self, messages: Sequence[Message]) -> int:
        """How many tokens the prompt made of the messages has."""

    def start(self) -> None:
        """Begin to load, without waiting for it; what goes wrong comes with the first request."""

    def cancel(self) -> None:
        """End the request in progress and those that wait; may be called from any thread."""

    def close(self) -> None:
        """Free what the model holds."""

"""A language model that says what a test told it to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index.errors import Cancelled
from qa.answer import Reading
from qa.language_model import Chosen, Done, Message, Piece, Writing


@dataclass
class ScriptedModel:
    """Gives its replies in order, and keeps the messages it got."""

    replies: Sequence[str | Exception] = ()
    """What to write to each `generate`, or to raise instead."""
    probabilities: Sequence[tuple[float, ...]] = ()
    """What to answer to each `choose`."""
    state: tuple[float, ...] | None = None
    """What a layer of it holds after each `choose`."""
    name: str = "scripted"
    context: int = 2048
    generated: list[tuple[Message, ...]] = field(default_factory=list)
    """The messages of every `generate` that wanted a reply."""
    chosen: list[tuple[Message, ...]] = field(default_factory=list)
    """The messages of every `choose`."""
    closed: bool = False
    _cancelled: bool = False

    def generate(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        stop: Sequence[str] = (),
        begun: str = "",
    ) -> Iterator[Writing]:
        self._cancelled = False
        total = self.count_messages(messages)
        yield Reading(0, total)
        yield Reading(total, total)
        if not max_tokens:
            yield Done(total, 0, None, stopped=False)
            return
        self.generated.append(tuple(messages))
        reply = self.replies[len(self.generated) - 1]
        if isinstance(reply, Exception):
            raise reply
        ends = [reply.find(text) for text in stop if text in reply]
        pieces = re.findall(r"\s*\S+|\s+$", reply[: min(ends, default=len(reply))])
        for piece in pieces[:max_tokens]:
            if self._cancelled:
                raise Cancelled
            yield Piece(piece)
        written = min(len(pieces), max_tokens)
        yield Done(total, written, 0.0 if written else None, len(pieces) <= max_tokens)

    def choose(self, messages: Sequence[Message], choices: Sequence[str]) -> Chosen:
        self.chosen.append(tuple(messages))
        probabilities = self.probabilities[len(self.chosen) - 1]
        assert len(probabilities) == len(choices)
        return Chosen(probabilities, self.count_messages(messages), state=self.state)

    def count(self, text: str) -> int:
        return len(re.findall(r"\w+|[^\w\s]", text))

    def count_messages(self, messages: Sequence[Message]) -> int:
        return sum(4 + self.count(message.content) for message in messages)

    def start(self) -> None:
        """As the real one begins to load."""

    def cancel(self) -> None:
        self._cancelled = True

    def close(self) -> None:
        self.closed = True

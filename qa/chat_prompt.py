"""A chat template's words kept apart from the words of people and documents."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.errors import ModelError
from qa.language_model import Message

Render = Callable[[Sequence[Message]], str]
"""Fills a chat template; raises ModelError where the template refuses the messages."""

_OPEN, _CLOSE = "\ue000", "\ue001"
_PLACE = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of a prompt."""

    text: str
    control: bool
    """Whether the template wrote it, so that control tokens in it are meant."""


def fragments(render: Render, messages: Sequence[Message]) -> tuple[Fragment, ...]:
    """The prompt for the messages, each stretch marked as the template's or a message's.

    The template is filled with placeholders (private-use characters, which no template
    holds), so that a document saying `<|im_end|>` cannot end its own turn. A template that
    refuses or drops a system message gets it at the head of the first user message.

    Raises:
        ModelError: If the template refuses the messages even so.
    """
    try:
        return _filled(render, messages)
    except ModelError:
        if not any(message.role == "system" for message in messages):
            raise
        return _filled(render, _without_system(messages))


def _filled(render: Render, messages: Sequence[Message]) -> tuple[Fragment, ...]:
    places = [
        Message(message.role, f"{_OPEN}{number}{_CLOSE}") for number, message in enumerate(messages)
    ]
    pieces = _PLACE.split(render(places))
    if {int(number) for number in pieces[1::2]} != set(range(len(messages))):
        raise ModelError("The model's chat template drops a message.")
    marked = (
        Fragment(messages[int(piece)].content if odd else piece, control=not odd)
        for position, piece in enumerate(pieces)
        for odd in (position % 2 == 1,)
    )
    return tuple(fragment for fragment in marked if fragment.text)


def _without_system(messages: Sequence[Message]) -> tuple[Message, ...]:
    orders = [message.content for message in messages if message.role == "system"]
    talk = [message for message in messages if message.role != "system"]
    if not talk or talk[0].role != "user":
        talk.insert(0, Message("user", ""))
    first = "\n\n".join(text for text in (*orders, talk[0].content) if text)
    return (Message("user", first), *talk[1:])

"""What an OpenAI-compatible server's answers hold: the text of a reply, and how sure it is."""

import json
import math
from collections.abc import Iterable, Iterator, Sequence

from qa.reply_text import ReplyText

LEAST = 1e-6
"""Probability of what is not among the likeliest tokens that a server tells of."""
LAST = "[DONE]"
"""What a stream of events ends with."""
WRITTEN = 0.9
"""Probability of the choice that a reply begins with, where a server tells of no others."""


def events(received: Iterable[bytes]) -> Iterator[object]:
    r"""The JSON of each server-sent event, up to `[DONE]`.

    Lines end at a line feed and nowhere else: JSON may hold what Unicode counts as line ends.

    >>> list(events([b': alive\n\ndata: {"a"', b': 1}\r\n\ndata: [DONE]\n\ndata: 2\n']))
    [{'a': 1}, '[DONE]']

    Raises:
        ValueError: If an event holds no JSON.
    """
    for line in _lines(received):
        if not line.startswith(b"data:"):
            continue
        data = line.removeprefix(b"data:").strip()
        if data == LAST.encode():
            yield LAST
            return
        if data:
            yield json.loads(data)


def _lines(received: Iterable[bytes]) -> Iterator[bytes]:
    """Whole lines; half a line at the end is what a broken connection leaves."""
    rest = b""
    for data in received:
        *lines, rest = (rest + data).split(b"\n")
        yield from lines


def at(value: object, *path: str | int) -> object:
    """What JSON holds at a path of keys and indices; None where there is nothing.

    >>> at({"choices": [{"text": "Yes"}]}, "choices", 0, "text")
    'Yes'
    """
    for step in path:
        if isinstance(step, str) and isinstance(value, dict):
            value = value.get(step)
        elif isinstance(step, int) and isinstance(value, list) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def text_at(value: object, *path: str | int) -> str:
    """The text at a path; empty where there is none."""
    found = at(value, *path)
    return found if isinstance(found, str) else ""


def tokens_at(usage: object, *path: str, default: int = 0) -> int:
    """A number of tokens in a `usage` object."""
    found = at(usage, *path)
    return found if isinstance(found, int) else default


class StreamedReply:
    """A reply as it is streamed, without the words it was to begin with."""

    def __init__(self, *, stop: Sequence[str], begun: str) -> None:
        self.usage: object = None
        """The last `usage` object."""
        self.text = ""
        """Everything that was written so far, the beginning left out."""
        self._written = ReplyText(stop=stop)
        self._begun = begun
        self._held = ""
        """What may still turn out to be the beginning."""
        self._reason = ""
        self._ended = False

    @property
    def stopped(self) -> bool:
        """Whether a stop string was written; nothing comes after it."""
        return self._written.stopped

    @property
    def complete(self) -> bool:
        """Whether the server has said that this is all."""
        return self._ended or bool(self._reason)

    @property
    def cut(self) -> bool:
        """Whether it ended only because it had become too long."""
        return self._reason == "length"

    def add(self, event: object) -> str:
        """The characters that are now certain to belong to the reply."""
        self._ended = event == LAST
        self.usage = at(event, "usage") or self.usage
        self._reason = text_at(event, "choices", 0, "finish_reason") or self._reason
        written = text_at(event, "choices", 0, "delta", "content")
        return self._kept(self._written.add(written.encode("utf-8", errors="replace")))

    def rest(self) -> str:
        """What was held back; called once, at the end."""
        kept = self._kept(self._written.rest())
        held, self._held = self._held, ""
        self.text += held
        return kept + held

    def _kept(self, text: str) -> str:
        """The text without the beginning, or nothing while it may still be that."""
        if not self._begun:
            self.text += text
            return text
        self._held += text
        said = self._held.lstrip()
        if said != self._begun and self._begun.startswith(said):
            return ""
        kept = said.removeprefix(self._begun) if said.startswith(self._begun) else self._held
        self._held = self._begun = ""
        self.text += kept
        return kept


def shares(answer: object, choices: Sequence[str]) -> tuple[float, ...]:
    """How probable each choice is by a whole answer of one token; they sum to 1.

    By the tokens' probabilities where the server gives them: those count that begin a choice.
    Else by the token that was written. What tells nothing leaves all choices equally likely.
    """
    likeliest = list(_likeliest(at(answer, "choices", 0, "logprobs", "content", 0)))
    weights = [
        sum(probability for token, probability in likeliest if _begins(token, choice))
        for choice in choices
    ]
    if not likeliest:
        written = text_at(answer, "choices", 0, "message", "content")
        weights = _by_what_is_written(written, choices)
    floored = [max(weight, LEAST) for weight in weights]
    return tuple(weight / sum(floored) for weight in floored)


def _likeliest(first: object) -> Iterator[tuple[str, float]]:
    """The tokens that a reply may start with, and their probabilities."""
    others = at(first, "top_logprobs")
    for entry in others if isinstance(others, list) and others else [first]:
        logprob = at(entry, "logprob")
        if isinstance(logprob, (int, float)):
            yield text_at(entry, "token"), math.exp(min(logprob, 0.0))


def _by_what_is_written(text: str, choices: Sequence[str]) -> list[float]:
    meant = [_begins(text, choice) or _begins(choice, text) for choice in choices]
    if meant.count(True) != 1:
        return [1.0 for _ in choices]
    others = max(1, len(choices) - 1)
    return [WRITTEN if each else (1 - WRITTEN) / others for each in meant]


def _begins(start: str, text: str) -> bool:
    """Whether a text starts so, white space and capitals aside; nothing begins with nothing."""
    plain = start.strip().lower()
    return bool(plain) and text.strip().lower().startswith(plain)

"""A language model behind an OpenAI-compatible endpoint on the person's own network."""

import contextlib
import json
import math
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from index.errors import EndpointRefused, ModelDied, ModelError
from qa.answer import Reading
from qa.endpoint_address import EndpointAddress
from qa.endpoint_reply import StreamedReply, at, events, shares, text_at, tokens_at
from qa.exchange import refusal
from qa.language_model import Chosen, Done, Message, Piece, Writing
from qa.turns import Ask, Turns

LIKELIEST = 20
"""Tokens whose probabilities are asked for; the most that the protocol allows."""
_CHAT = "/chat/completions"


class EndpointModel:
    """A model served by llama.cpp, Ollama, vLLM, LM Studio or the like.

    It implements `LanguageModel`. Nothing is asked of the network before the first request, whose
    passages go to a machine on the person's own network or nowhere (`EndpointAddress.resolved`).
    """

    context = 8192
    """Tokens; assumed, because servers do not agree on how to tell. A prompt that is too long is
    refused by the server, and that is passed on."""

    def __init__(self, address: str) -> None:
        """Take note of `http://HOST:PORT/v1#MODEL`; without a model the first listed is used.

        Raises:
            SettingsError: If it is no such address.
        """
        self._address = EndpointAddress.parse(address)
        self._model = self._address.model
        self._turns = Turns(self._address)

    @property
    def name(self) -> str:
        """The model's name there; the address as long as that has not been asked for."""
        return self._model or self._address.base

    def start(self) -> None:
        """Nothing: the server has loaded the model, or does so with the first request."""

    def generate(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        stop: Sequence[str] = (),
        begun: str = "",
    ) -> Iterator[Writing]:
        """See `LanguageModel.generate`.

        A server begins its replies itself: the prompt ends with the words of `begun`, and they
        are dropped where the reply repeats them. With `max_tokens` 0 nothing is asked of it.
        """
        asked = _with_begun(messages, begun) if begun else messages
        total = self.count_messages(asked)
        if not max_tokens:
            yield Reading(total, total)
            yield Done(total, 0, None, stopped=False)
            return
        started = time.perf_counter()
        reply = StreamedReply(stop=stop, begun=begun)
        first_token: float | None = None
        with self._turns.turn() as ask:
            yield Reading(0, total)
            body = self._body(ask, asked, max_tokens, stop)
            for text in self._streamed(ask, body, reply):
                if first_token is None:
                    first_token = time.perf_counter() - started
                    yield Reading(total, total)
                yield Piece(text)
        if first_token is None:
            yield Reading(total, total)
        yield Done(
            tokens_at(reply.usage, "prompt_tokens", default=total),
            tokens_at(reply.usage, "completion_tokens", default=self.count(reply.text)),
            first_token,
            stopped=reply.stopped or not reply.cut,
            reused=_reused(reply.usage),
        )

    def choose(self, messages: Sequence[Message], choices: Sequence[str]) -> Chosen:
        """See `LanguageModel.choose`; a server that tells no probabilities is taken at its word."""
        with self._turns.turn() as ask:
            body = self._body(ask, messages, 1)
            sure = {**body, "logprobs": True, "top_logprobs": LIKELIEST}
            try:
                answer = self._whole(ask, _CHAT, sure)
            except EndpointRefused:  # as some do that tell no probabilities
                answer = self._whole(ask, _CHAT, body)
        usage, estimated = at(answer, "usage"), self.count_messages(messages)
        read = tokens_at(usage, "prompt_tokens", default=estimated)
        return Chosen(shares(answer, choices), read, _reused(usage))

    def count(self, text: str) -> int:
        """About how many tokens the text has: one for 4 characters, as in English prose.

        No tokenizer is at hand, and asking a server for each count would cost more than it tells.
        """
        return math.ceil(len(text) / 4)

    def count_messages(self, messages: Sequence[Message]) -> int:
        """About how many tokens the prompt has; see `count`. Each message costs 4 for its role."""
        return sum(4 + self.count(message.content) for message in messages)

    def cancel(self) -> None:
        """See `LanguageModel.cancel`; the connection is closed, which ends the server's work."""
        self._turns.cancel()

    def close(self) -> None:
        """End the request in progress; nothing else is held."""
        self._turns.cancel()

    def _body(
        self, ask: Ask, messages: Sequence[Message], max_tokens: int, stop: Sequence[str] = ()
    ) -> dict[str, object]:
        """What every request for a reply holds."""
        if not self._model:
            self._model = self._first_listed(ask)
        return {
            "model": self._model,
            "messages": [{"role": each.role, "content": each.content} for each in messages],
            "max_tokens": max_tokens,
            "temperature": 0,
            # Templates of models that think aloud first let that be switched off.
            "chat_template_kwargs": {"enable_thinking": False},
            **({"stop": list(stop)} if stop else {}),
        }

    def _first_listed(self, ask: Ask) -> str:
        if model := text_at(self._whole(ask, "/models", None), "data", 0, "id"):
            return model
        raise ModelError(
            f"{self._address.base} lists no model.",
            hint=f"Load one there, or name it: {self._address.base}#MODEL",
        )

    def _streamed(
        self, ask: Ask, body: Mapping[str, object], reply: StreamedReply
    ) -> Iterator[str]:
        """The pieces of a reply as they come, none of them empty."""
        base, answered = self._address.base, False
        streamed = {**body, "stream": True, "stream_options": {"include_usage": True}}
        with self._speaking_json(), contextlib.closing(ask(_CHAT, streamed)) as received:
            for event in events(received):
                answered = True
                if at(event, "error"):
                    raise refusal(base, 200, json.dumps(event).encode())
                if text := reply.add(event):
                    yield text
                if reply.stopped:
                    break
        if text := reply.rest():
            yield text
        if not answered:
            raise self._no_endpoint()
        if not (reply.complete or reply.stopped):
            raise ModelDied(
                f"{base} broke off in the midst of a reply.",
                hint="Ask again; if it keeps breaking off, the server's own output says why.",
            )

    def _whole(self, ask: Ask, path: str, body: Mapping[str, object] | None) -> object:
        """The JSON that is answered."""
        with self._speaking_json():
            return json.loads(b"".join(ask(path, body)))

    @contextlib.contextmanager
    def _speaking_json(self) -> Iterator[None]:
        try:
            yield
        except (json.JSONDecodeError, UnicodeDecodeError) as error:
            raise self._no_endpoint() from error

    def _no_endpoint(self) -> ModelError:
        return ModelError(
            f"{self._address.base} answered, but not as an OpenAI-compatible server does.",
            hint="The address usually ends in /v1, such as http://127.0.0.1:8080/v1.",
        )


def _with_begun(messages: Sequence[Message], begun: str) -> Sequence[Message]:
    """The messages, the last of which ends with how the reply is to begin."""
    *before, last = messages
    return [*before, replace(last, content=f"{last.content}\n{begun}")]


def _reused(usage: object) -> int:
    """Prompt tokens that the server still knew, where it says so."""
    return tokens_at(usage, "prompt_tokens_details", "cached_tokens")

"""A GGUF model that answers requests, in the process that loaded it."""

import math
import time
from collections.abc import Iterator, Sequence

from index.errors import QuestionTooLong
from qa.answer import Reading
from qa.chat_prompt import fragments
from qa.language_model import Chosen, Done, Message, Piece, Writing
from qa.llama import BATCH, Llama
from qa.reply_text import ReplyText


class LlamaModel:
    """What `LanguageModel` asks of a model, over one that llama.cpp has loaded."""

    def __init__(self, llama: Llama) -> None:
        """Make the model answer.

        Raises:
            ModelError: If there is no chat template in the file.
        """
        self._llama = llama
        self._render = llama.chat_template()
        self.context = llama.context

    def generate(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        stop: Sequence[str] = (),
        begun: str = "",
    ) -> Iterator[Writing]:
        """See `LanguageModel.generate`; with `max_tokens` 0 the prompt is read and remembered."""
        started = time.perf_counter()
        prompt = self._prompt(messages, begun)
        reused = self._keep_common_start(prompt)
        yield from self._read(prompt)
        reply = ReplyText(stop=stop)
        limit = min(max_tokens, self.context - len(prompt))
        written, token, first_token, ended = 0, -1, None, False
        while written < limit and not reply.stopped:
            if written:
                self._llama.read([token])
            token = int(self._llama.logits().argmax(axis=0))
            if first_token is None:
                first_token = time.perf_counter() - started
            if ended := self._llama.ends(token):
                break
            written += 1
            if text := reply.add(self._llama.bytes_of(token)):
                yield Piece(text)
        if text := reply.rest():
            yield Piece(text)
        yield Done(len(prompt), written, first_token, ended or reply.stopped, reused)

    def choose(self, messages: Sequence[Message], choices: Sequence[str]) -> Chosen:
        """See `LanguageModel.choose`."""
        starts = [self._llama.tokenize(choice, control=False)[0] for choice in choices]
        if len(set(starts)) < len(starts):
            raise ValueError(f"Two of {tuple(choices)} start with the same token.")
        prompt = self._prompt(messages)
        reused = self._keep_common_start(prompt)
        with self._llama.layer as layer:
            for _ in self._read(prompt):
                pass
        logits = [float(self._llama.logits()[start]) for start in starts]
        weights = [math.exp(logit - max(logits)) for logit in logits]
        shares = tuple(weight / sum(weights) for weight in weights)
        return Chosen(shares, len(prompt), reused, layer.state)

    def count(self, text: str) -> int:
        """See `LanguageModel.count`."""
        return len(self._llama.tokenize(text, control=False))

    def count_messages(self, messages: Sequence[Message]) -> int:
        """See `LanguageModel.count_messages`."""
        return len(self._tokens(messages))

    def _prompt(self, messages: Sequence[Message], begun: str = "") -> list[int]:
        prompt = self._tokens(messages)
        if begun:
            prompt += self._llama.tokenize(begun, control=False)
        if len(prompt) >= self.context:
            raise QuestionTooLong(
                f"The prompt has {len(prompt)} tokens, and the model's context {self.context}.",
                hint="Ask a shorter question, or set `context` higher.",
            )
        return prompt

    def _tokens(self, messages: Sequence[Message]) -> list[int]:
        return self._llama.with_start(
            [
                token
                for fragment in fragments(self._render, messages)
                for token in self._llama.tokenize(fragment.text, control=fragment.control)
            ]
        )

    def _keep_common_start(self, prompt: Sequence[int]) -> int:
        """Forget what was read beyond the prompt's own start, and say how much of it is left.

        The last token is always read again: the logits after it are what the reply is made of.
        """
        common = 0
        for known, wanted in zip(self._llama.held, prompt[:-1], strict=False):
            if known != wanted:
                break
            common += 1
        return self._llama.keep(common)

    def _read(self, prompt: Sequence[int]) -> Iterator[Reading]:
        for start in range(len(self._llama.held), len(prompt), BATCH):
            yield Reading(start, len(prompt))
            self._llama.read(prompt[start : start + BATCH])
        yield Reading(len(prompt), len(prompt))

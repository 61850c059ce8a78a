"""llama.cpp: the only file that knows it. It runs in the model's own process.

llama-cpp-python is not thread-safe, points the whole process's output at /dev/null while a
model loads, and a crash in it takes the process along; `qa.worker` keeps all that away.
"""

import ctypes
import functools
import json
import math
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from index.errors import Cancelled, ModelError, ModelMissing, QuestionTooLong
from qa.answer import Reading
from qa.chat_prompt import fragments
from qa.language_model import Chosen, Done, Message, Piece, Writing
from qa.reply_text import ReplyText

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

BATCH = 32
"""Prompt tokens read at a time, between two reports of progress; on processors 64 or 256 at a
time are at most a tenth faster."""
_ERROR_LEVEL = 4
"""`GGML_LOG_LEVEL_ERROR` of ggml.h; llama-cpp-python's own table gives an older number."""


class LlamaModel:
    """A GGUF file loaded by llama.cpp, and the tokens it has read."""

    def __init__(
        self,
        path: Path,
        *,
        name: str,
        context: int,
        threads: int,
        gpu_layers: int,
        cancelled: Callable[[], bool],
    ) -> None:
        """Load the model.

        Args:
            path: The GGUF file.
            name: How a person would ask for the model.
            context: Tokens of context; less is used where the model was trained with less.
            threads: Threads to compute with; 0 for every core this process may use.
            gpu_layers: Layers put on an accelerator; -1 for all.
            cancelled: Asked some thousand times a second whether to give up.

        Raises:
            ModelMissing: If there is no such file.
            ModelError: If llama.cpp cannot load the file, or there is no chat template in it.
        """
        if not path.is_file():
            raise ModelMissing(f"{path} does not exist.", hint=f"Run `lectern models pull {name}`.")
        llama_cpp, complaints, _ = _library()
        complaints.clear()
        cores = threads or usable_cores()
        try:
            self._llama = llama_cpp.Llama(
                str(path),
                n_ctx=context,
                n_batch=BATCH,
                n_ubatch=BATCH,
                n_threads=cores,
                n_threads_batch=cores,
                n_gpu_layers=gpu_layers,
                # Without an accelerator it is a third slower after 1,000 tokens.
                flash_attn=gpu_layers != 0 and llama_cpp.llama_supports_gpu_offload(),
                verbose=False,
            )
        except ValueError as error:
            reason = complaints[0] if complaints else str(error)
            raise ModelError(
                f"{path} could not be loaded: {reason}",
                hint=f"Fetch it again with `lectern models pull {name}`, or use another model.",
            ) from error
        self._model = llama_cpp.llama_get_model(self._llama.ctx)
        self._vocabulary = llama_cpp.llama_model_get_vocab(self._model)
        self._memory = llama_cpp.llama_get_memory(self._llama.ctx)
        self._cancelled = cancelled
        self._abort = llama_cpp.ggml_abort_callback(lambda _: cancelled())
        llama_cpp.llama_set_abort_callback(self._llama.ctx, self._abort, ctypes.c_void_p())
        self._held: list[int] = []
        self._render = self._chat_template(path)
        trained = llama_cpp.llama_model_n_ctx_train(self._model)
        self.context = min(self._llama.n_ctx(), trained)

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
                self._evaluate([token])
            token = int(self._logits().argmax(axis=0))
            if first_token is None:
                first_token = time.perf_counter() - started
            if ended := self._ends(token):
                break
            written += 1
            if text := reply.add(self._bytes(token)):
                yield Piece(text)
        if text := reply.rest():
            yield Piece(text)
        yield Done(len(prompt), written, first_token, ended or reply.stopped, reused)

    def choose(self, messages: Sequence[Message], choices: Sequence[str]) -> Chosen:
        """See `LanguageModel.choose`."""
        starts = [self._tokenize(choice, control=False)[0] for choice in choices]
        if len(set(starts)) < len(starts):
            raise ValueError(f"Two of {tuple(choices)} start with the same token.")
        prompt = self._prompt(messages)
        reused = self._keep_common_start(prompt)
        for _ in self._read(prompt):
            pass
        logits = [float(self._logits()[start]) for start in starts]
        weights = [math.exp(logit - max(logits)) for logit in logits]
        shares = tuple(weight / sum(weights) for weight in weights)
        return Chosen(shares, len(prompt), reused)

    def count(self, text: str) -> int:
        """See `LanguageModel.count`."""
        return len(self._tokenize(text, control=False))

    def count_messages(self, messages: Sequence[Message]) -> int:
        """See `LanguageModel.count_messages`."""
        return len(self._tokens(messages))

    def _prompt(self, messages: Sequence[Message], begun: str = "") -> list[int]:
        prompt = self._tokens(messages)
        if begun:
            prompt += self._tokenize(begun, control=False)
        if len(prompt) >= self.context:
            raise QuestionTooLong(
                f"The prompt has {len(prompt)} tokens, and the model's context {self.context}.",
                hint="Ask a shorter question, or set `context` higher.",
            )
        return prompt

    def _tokens(self, messages: Sequence[Message]) -> list[int]:
        import llama_cpp

        tokens = [
            token
            for fragment in fragments(self._render, messages)
            for token in self._tokenize(fragment.text, control=fragment.control)
        ]
        start = llama_cpp.llama_vocab_bos(self._vocabulary)
        if llama_cpp.llama_vocab_get_add_bos(self._vocabulary) and tokens[:1] != [start]:
            tokens.insert(0, start)
        return tokens

    def _tokenize(self, text: str, *, control: bool) -> list[int]:
        data = text.encode("utf-8", errors="replace")
        tokens: list[int] = self._llama.tokenize(data, add_bos=False, special=control)
        return tokens

    def _keep_common_start(self, prompt: Sequence[int]) -> int:
        """Forget what was read beyond the prompt's own start, and say how much of it is left.

        The last token is always read again: the logits after it are what the reply is made of.
        """
        import llama_cpp

        kept = 0
        for known, wanted in zip(self._held, prompt[:-1], strict=False):
            if known != wanted:
                break
            kept += 1
        if not llama_cpp.llama_memory_seq_rm(self._memory, 0, kept, -1):
            # Recurrent models cannot go back by a part of what they read.
            llama_cpp.llama_memory_clear(self._memory, True)
            kept = 0
        del self._held[kept:]
        return kept

    def _read(self, prompt: Sequence[int]) -> Iterator[Reading]:
        for start in range(len(self._held), len(prompt), BATCH):
            yield Reading(start, len(prompt))
            self._evaluate(prompt[start : start + BATCH])
        yield Reading(len(prompt), len(prompt))

    def _evaluate(self, tokens: Sequence[int]) -> None:
        if self._cancelled():
            raise Cancelled
        self._llama.n_tokens = len(self._held)
        try:
            self._llama.eval(tokens)
        except RuntimeError as error:
            if self._cancelled():
                raise Cancelled from error
            raise ModelError(f"The model stopped working: {error}") from error
        self._held.extend(tokens)

    def _logits(self) -> "npt.NDArray[np.float32]":
        """The likelihood of every token to come next, float32, (vocabulary,)."""
        import llama_cpp
        import numpy as np

        row = llama_cpp.llama_get_logits_ith(self._llama.ctx, -1)
        return np.ctypeslib.as_array(row, shape=(self._llama.n_vocab(),))

    def _ends(self, token: int) -> bool:
        import llama_cpp

        return bool(llama_cpp.llama_vocab_is_eog(self._vocabulary, token))

    def _bytes(self, token: int) -> bytes:
        """What the token writes; nothing for a control token."""
        import llama_cpp

        room = 64
        while True:
            buffer = ctypes.create_string_buffer(room)
            size = llama_cpp.llama_token_to_piece(self._vocabulary, token, buffer, room, 0, False)
            if size >= 0:
                return buffer.raw[:size]
            room = -size

    def _chat_template(self, path: Path) -> Callable[[Sequence[Message]], str]:
        import jinja2
        import llama_cpp
        from llama_cpp.llama_chat_format import Jinja2ChatFormatter

        template = llama_cpp.llama_model_chat_template(self._model, None)
        if not template:
            raise ModelError(
                f"{path} holds no chat template, so it is not a model that answers.",
                hint="Choose an instruction-tuned model: lectern models list",
            )
        formatter = Jinja2ChatFormatter(
            template=template.decode(),
            bos_token=self._token_text(llama_cpp.llama_vocab_bos(self._vocabulary)),
            eos_token=self._token_text(llama_cpp.llama_vocab_eos(self._vocabulary)),
        )

        def render(messages: Sequence[Message]) -> str:
            turns = [{"role": message.role, "content": message.content} for message in messages]
            try:
                # Templates of models that think aloud first let that be switched off.
                return str(formatter(messages=turns, enable_thinking=False).prompt)
            except (jinja2.TemplateError, ValueError) as error:
                raise ModelError(f"The chat template of {path} failed: {error}") from error

        return render

    def _token_text(self, token: int) -> str:
        import llama_cpp

        if token < 0:
            return ""
        return str(llama_cpp.llama_vocab_get_text(self._vocabulary, token), "utf-8")


@functools.cache
def _library() -> tuple[ModuleType, list[str], object]:
    """llama_cpp, the list that its complaints go to, and the callback that must not be freed."""
    try:
        import llama_cpp  # 0.4 s
    except (ImportError, OSError, RuntimeError) as error:
        raise ModelError(
            f"llama-cpp-python could not be loaded: {error}",
            hint="Install it again; see README.md.",
        ) from error
    complaints: list[str] = []

    @llama_cpp.llama_log_callback  # type: ignore[untyped-decorator]
    def log(level: int, text: bytes, _: object) -> None:
        if level == _ERROR_LEVEL:
            complaints.append(text.decode(errors="replace").strip())

    llama_cpp.llama_log_set(log, ctypes.c_void_p())
    return llama_cpp, complaints, log


def report() -> None:
    """Write what llama.cpp is to standard output, as JSON: version, features, usable cores."""
    try:
        llama_cpp, _, _ = _library()
    except ModelError as error:
        sys.stderr.write(str(error).replace("\n", " "))
        sys.exit(1)
    # "CPU : SSE3 = 1 | AVX2 = 1 | …"; a feature that it was built without is 0 or not there.
    words = str(llama_cpp.llama_print_system_info(), "utf-8").replace(":", "|").split("|")
    settings = [word.partition("=") for word in words]
    features = [name.strip() for name, _, on in settings if on.strip() == "1"]
    if llama_cpp.llama_supports_gpu_offload():
        features.append("an accelerator")
    found = {"version": llama_cpp.__version__, "features": features, "cores": usable_cores()}
    sys.stdout.write(json.dumps(found))


def usable_cores() -> int:
    """Cores this process may use: its affinity, and a container's share where it has one.

    llama.cpp's threads wait for each other many thousand times a second: more of them than
    cores is many times slower.
    """
    mask = getattr(os, "sched_getaffinity", None)
    cores = len(mask(0)) if mask else os.cpu_count() or 1
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text("ascii").split()
        return max(1, min(cores, int(quota) // int(period)))
    except (OSError, ValueError):
        return cores

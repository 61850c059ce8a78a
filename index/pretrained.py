"""Models that a person names, loaded: the only file that knows sentence-transformers.

A folder needs no network; a name on the hub fetches its files once, and no newer ones after that.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from index.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder as CrossEncoder  # noqa: PLC0414  # for its types
    from sentence_transformers import SentenceTransformer as SentenceTransformer  # noqa: PLC0414

_JUDGES = ("ForSequenceClassification", "ForCausalLM")
"""Architectures that come with a trained head; any other is given a random one when loaded."""

_WEIGHTS = ("model.safetensors", "pytorch_model.bin")
"""Files on the hub, one of which a model has."""


Model = TypeVar("Model")


def is_here(name: str) -> bool:
    """Whether a model needs no network: a folder, or one on the hub that was fetched before."""
    return _own_folder(name) is not None or _fetched(name) is not None


def weights_of(name: str) -> str:
    """Which weights a name stands for; for one on the hub that was fetched, with its revision."""
    if folder := _own_folder(name):
        return f"{folder}@{_folder_digest(folder)}"
    snapshot = _fetched(name)
    return f"{name}@{snapshot.name}" if snapshot else name


def _own_folder(name: str) -> Path | None:
    folder = Path(name).expanduser()
    return folder.resolve() if folder.is_dir() else None


def _fetched(name: str) -> Path | None:
    """The folder, named by the revision, in which the hub's cache holds a model's weights."""
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    repository = name if "/" in name else f"sentence-transformers/{name}"
    for weights in _WEIGHTS:
        try:
            found = try_to_load_from_cache(repository, weights)
        except HFValidationError:
            return None
        if isinstance(found, str):
            return Path(found).parent
    return None


def _load(name: str, load: Callable[[str, bool], Model]) -> Model:
    """A model, from its folder or as it was fetched before, without the network if that is whole.

    Args:
        name: A folder, or a name on the hub.
        load: Takes the location, and whether nothing may be fetched.
    """
    if folder := _own_folder(name):
        return load(str(folder), True)
    if snapshot := _fetched(name):
        try:
            return load(str(snapshot), True)
        except (OSError, ValueError):
            pass  # fetching was broken off
    return load(name, False)


def load_embedder(name: str) -> "SentenceTransformer":
    """An embedding model, a folder or a name on the hub.

    Raises:
        ModelError: If it cannot be loaded.
    """
    _quieten()
    from sentence_transformers import SentenceTransformer  # torch 2 s, the rest 4 to 6 s

    try:
        return _load(name, lambda at, here: SentenceTransformer(at, local_files_only=here))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"The embedding model {name!r} could not be loaded: {error}",
            hint="Leave `embedder` unset for the built-in one.",
        ) from error


def load_reranker(name: str) -> "CrossEncoder":
    """A cross-encoder that gives a question and a passage one score, 0 to 1.

    Raises:
        ModelError: If it cannot be loaded, or is no such model.
    """
    _quieten()
    from sentence_transformers import CrossEncoder  # as above
    from torch.nn import Sigmoid

    def load(location: str, here: bool) -> CrossEncoder:
        loaded: CrossEncoder = CrossEncoder(
            location, activation_fn=Sigmoid(), local_files_only=here
        )
        return loaded

    try:
        model = _load(name, load)
    except (OSError, ValueError) as error:
        raise ModelError(
            f"The reranker {name!r} could not be loaded: {error}",
            hint="Leave `reranker` unset to search without one.",
        ) from error
    kinds = getattr(model.config, "architectures", None) or ()
    if model.num_labels != 1 or not any(kind.endswith(_JUDGES) for kind in kinds):
        raise ModelError(
            f"{name!r} is no reranker: it does not give a question and a passage one score.",
            hint="Set `reranker` to a cross-encoder, or leave it unset.",
        )
    return model


def _quieten() -> None:
    # Set, never read: it reaches a library that takes no argument for it, and must stand before
    # the first import.
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    from transformers.utils import logging

    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    # Else a bar and a report of unused weights stand on stderr at each load.
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]


def _folder_digest(folder: Path) -> str:
    """Names, sizes and times of a model's files: cheap, and different after a change."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    listing = [(str(p.relative_to(folder)), p.stat().st_size, p.stat().st_mtime_ns) for p in files]
    return hashlib.sha256(repr(listing).encode()).hexdigest()[:16]

"""Models that a person names, loaded: the only file that knows sentence-transformers.

A folder needs no network; a name on the hub may fetch its files once.
"""

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder as CrossEncoder  # noqa: PLC0414  # for its types
    from sentence_transformers import SentenceTransformer as SentenceTransformer  # noqa: PLC0414

_JUDGES = ("ForSequenceClassification", "ForCausalLM")
"""Architectures that come with a trained head; any other is given a random one when loaded."""


def located(name: str) -> str:
    """A model's folder where `name` is one, else `name`, which is then one on the hub."""
    folder = Path(name).expanduser()
    return str(folder.resolve()) if folder.is_dir() else name


def weights_of(name: str) -> str:
    """Which weights a name stands for; for one on the hub, the name alone."""
    location = located(name)
    folder = Path(location)
    return f"{location}@{_folder_digest(folder)}" if folder.is_dir() else location


def load_embedder(location: str) -> "SentenceTransformer":
    """An embedding model.

    Raises:
        ModelError: If it cannot be loaded.
    """
    _quieten()
    from sentence_transformers import SentenceTransformer  # torch 2 s, the rest 4 to 6 s

    try:
        return SentenceTransformer(location, local_files_only=Path(location).is_dir())
    except (OSError, ValueError) as error:
        raise ModelError(
            f"The embedding model {location!r} could not be loaded: {error}",
            hint="Leave `embedder` unset for the built-in one.",
        ) from error


def load_reranker(location: str) -> "CrossEncoder":
    """A cross-encoder that gives a question and a passage one score, 0 to 1.

    Raises:
        ModelError: If it cannot be loaded, or is no such model.
    """
    _quieten()
    from sentence_transformers import CrossEncoder  # as above
    from torch.nn import Sigmoid

    local = Path(location).is_dir()
    try:
        model: CrossEncoder = CrossEncoder(
            location, activation_fn=Sigmoid(), local_files_only=local
        )
    except (OSError, ValueError) as error:
        raise ModelError(
            f"The reranker {location!r} could not be loaded: {error}",
            hint="Leave `reranker` unset to search without one.",
        ) from error
    kinds = getattr(model.config, "architectures", None) or ()
    if model.num_labels != 1 or not any(kind.endswith(_JUDGES) for kind in kinds):
        raise ModelError(
            f"{location!r} is no reranker: it does not give a question and a passage one score.",
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

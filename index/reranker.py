"""Passages read beside the question, by a cross-encoder that the person has set."""

from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.pretrained import load_reranker, located

if TYPE_CHECKING:
    from index.pretrained import CrossEncoder


class PassageReranker(Protocol):
    """What search asks of a reranker."""

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """float32, (len(texts),), 0 to 1: how well each text answers the question."""


class Reranker:
    """A cross-encoder of sentence-transformers, loaded when the first passage is scored.

    May be shared by threads: one scores at a time.
    """

    def __init__(self, name: str) -> None:
        """Choose a model, a folder or a name on the Hugging Face hub; nothing is loaded yet."""
        self.name = name
        self._lock = Lock()
        self._model: CrossEncoder | None = None

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """How well each text answers the question.

        Returns:
            float32, (len(texts),), 0 to 1.

        Raises:
            ModelError: If the model cannot be loaded, or is no cross-encoder with one score.
        """
        if not texts:
            return np.empty(0, np.float32)
        with self._lock:
            if self._model is None:
                self._model = load_reranker(located(self.name))
            pairs = [(question, text) for text in texts]
            scores = self._model.predict(pairs, show_progress_bar=False)
        return np.asarray(scores, np.float32)

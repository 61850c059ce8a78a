"""A reranker without a model."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class ReadsFor:
    """A reranker that wants certain words; remembers what it was asked."""

    def __init__(self, words: str) -> None:
        self._words = words
        self.asked: list[str] = []

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked.append(question)
        return np.array([self._words in text for text in texts], np.float32)

"""An embedding model without a model: words hashed into a vector."""

import hashlib
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class HashingEmbedder:
    """Texts with words in common get similar vectors; remembers what it was given."""

    def __init__(self, *, dimension: int = 64, name: str = "hashing") -> None:
        self.name = name
        self.dimension = dimension
        self.documents: list[str] = []
        """Every text embedded as a document, in order."""

    @property
    def fingerprint(self) -> str:
        return f"{self.name}-{self.dimension}"

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.documents += texts
        return self._encode(texts)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[0] = 0.01  # a text without words still has a direction
            for word in re.findall(r"\w+", text.lower()):
                digest = hashlib.sha256(word.encode()).digest()
                row[1 + digest[0] % (self.dimension - 1)] += 1 if digest[1] % 2 else -1
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / lengths, np.float32)

"""An embedder that remembers: the passages of one question come back with the next."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from index.embedder import SentenceEmbedder, Vectors

REMEMBERED = 4096
"""Texts; with 384 dimensions 6 MB of vectors."""


class RememberingEmbedder:
    """Another embedder's vectors, those asked for last kept at hand; may be shared by threads."""

    def __init__(self, embedder: SentenceEmbedder) -> None:
        self._embedder = embedder
        self._documents = _Memory(embedder.encode_documents)
        self._queries = _Memory(embedder.encode_queries)

    @property
    def name(self) -> str:
        return self._embedder.name

    @property
    def dimension(self) -> int:
        return self._embedder.dimension

    @property
    def fingerprint(self) -> str:
        return self._embedder.fingerprint

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """See `SentenceEmbedder.encode_documents`."""
        return self._documents.encode(texts)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """See `SentenceEmbedder.encode_queries`."""
        return self._queries.encode(texts)


class _Memory:
    """What one way of encoding gave, the oldest forgotten first."""

    def __init__(self, encode: Callable[[Sequence[str]], Vectors]) -> None:
        self._encode = encode
        self._lock = Lock()
        self._known: OrderedDict[str, NDArray[np.float32]] = OrderedDict()

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return self._encode(texts)
        with self._lock:
            new = [text for text in dict.fromkeys(texts) if text not in self._known]
            self._known.update(zip(new, self._encode(new), strict=True))
            for text in texts:
                self._known.move_to_end(text)
            rows = np.stack([self._known[text] for text in texts])
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return rows

"""What decides what a vector is: when any of it changes, the index is built anew."""

import hashlib

from index import readers, splitter
from index.document import Chunk
from index.embedder import SentenceEmbedder

_VERSION = 1
"""Raised when `embedded_text` changes."""


def fingerprint(embedder: SentenceEmbedder, chunk_size: int) -> str:
    """Hex; equal for two indexes only if the same files give the same chunks and vectors."""
    parts = (embedder.fingerprint, chunk_size, _VERSION, readers.VERSION, splitter.VERSION)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def embedded_text(chunk: Chunk) -> str:
    """What stands for a chunk before the embedding model: where it is from, then its words."""
    heading = "" if chunk.heading == chunk.title else chunk.heading
    return "\n".join(part for part in (chunk.title, heading, chunk.text) if part)


def digest_of(chunk: Chunk) -> str:
    """Equal for two chunks only if they are embedded alike."""
    return hashlib.sha256(embedded_text(chunk).encode()).hexdigest()

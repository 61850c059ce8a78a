"""What the catalogue notes of a file, and of how its vectors were built."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is known of a file without reading it."""

    size: int
    """Bytes."""
    mtime_ns: int
    """Nanoseconds since the epoch; 0 where the file was too fresh for its time to be trusted."""

    def proves(self, later: "Stamp") -> bool:
        """Whether a file with the stamp `later` is certainly the one that had this stamp."""
        return self.mtime_ns > 0 and self == later


@dataclass(frozen=True, slots=True)
class Kept:
    """A document as the catalogue holds it."""

    id: int
    path: str
    """Relative to its source."""
    digest: str
    stamp: Stamp
    characters: int
    chunks: int
    pages: int | None
    """None where the format has no pages."""


@dataclass(frozen=True, slots=True)
class Built:
    """What the vectors of a catalogue were built with."""

    fingerprint: str
    """Of everything that decides what a vector is."""
    embedder: str
    """The embedding model's own fingerprint."""
    embedder_name: str
    shelf: str
    """Random and kept for good, so that shelves may share a Chroma server."""
    build: int
    """Raised by each rebuilding, so that it gets a collection of its own."""

    @property
    def collection(self) -> str:
        """The name of the collection that holds the vectors."""
        return f"{self.collections}{self.fingerprint[:16]}-{self.build}"

    @property
    def collections(self) -> str:
        """What the names of this shelf's collections begin with."""
        return f"lectern-{self.shelf}-"

"""What the process of an assistant can be asked for, and what it answers beside events."""

from dataclasses import dataclass

from index.scope import Within
from qa.answer import Citation, Turn
from qa.settings import Settings


@dataclass(frozen=True, slots=True)
class Open:
    """Open the index and the model; always request 0."""

    settings: Settings


@dataclass(frozen=True, slots=True)
class Look:
    """Say how things stand: one `Standing`, once all is open."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Answer a question: a `Standing`, and then its events."""

    question: str
    history: tuple[Turn, ...]
    strict: bool
    within: Within | None


@dataclass(frozen=True, slots=True)
class Identify:
    """Bring the key of the document that a citation was made from."""

    citation: Citation


@dataclass(frozen=True, slots=True)
class Read:
    """Bring a document's text."""

    document_id: int


@dataclass(frozen=True, slots=True)
class Locate:
    """Bring the path of a document's file."""

    document_id: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What is answered with."""

    model: str
    documents: int


Request = Open | Look | Ask | Identify | Read | Locate

"""What the app needs of the question answering beneath it."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index.harmless import one_line
from qa.answer import Event, Turn


class Assistant(Protocol):
    """Answers questions over the person's documents. Every method may be called from any thread."""

    @property
    def model(self) -> str:
        """Name of the answering model."""

    @property
    def document_count(self) -> int:
        """How many documents are on the shelf."""

    def ask(self, question: str, *, history: Sequence[Turn]) -> Generator[Event, None, None]:
        """Answer; one question at a time."""

    def cancel(self) -> None:
        """Stop the question in progress; without one, nothing happens."""

    def close(self) -> None:
        """Let go of the model and the index."""

    def text_of(self, document_id: int) -> str:
        """A document's extracted text.

        Raises:
            KeyError: If it is not on the shelf any more.
        """

    def path_of(self, document_id: int) -> Path:
        """The file that a document was read from, which may be gone since.

        Raises:
            KeyError: If it is not on the shelf any more.
        """


@dataclass(frozen=True, slots=True)
class Facts:
    """What can be said before anything is loaded."""

    home: str = ""
    """Folder of the index."""
    model: str = ""
    """The answering model that was asked for; empty where the choice is left open."""


def standing(assistant: Assistant) -> str:
    """What answers, and over how much, on one line."""
    count = assistant.document_count
    documents = "1 document" if count == 1 else f"{count:,} documents"
    return f"{documents} · {one_line(assistant.model)}"

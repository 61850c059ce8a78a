"""What the app needs of the question answering beneath it."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index.scope import Scope
from qa.answer import Citation, Event, Turn


class Assistant(Protocol):
    """Answers questions over the person's documents. Every method may be called from any thread."""

    @property
    def model(self) -> str:
        """Name of the answering model."""

    @property
    def document_count(self) -> int:
        """How many documents are on the shelf."""

    def ask(
        self, question: str, *, history: Sequence[Turn], within: Scope | None = None
    ) -> Generator[Event, None, None]:
        """Answer, from the documents within a scope if there is one; one question at a time."""

    def look(self) -> None:
        """Learn how many documents there are by now; also while a question is answered."""

    def cancel(self) -> None:
        """Stop the question in progress; without one, nothing happens."""

    def close(self) -> None:
        """Let go of the model and the index."""

    def key_of(self, citation: Citation) -> int:
        """The key of the document that a citation was made from, maybe long ago.

        Raises:
            KeyError: If it is not on the shelf any more.
        """

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

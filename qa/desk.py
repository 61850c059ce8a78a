"""The assistant in a process of its own: a front end stays light, and answers its keys at once."""

from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Self, cast

from index.errors import ProcessDied
from index.scope import Within
from qa.answer import Citation, Event, Turn
from qa.child import Child
from qa.desk_requests import Ask, Identify, Locate, Look, Open, Read, Standing
from qa.settings import Settings


class DeskAssistant:
    """Answers as `qa.assistant.Assistant` does; every method may be called from any thread.

    The process is started again after it died; the question in progress then raises
    `ProcessDied`.
    """

    def __init__(self, child: Child, standing: Standing) -> None:
        """Take over a process that is open; see `open`."""
        self._child = child
        self._standing = standing

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Start the process, and wait until the index is open there.

        Raises:
            LecternError: What `qa.wiring.open_assistant` raises.
        """
        child = Child("qa.desk_process", Open(settings), died=ProcessDied)
        try:
            (standing,) = child.request(Look())
        except BaseException:
            child.close()
            raise
        return cls(child, cast("Standing", standing))

    @property
    def model(self) -> str:
        """Name of the answering model, as of the last question."""
        return self._standing.model

    @property
    def document_count(self) -> int:
        """How many documents were on the shelf at the last question, or the last look."""
        return self._standing.documents

    def look(self) -> None:
        """Learn how things stand, also while a question is answered."""
        self._standing = cast("Standing", self._child.aside(Look()))

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        strict: bool = False,
        within: Within | None = None,
    ) -> Generator[Event, None, None]:
        """See `qa.assistant.Assistant.ask`."""
        for event in self._child.request(Ask(question, tuple(history), strict, within)):
            if isinstance(event, Standing):
                self._standing = event
            else:
                yield cast("Event", event)

    def key_of(self, citation: Citation) -> int:
        """See `qa.assistant.Assistant.key_of`."""
        return cast("int", self._child.aside(Identify(citation)))

    def text_of(self, document_id: int) -> str:
        """See `qa.assistant.Assistant.text_of`."""
        return cast("str", self._child.aside(Read(document_id)))

    def path_of(self, document_id: int) -> Path:
        """See `qa.assistant.Assistant.path_of`."""
        return cast("Path", self._child.aside(Locate(document_id)))

    def cancel(self) -> None:
        """Stop the question in progress; without one, nothing happens."""
        self._child.cancel()

    def close(self) -> None:
        """End the process."""
        self._child.close()

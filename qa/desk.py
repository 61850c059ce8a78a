"""The assistant in a process of its own: a front end stays light, and answers its keys at once."""

import threading
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Self, cast

from index.errors import ProcessDied
from index.places import Places
from index.scope import Within
from qa.answer import Citation, Event, Turn
from qa.child import Child
from qa.desk_requests import Ask, Identify, Locate, Look, Open, Read, Standing
from qa.settings import Settings


class DeskAssistant:
    """Answers as `qa.assistant.Assistant` does; every method may be called from any thread.

    The process is started again after it died; the question in progress then raises
    `ProcessDied`. So it is where the catalogue has been replaced by another file, as a damaged one
    is when the index is built anew: the one that is open would tell of the old for ever.
    """

    def __init__(self, child: Child, standing: Standing, catalogue: Path) -> None:
        """Take over a process that has the catalogue open; see `open`."""
        self._child = child
        self._standing = standing
        self._catalogue = catalogue
        self._opened = _identity(catalogue)
        self._asking = threading.Lock()

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
        return cls(child, cast("Standing", standing), Places(settings.home).catalogue)

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
        if self._asking.acquire(blocking=False):
            try:
                self._keep_up()
            finally:
                self._asking.release()
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
        with self._asking:
            self._keep_up()
            for event in self._child.request(Ask(question, tuple(history), strict, within)):
                if isinstance(event, Standing):
                    self._standing = event
                else:
                    yield cast("Event", event)

    def _keep_up(self) -> None:
        """Let a process go whose catalogue is not the index any more; the next request starts one.

        Called with no question in progress.
        """
        now = _identity(self._catalogue)
        if now is not None and now != self._opened:
            self._opened = now
            self._child.close()

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


def _identity(file: Path) -> tuple[int, int] | None:
    """What tells a file from all others for as long as it is open; None where there is none."""
    try:
        known = file.stat()
    except OSError:
        return None
    return known.st_dev, known.st_ino

"""The assistant behind the screen: what it does in threads comes back as messages."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from textual.message import Message
from textual.worker import Worker, get_current_worker

from index.errors import Cancelled, LecternError
from index.scope import Scope
from qa.answer import Citation, Finished, Turn
from tui.assistant import Assistant
from tui.messages import (
    Crashed,
    DeskFailed,
    DeskOpened,
    FileFound,
    FileMissing,
    Indexed,
    Indexing,
    ModelsNamed,
    ShelfSeen,
    SourceFailed,
    SourceRead,
    TurnEvent,
    TurnFailed,
)
from tui.other_models import OtherModels
from tui.services import IndexStarter

_PATIENCE = 2.0
"""Seconds that a cancelled question gets to end before the index is closed."""


class Desk:
    """The assistant from its opening to its close, whichever of the two comes first."""

    def __init__(
        self,
        open_assistant: Callable[[], Assistant],
        post: Callable[[Message], bool],
        *,
        other_models: OtherModels | None = None,
    ) -> None:
        """Open nothing yet.

        Args:
            open_assistant: Loads the index and the model.
            post: Takes the messages, from any thread.
            other_models: Opens an assistant with another model, for one question.
        """
        self._open_assistant = open_assistant
        self._post = post
        self._other_models = other_models
        self._assistant: Assistant | None = None
        self._borrowed: Assistant | None = None
        self._closed = False
        self._scope: Scope | None = None
        self._changing = threading.Lock()
        self._asking = threading.Lock()
        self._opening = threading.Lock()

    @property
    def assistant(self) -> Assistant | None:
        """None until it is open."""
        return self._assistant

    def limit(self, scope: Scope | None) -> None:
        """Answer from these documents alone from the next question on; None for all."""
        self._scope = scope

    def open(self) -> None:
        """Begin to open the assistant, which takes seconds."""
        self._in_thread(self._open)

    def open_again(self) -> None:
        """Let go of the assistant, once it has answered, and open another as `open` does."""
        self._in_thread(self._open_again)

    def index(self, index_starter: IndexStarter) -> None:
        """Index the starter documents. Blocks."""
        try:
            index_starter(lambda line: self._say(Indexing(line)))
        except LecternError as error:
            self._post(DeskFailed(error))
        else:
            self._post(Indexed())

    def answer(self, turn: int, question: str, history: Sequence[Turn], *, model: str = "") -> None:
        """Answer a turn's question, once the one before has let go of the model. Blocks.

        Args:
            turn: The turn's number.
            question: What is asked.
            history: What was said before.
            model: Another model than the one in use, opened for this question.
        """
        worker = get_current_worker()
        with self._asking:
            if worker.is_cancelled:
                return
            try:
                with self._answering(model) as assistant:
                    if assistant is not None and not worker.is_cancelled:
                        self._ask(assistant, worker, turn, question, history)
            except LecternError as error:
                self._post(TurnFailed(turn, error))

    def _ask(
        self,
        assistant: Assistant,
        worker: Worker[object],
        turn: int,
        question: str,
        history: Sequence[Turn],
    ) -> None:
        with closing(assistant.ask(question, history=history, within=self._scope)) as events:
            for event in events:
                if worker.is_cancelled:
                    return
                self._post(TurnEvent(turn, event))
                if isinstance(event, Finished):
                    return
            self._post(TurnFailed(turn, Cancelled()))

    @contextmanager
    def _answering(self, model: str) -> Iterator[Assistant | None]:
        if not model or self._other_models is None:
            yield self._assistant
            return
        with closing(self._other_models.open(model)) as borrowed:
            self._borrowed = borrowed
            try:
                # Who leaves while it opens has nothing to cancel yet.
                yield None if self._closed else borrowed
            finally:
                self._borrowed = None

    def name_models(self) -> None:
        """Find out which other models can be asked. Blocks."""
        try:
            names = self._other_models.names() if self._other_models is not None else ()
        except LecternError as error:
            self._post(ModelsNamed((), error))
        else:
            self._post(ModelsNamed(names))

    def look(self) -> None:
        """Let the assistant see what is on the shelf by now. Blocks."""
        if (assistant := self._assistant) is not None:
            # What is wrong with the index, the next question says.
            with suppress(LecternError):
                assistant.look()
                self._post(ShelfSeen())

    def read(self, citation: Citation) -> None:
        """Fetch the text that a citation stands in. Blocks."""
        worker = get_current_worker()
        if (assistant := self._assistant) is None:
            return
        message: Message
        try:
            message = SourceRead(citation, assistant.text_of(assistant.key_of(citation)))
        except KeyError:
            message = SourceFailed(citation, _gone(citation))
        except LecternError as error:
            message = SourceFailed(citation, error)
        if not worker.is_cancelled:
            self._post(message)

    def locate(self, citation: Citation) -> None:
        """Find the file that a citation was read from. Blocks."""
        if (assistant := self._assistant) is None:
            return
        try:
            path = assistant.path_of(assistant.key_of(citation))
        except KeyError:
            self._post(FileMissing(_gone(citation)))
        except LecternError as error:
            self._post(FileMissing(error))
        else:
            there = path.is_file()
            self._post(FileFound(citation, path) if there else FileMissing(_moved(path)))

    def cancel(self) -> None:
        """Stop the question in progress."""
        for assistant in (self._assistant, self._borrowed):
            if assistant is not None:
                assistant.cancel()

    def close(self) -> None:
        """Stop what is in progress and let go of everything; a second call does nothing."""
        with self._changing:
            self.cancel()
            assistant, self._assistant, self._closed = self._assistant, None, True
        if assistant is None:
            return
        # The index should not be closed under a question that is still being searched for.
        let_go = self._asking.acquire(timeout=_PATIENCE)
        assistant.close()
        if let_go:
            self._asking.release()

    def _in_thread(self, do: Callable[[], None]) -> None:
        def one_at_a_time() -> None:
            with self._opening:
                do()

        # A daemon, not a worker: who leaves while the models load should not wait for them.
        threading.Thread(target=one_at_a_time, daemon=True, name="opening the desk").start()

    def _open_again(self) -> None:
        with self._asking:
            with self._changing:
                assistant, self._assistant = self._assistant, None
            if assistant is not None:
                assistant.close()
        if not self._closed:
            self._open()

    def _open(self) -> None:
        try:
            assistant = self._open_assistant()
        except LecternError as error:
            self._post(DeskFailed(error))
            return
        except Exception as bug:  # noqa: BLE001  (raised again in the app, which ends with it)
            self._post(Crashed(bug))
            return
        with self._changing:
            late = self._closed
            if not late:
                self._assistant = assistant
        if late:
            assistant.close()
        else:
            self._post(DeskOpened())

    def _say(self, message: Message) -> None:
        self._post(message)


def _gone(citation: Citation) -> LecternError:
    return LecternError(
        f"{citation.document} is not on the shelf any more.",
        hint="Ask again to see what the documents say now.",
    )


def _moved(path: Path) -> LecternError:
    return LecternError(
        f"{path} is not there any more.",
        hint="Put the file back, or run `lectern index` to take it off the shelf.",
    )

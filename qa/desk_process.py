"""What runs in the process of an assistant."""

import contextlib
import threading
from collections.abc import Iterator
from typing import cast

from index.errors import Cancelled, LecternError
from qa import child_process
from qa.assistant import Assistant
from qa.desk_requests import Ask, Identify, Locate, Look, Open, Read, Request, Standing
from qa.wiring import open_assistant

_THREADS = 4
"""One answers, the others read sources meanwhile."""


def serve() -> None:
    """Answer requests to an assistant until the parent is gone."""
    child_process.serve(_Desk(), threads=_THREADS)


class _Desk:
    """The assistant, and the requests to it."""

    def __init__(self) -> None:
        self._assistant: Assistant
        self._asking = 0
        self._given_up: set[int] = set()

    def give_up(self, number: int) -> None:
        self._given_up.add(number)
        if number == self._asking:
            self._assistant.cancel()

    def answer(self, number: int, request: object) -> Iterator[object]:
        match cast("Request", request):
            case Open(settings):
                self._assistant = open_assistant(settings)
                threading.Thread(target=self._warm_up, daemon=True).start()
            case Look():
                yield self._standing()
            case Ask() as ask:
                yield self._standing()
                yield from self._events(number, ask)
            case Identify(citation):
                yield self._assistant.key_of(citation)
            case Read(document_id):
                yield self._assistant.text_of(document_id)
            case Locate(document_id):
                yield self._assistant.path_of(document_id)

    def _warm_up(self) -> None:
        """Load what the first question would wait for; what is wrong with it, that one says."""
        with contextlib.suppress(LecternError):
            self._assistant.search("warm up", limit=1)

    def _events(self, number: int, ask: Ask) -> Iterator[object]:
        self._asking = number
        for event in self._assistant.ask(
            ask.question, history=ask.history, strict=ask.strict, within=ask.within
        ):
            # Given up before the assistant took it on, which forgets earlier cancellations.
            if number in self._given_up:
                raise Cancelled
            yield event

    def _standing(self) -> Standing:
        return Standing(self._assistant.model, self._assistant.document_count)

"""Requests to an endpoint, one at a time, all of which can be given up at once."""

import contextlib
import functools
import threading
from collections.abc import Callable, Generator, Iterator, Mapping

from index.errors import Cancelled
from qa.endpoint_address import EndpointAddress
from qa.exchange import Exchange

Ask = Callable[[str, Mapping[str, object] | None], Generator[bytes, None, None]]
"""Asks for a path below the address, with a body or without one, and brings what is answered."""


class Turns:
    """Whose turn it is to ask an endpoint; a second thread waits for its own."""

    def __init__(self, address: EndpointAddress) -> None:
        self._address = address
        self._turn = threading.Lock()
        """Held by the request in progress."""
        self._owner: int | None = None
        self._exchange: Exchange | None = None
        self._cancels = 0
        """Rises with every cancellation, so that requests waiting for their turn notice."""

    @contextlib.contextmanager
    def turn(self) -> Iterator[Ask]:
        """Wait for this thread's turn, in which it may ask any number of times.

        What is asked raises what `Exchange.received` does.
        """
        if self._owner == threading.get_ident():
            raise RuntimeError("This thread has not read or closed the model's last reply.")
        cancels = self._cancels
        with self._turn:
            self._owner = threading.get_ident()
            try:
                yield functools.partial(self._ask, cancels)
            finally:
                self._owner = None

    def cancel(self) -> None:
        """End the turn in progress and those that wait; may be called from any thread."""
        self._cancels += 1
        if exchange := self._exchange:
            exchange.cancel()

    def _ask(
        self, cancels: int, path: str, body: Mapping[str, object] | None
    ) -> Generator[bytes, None, None]:
        """The connection is closed with this generator, at the latest."""
        self._raise_if_cancelled(cancels)  # before anything is sent
        exchange = self._exchange = Exchange(self._address, path, body)
        try:
            self._raise_if_cancelled(cancels)  # a cancellation from here on finds the exchange
            yield from exchange.received()
        finally:
            self._exchange = None
            exchange.cancel()

    def _raise_if_cancelled(self, cancels: int) -> None:
        if self._cancels != cancels:
            raise Cancelled

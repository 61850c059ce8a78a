"""How an endpoint is reached, waited for and given up."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from index.errors import Cancelled, ModelError
from qa.answer import Reading
from qa.endpoint import EndpointModel
from qa.endpoint_address import EndpointAddress
from qa.exchange import Exchange
from qa.language_model import Message, Piece
from qa.turns import Turns
from tests.qa.loopback_endpoint import Endpoint, serving

pytestmark = pytest.mark.alone

ASKED = (Message("user", "Who designed the tower?"),)
SOON = 0.3
"""Seconds that a cancellation may take."""

Found = list[tuple[int, int, int, str, tuple[object, ...]]]


@contextmanager
def served(**behaviour: object) -> Iterator[tuple[EndpointModel, Endpoint]]:
    with serving(Endpoint(**behaviour)) as endpoint:  # type: ignore[arg-type]
        model = EndpointModel(f"{endpoint.address}#own")
        try:
            yield model, endpoint
        finally:
            model.close()


def text_of(model: EndpointModel) -> str:
    events = model.generate(ASKED, max_tokens=50)
    return "".join(event.text for event in events if isinstance(event, Piece))


def resolving_to(*addresses: str) -> Callable[..., Found]:
    """What stands in for DNS."""

    def found(host: str, port: int, **_: object) -> Found:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in addresses]

    return found


@contextmanager
def cancelled_soon(model: EndpointModel, when: threading.Event) -> Iterator[None]:
    """What is asked within is cancelled by another thread and ends in time, and so."""
    at: list[float] = []

    def cancel() -> None:
        when.wait(10)
        at.append(time.perf_counter())
        model.cancel()

    canceller = threading.Thread(target=cancel)
    canceller.start()
    try:
        with pytest.raises(Cancelled):
            yield
        assert time.perf_counter() - at[0] < SOON
    finally:
        canceller.join()


def test_cancelling_ends_the_wait_for_the_first_word_and_the_server_s_work() -> None:
    with served(silent=True) as (model, endpoint):
        with cancelled_soon(model, endpoint.came):
            text_of(model)
        assert endpoint.left.wait(5)
        endpoint.silent = False
        assert text_of(model) == "Anna Holm."


def test_cancelling_ends_a_choice() -> None:
    with served(silent=True) as (model, endpoint):
        with cancelled_soon(model, endpoint.came):
            model.choose(ASKED, ("Yes", "No"))
        assert endpoint.left.wait(5)


def test_cancelling_ends_a_reply_in_its_midst() -> None:
    with served(endless=True) as (model, endpoint):
        events = model.generate(ASKED, max_tokens=50)
        while next(events) != Piece("Holm."):
            pass
        with cancelled_soon(model, endpoint.came):
            list(events)
        assert endpoint.left.wait(5)


def test_cancelling_ends_the_search_for_a_host(monkeypatch: pytest.MonkeyPatch) -> None:
    searching, found = threading.Event(), threading.Event()

    def search(*_: object, **__: object) -> Found:
        searching.set()
        found.wait(10)
        return resolving_to("127.0.0.1")("", 0)

    monkeypatch.setattr(socket, "getaddrinfo", search)
    model = EndpointModel("http://nas.example:1/v1#own")
    with cancelled_soon(model, searching):
        text_of(model)
    found.set()


def test_cancelling_ends_what_waits_for_its_turn_too() -> None:
    ended: list[Exception] = []

    def ask(model: EndpointModel) -> None:
        try:
            model.choose(ASKED, ("Yes", "No"))
        except Cancelled as error:
            ended.append(error)

    with served(silent=True) as (model, endpoint):
        events = model.generate(ASKED, max_tokens=50)
        assert isinstance(next(events), Reading)
        other = threading.Thread(target=ask, args=(model,))
        other.start()
        time.sleep(0.5)
        with cancelled_soon(model, endpoint.came):
            list(events)
        other.join(5)
        assert len(ended) == 1
        assert len(endpoint.asked) == 1


def test_a_turn_that_was_cancelled_sends_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []

    class Seen(Exchange):
        def _run(self) -> None:
            begun.append(self._path)
            super()._run()

    monkeypatch.setattr("qa.turns.Exchange", Seen)
    with serving(Endpoint()) as endpoint:
        turns = Turns(EndpointAddress.parse(endpoint.address))
        with turns.turn() as ask:
            assert b"first" in b"".join(ask("/models", None))
            turns.cancel()
            with pytest.raises(Cancelled):
                list(ask("/models", None))
    assert begun == ["/models"]


def test_cancelling_nothing_changes_nothing() -> None:
    with served() as (model, _):
        model.cancel()
        assert text_of(model) == "Anna Holm."


def test_a_reply_that_nobody_reads_on_is_given_up() -> None:
    with served(endless=True) as (model, endpoint):
        events = model.generate(ASKED, max_tokens=50)
        while next(events) != Piece("Holm."):
            pass
        with pytest.raises(RuntimeError, match="last reply"):
            model.choose(ASKED, ("Yes", "No"))
        events.close()  # type: ignore[attr-defined]
        assert endpoint.left.wait(5)
        endpoint.endless = False
        assert text_of(model) == "Anna Holm."


def test_another_thread_waits_for_its_turn() -> None:
    written: list[str] = []
    with served() as (model, endpoint):
        events = model.generate(ASKED, max_tokens=50)
        next(events)
        other = threading.Thread(target=lambda: written.append(text_of(model)))
        other.start()
        other.join(0.1)
        assert (written, endpoint.asked) == ([], [])
        list(events)
        other.join(10)
        assert written == ["Anna Holm."]


def test_a_server_that_does_not_run_is_named() -> None:
    with served() as (model, endpoint):
        pass
    with pytest.raises(ModelError, match="could not be reached") as raised:
        text_of(model)
    assert endpoint.address in str(raised.value)
    assert "lectern models list" in raised.value.hint


def test_a_server_that_stays_silent_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.exchange._SILENCE", 0.2)
    with served(silent=True) as (model, endpoint):
        with pytest.raises(ModelError, match="silent") as raised:
            text_of(model)
        assert endpoint.address in str(raised.value)
        assert raised.value.hint


@pytest.mark.parametrize(
    "addresses", [("93.184.216.34",), ("127.0.0.1", "93.184.216.34"), ("::ffff:8.8.8.8",)]
)
def test_a_host_on_the_internet_is_not_even_connected_to(
    monkeypatch: pytest.MonkeyPatch, addresses: tuple[str, ...]
) -> None:
    with served() as (_, endpoint):
        port = endpoint.address.partition("//127.0.0.1:")[2]
        model = EndpointModel(f"http://llm.example:{port}#own")
        monkeypatch.setattr(socket, "getaddrinfo", resolving_to(*addresses))
        with pytest.raises(ModelError, match="would leave") as raised:
            text_of(model)
        assert addresses[-1] in str(raised.value)
        assert endpoint.paths == []


def test_the_connection_goes_to_the_address_that_was_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name that means another machine the second time leads nowhere else."""
    answers = [resolving_to("127.0.0.1"), resolving_to("93.184.216.34")]

    def changing(host: str, port: int, **options: object) -> Found:
        return answers.pop(0)(host, port) if host == "llm.example" else real(host, port, **options)

    real: Callable[..., Found] = socket.getaddrinfo  # type: ignore[assignment]
    with served() as (_, endpoint):
        named = endpoint.address.replace("127.0.0.1", "llm.example")
        monkeypatch.setattr(socket, "getaddrinfo", changing)
        assert text_of(EndpointModel(f"{named}#own")) == "Anna Holm."
        assert endpoint.hosts == [named.removeprefix("http://").removesuffix("/v1")]


@pytest.mark.parametrize("addresses", [("::1", "127.0.0.1"), ("127.0.0.1", "::1")])
def test_a_server_may_listen_on_one_of_its_host_s_addresses_only(
    monkeypatch: pytest.MonkeyPatch, addresses: tuple[str, ...]
) -> None:
    with served() as (_, endpoint):
        named = endpoint.address.replace("127.0.0.1", "localhost")
        monkeypatch.setattr(socket, "getaddrinfo", resolving_to(*addresses))
        assert text_of(EndpointModel(f"{named}#own")) == "Anna Holm."


def test_no_proxy_sees_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # where nothing answers
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with served() as (model, _):
        assert text_of(model) == "Anna Holm."

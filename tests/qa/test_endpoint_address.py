"""What an endpoint's address says, and which machines are the person's own."""

import doctest
import socket

import pytest

import qa.endpoint_address
import qa.endpoint_reply
from index.errors import ModelError, SettingsError
from qa.endpoint_address import EndpointAddress, is_endpoint, on_own_network


@pytest.mark.parametrize(
    ("written", "base", "host", "port", "model"),
    [
        ("http://nas/v1", "http://nas/v1", "nas", 80, ""),
        ("https://nas/v1/#a/b:3b", "https://nas/v1", "nas", 443, "a/b:3b"),
        ("http://[::1]:8080/v1#x.gguf", "http://[::1]:8080/v1", "::1", 8080, "x.gguf"),
        ("HTTP://10.0.0.2:1234#x", "http://10.0.0.2:1234", "10.0.0.2", 1234, "x"),
    ],
)
def test_an_address_names_a_host_and_a_model(
    written: str, base: str, host: str, port: int, model: str
) -> None:
    address = EndpointAddress.parse(written)
    assert (address.base, address.host, address.port, address.model) == (base, host, port, model)
    assert address.secure == base.startswith("https")
    assert is_endpoint(written)


@pytest.mark.parametrize(
    "written",
    [
        "http://",
        "http:///v1",
        "http://nas:port/v1",
        "http://nas:99999/v1",
        "http://[::1/v1",
        "http://nas/v1?key=1",
        "http://me:secret@nas/v1",
        "http://nas\x1b[2J/v1",
        "ftp://nas/v1",
    ],
)
def test_what_is_no_address_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(SettingsError) as raised:
        EndpointAddress.parse(written)
    assert repr(written) in str(raised.value)
    assert "http://127.0.0.1:8080/v1#MODEL" in raised.value.hint


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 127.9.9.9 ::1 0.0.0.0 10.1.2.3 172.31.0.1 192.168.1.20 169.254.7.7 fd12::1 fe80::1 "
    "fe80::1%2 ::ffff:10.0.0.1".split(),
)
def test_a_machine_of_the_own_network_may_see_documents(address: str) -> None:
    assert on_own_network(address)


@pytest.mark.parametrize(
    "address",
    "8.8.8.8 172.32.0.1 192.169.0.1 100.64.0.1 0.0.0.1 2606:4700::1111 ::ffff:8.8.8.8 2001::1 "
    "2002:808:808:: 64:ff9b::808:808 ff02::1 255.255.255.255".split(),
)
def test_no_other_machine_may(address: str) -> None:
    assert not on_own_network(address)


def test_an_unknown_host_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(ModelError, match="'nas' is not known") as raised:
        EndpointAddress.parse("http://nas/v1").resolved()
    assert raised.value.hint


def test_a_link_local_address_keeps_its_interface(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("fe80::5", 80, 0, 2))] * 2
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert EndpointAddress.parse("http://nas/v1").resolved() == ("fe80::5%2",)


@pytest.mark.parametrize("module", [qa.endpoint_address, qa.endpoint_reply])
def test_the_examples_in_the_docstrings_hold(module: object) -> None:
    failed, tried = doctest.testmod(module)  # type: ignore[arg-type]
    assert tried > 0
    assert failed == 0

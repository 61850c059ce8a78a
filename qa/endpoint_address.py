"""Where an endpoint is: its address as a person writes it, and whether it is on their network."""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from index.errors import ModelError, SettingsError

_EXAMPLE = "An endpoint is written so: http://127.0.0.1:8080/v1#MODEL"

OWN_NETWORKS = tuple(
    ipaddress.ip_network(block)
    for block in (
        *("127.0.0.0/8", "::1/128"),  # this machine
        *("0.0.0.0/32", "::/128"),  # also this machine: where servers say that they listen
        *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"),  # RFC 1918, RFC 4193
        *("169.254.0.0/16", "fe80::/10"),  # link-local: RFC 3927, RFC 4291
    )
)
"""What no router forwards to the internet. `ip_address(...).is_private` is not asked: it differs
between Python versions and counts in blocks that lead out, such as Teredo's."""


def is_endpoint(model: str) -> bool:
    """Whether a model's name is an endpoint's address.

    >>> is_endpoint("http://127.0.0.1:8080/v1#qwen3"), is_endpoint("qwen2.5-coder-1.5b")
    (True, False)
    """
    return model.lower().startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class EndpointAddress:
    """An OpenAI-compatible endpoint and the model that is meant there."""

    base: str
    """`http://HOST:PORT/v1`, to which the paths of requests are added."""
    host: str
    port: int
    model: str = ""
    """Empty for the first that the endpoint lists."""

    @classmethod
    def parse(cls, written: str) -> "EndpointAddress":
        """Read `http://HOST:PORT/v1#MODEL`; the port and the model may be left out.

        >>> EndpointAddress.parse("http://nas:8080/v1/#qwen3")
        EndpointAddress(base='http://nas:8080/v1', host='nas', port=8080, model='qwen3')

        Raises:
            SettingsError: If it is no such address.
        """
        try:
            parts = urlsplit(written)
            host, port = parts.hostname or "", parts.port
        except ValueError as error:
            raise SettingsError(
                f"{written!r} is not an address: {error}.", hint=_EXAMPLE
            ) from error
        complete = is_endpoint(written) and written.isprintable() and host
        if not complete or parts.query or "@" in parts.netloc:
            raise SettingsError(f"{written!r} is not an endpoint's address.", hint=_EXAMPLE)
        return cls(
            base=f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}",
            host=host,
            port=port or (443 if parts.scheme == "https" else 80),
            model=parts.fragment,
        )

    @property
    def secure(self) -> bool:
        return self.base.startswith("https:")

    def resolved(self) -> tuple[str, ...]:
        """The host's IP addresses, every one of them on the person's own network; waits for DNS.

        A connection has to go to one of these, not to the name: that may stand for something
        else the next time.

        Raises:
            ModelError: If the host is not known, or any of its addresses is on the internet.
        """
        try:
            found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise ModelError(
                f"{self.base} could not be reached: the host {self.host!r} is not known ({error}).",
                hint="Check the host's name, or write its IP address.",
            ) from error
        addresses = tuple(dict.fromkeys(_with_scope(entry[4]) for entry in found))
        for address in addresses:
            if not on_own_network(address):
                raise ModelError(
                    f"{self.base} is not used: {self.host} is {address}, which is not on your own "
                    "network, and passages of your documents would leave it.",
                    hint="Use a server on this machine or with a private address.",
                )
        return addresses


def on_own_network(address: str) -> bool:
    """Whether an IP address is this machine's or one of its own network's.

    >>> on_own_network("192.168.1.20"), on_own_network("8.8.8.8"), on_own_network("::ffff:8.8.8.8")
    (True, False, False)
    """
    parsed = ipaddress.ip_address(address)
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return any(parsed in network for network in OWN_NETWORKS)


def _with_scope(place: tuple[object, ...]) -> str:
    """The IP address of a socket's; a link-local one of IPv6 is nothing without its interface."""
    address = str(place[0])
    scope = place[3] if len(place) == 4 else 0
    return f"{address}%{scope}" if scope and "%" not in address else address

"""Which addresses lead to this machine alone."""

import ipaddress


def is_loopback(host: str) -> bool:
    """Whether a host, as a person or a browser names it, is this machine and no other.

    >>> is_loopback("localhost"), is_loopback("127.0.0.1"), is_loopback("::1")
    (True, True, True)
    >>> is_loopback("0.0.0.0"), is_loopback("localhost.example.org"), is_loopback("")
    (False, False, False)
    """
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

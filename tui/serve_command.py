"""`lectern serve`: the terminal app in a browser."""

import secrets
import shlex
import sys
from argparse import ArgumentParser, Namespace

from index.errors import SettingsError
from qa.settings import Settings
from tui.loopback import is_loopback

PORT = 8765
SHORTEST = 16
"""Characters of a token; a shorter one could be found by trying."""


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen at (default: this machine alone)"
    )
    parser.add_argument(
        "--port", type=int, default=PORT, help=f"port to listen at (default: {PORT})"
    )
    parser.add_argument(
        "--token",
        help="what a browser has to show; needed for any other address than this machine's "
        "(better in the setting serve_token, where other users do not see it)",
    )


def run(arguments: Namespace, settings: Settings) -> int:
    """Serve until Ctrl-C; the exit code."""
    token = _token(arguments.token or settings.serve_token, arguments.host)
    if not 0 < arguments.port < 65536:
        raise SettingsError(f"{arguments.port} is no port.", hint="Ports go from 1 to 65535.")
    from tui.serve import BrowserDesk  # aiohttp: 0.2 s

    # -P: no module of the folder that this is called in stands in for one of ours.
    command = shlex.join([sys.executable, "-P", "-m", "tui.served"])
    desk = BrowserDesk(f"exec {command}", host=arguments.host, port=arguments.port, token=token)
    desk.run(lambda: _say(arguments.host, arguments.port, token))
    return 0


def _token(token: str, host: str) -> str:
    if token and len(token) < SHORTEST:
        raise SettingsError(f"The token is shorter than {SHORTEST} characters.", hint=_offer())
    if not token and not is_loopback(host):
        raise SettingsError(
            f"{host} can be reached from other machines, and no token is set.", hint=_offer()
        )
    return token


def _offer() -> str:
    fresh = secrets.token_urlsafe(24)
    return f"Here is a fresh one; set it as serve_token or LECTERN_SERVE_TOKEN: {fresh}"


def _say(host: str, port: int, token: str) -> None:
    shown = f"[{host}]" if ":" in host else host
    sys.stdout.write(f"http://{shown}:{port}/\n")
    sys.stdout.flush()
    if token:
        sys.stderr.write("Open it with ?token=… behind it the first time.\n")
        if not is_loopback(host):
            sys.stderr.write(
                "What is asked and answered goes over the network unencrypted; "
                "put a proxy with TLS before it where others listen.\n"
            )
    sys.stderr.write("Ctrl-C ends it.\n")

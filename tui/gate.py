"""Who may see the app in a browser: this machine's own, or whoever shows the token."""

import hashlib
import hmac
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from tui.loopback import is_loopback

COOKIE = "lectern"
"""Holds what proves that the token was shown once."""
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Gate:
    """Stands before every request."""

    def __init__(self, token: str) -> None:
        """Let in who shows the token; without one, only browsers of this machine."""
        self._token = token
        # What the browser keeps opens the gate, but does not tell the token.
        self._proof = hmac.digest(token.encode(), b"shown", hashlib.sha256).hex()

    @web.middleware
    async def check(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer the request, or refuse it."""
        if self._token and not self._known(request):
            return self._ask(request)
        if not self._token and not is_loopback(_named(request)):
            # A name from elsewhere that was made to lead here: its page must not drive the app.
            raise web.HTTPForbidden(text="This reading desk is at 127.0.0.1 alone.\n")
        origin = request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != request.host:
            raise web.HTTPForbidden(text="Another site's page may not use this reading desk.\n")
        return await handler(request)

    def _known(self, request: web.Request) -> bool:
        return hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), self._proof.encode())

    def _ask(self, request: web.Request) -> web.StreamResponse:
        shown = request.query.get("token", "")
        if not hmac.compare_digest(shown.encode(), self._token.encode()):
            raise web.HTTPUnauthorized(
                headers={"WWW-Authenticate": 'Token realm="lectern"'},
                text="This reading desk asks for its token: open it with ?token=… behind its "
                "address.\n",
            )
        # To the same place without the token, which should not stay in the address line.
        response = web.HTTPFound(request.rel_url.with_query(None))
        response.set_cookie(
            COOKIE, self._proof, httponly=True, samesite="Lax", secure=request.secure
        )
        raise response


def _named(request: web.Request) -> str:
    """The host that the browser asked for, without its port."""
    try:
        return urlsplit(f"//{request.host}").hostname or ""
    except ValueError:
        return ""

"""The app in a browser: the one file that knows the web server."""

import weakref
from collections.abc import Callable
from pathlib import Path

from aiohttp import WSMsgType, web
from textual_serve.server import Server, to_int

from index.errors import LecternError
from tui.browser_session import BrowserSession, cells
from tui.gate import Gate

_PAGE = Path(__file__).with_name("pages") / "desk.html"
_HEADERS = {
    # Nothing is fetched from elsewhere, and no other site frames the desk.
    "Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; "
    "script-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
TABS = 4
"""Tabs at a time: each runs an app and a model, of which the recommended one takes a gigabyte."""
_FULL = (
    f"\x1b[2J\x1b[H\r\n  The reading desk is open in {TABS} tabs already, as many as it serves.\r\n"
    "  Close one of them, and then reload this page.\r\n"
)


class BrowserDesk(Server):
    """Serves the app: each tab runs one of its own."""

    def __init__(self, command: str, *, host: str, port: int, token: str) -> None:
        """Serve nothing yet.

        Args:
            command: Starts the app, in a shell.
            host: The address to listen at.
            port: Its port.
            token: What a browser has to show; empty to let in this machine's.
        """
        super().__init__(command, host=host, port=port, title="Lectern")
        self._token = token
        self._sockets: set[web.WebSocketResponse] = set()
        self._refused: weakref.WeakSet[web.WebSocketResponse] = weakref.WeakSet()

    def run(self, started: Callable[[], None]) -> None:
        """Serve until Ctrl-C.

        Args:
            started: Called once a browser can connect.

        Raises:
            LecternError: If the address cannot be listened at.
        """
        try:
            web.run_app(
                self._make_app(),
                host=self.host,
                port=self.port,
                print=lambda _: started(),
                shutdown_timeout=1,
                access_log=None,
            )
        except OSError as error:
            reason = error.strerror or error
            raise LecternError(
                f"Port {self.port} of {self.host} cannot be listened at: {reason}.",
                hint="Name another: lectern serve --port PORT",
            ) from error

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(Gate(self._token).check)
        return app

    async def on_startup(self, _app: web.Application) -> None:
        """The command says where the desk is."""

    async def on_shutdown(self, _app: web.Application) -> None:
        """Close every tab's socket, with which its app ends."""
        for socket in [*self._sockets, *self._refused]:
            await socket.close()

    async def handle_index(self, _request: web.Request) -> web.StreamResponse:
        """The page that holds the terminal."""
        return web.Response(
            text=_PAGE.read_text("utf-8"), content_type="text/html", headers=_HEADERS
        )

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Run the app for one tab, until one of the two ends."""
        socket = web.WebSocketResponse(heartbeat=15)
        await socket.prepare(request)
        if len(self._sockets) >= TABS:
            await self._refuse(socket)
            return socket
        self._sockets.add(socket)
        session = self._session(socket)
        try:
            await session.start(_side(request, "width", 80), _side(request, "height", 24))
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await session.hear(message.data)
        finally:
            # A tab that is loaded anew finds its place free, while its app is still leaving.
            self._sockets.discard(socket)
            await session.stop()
        return socket

    async def _refuse(self, socket: web.WebSocketResponse) -> None:
        """Say in the tab's terminal that there is no room, for as long as the tab is open."""
        self._refused.add(socket)
        await socket.send_bytes(_FULL.encode())
        async for _ in socket:
            pass

    def _session(self, socket: web.WebSocketResponse) -> BrowserSession:
        async def close() -> None:
            await socket.close()

        return BrowserSession(
            self.command,
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=close,
            download_manager=self.download_manager,
        )


def _side(request: web.Request, name: str, otherwise: int) -> int:
    return cells(to_int(request.query.get(name, ""), otherwise))

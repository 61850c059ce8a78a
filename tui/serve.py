"""The app in a browser: the one file that knows the web server."""

import weakref
from collections.abc import Callable
from pathlib import Path

from aiohttp import web
from textual_serve.server import Server, to_int

from index.errors import LecternError
from tui.browser_session import BrowserSession
from tui.gate import Gate

_PAGE = Path(__file__).with_name("pages") / "desk.html"
_HEADERS = {
    # Nothing is fetched from elsewhere, and no other site frames the desk.
    "Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; "
    "script-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


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
        self._sockets: weakref.WeakSet[web.WebSocketResponse] = weakref.WeakSet()

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
        for socket in list(self._sockets):
            await socket.close()

    async def handle_index(self, _request: web.Request) -> web.StreamResponse:
        """The page that holds the terminal."""
        return web.Response(
            text=_PAGE.read_text("utf-8"), content_type="text/html", headers=_HEADERS
        )

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Run the app for one tab, until one of the two ends."""
        socket = web.WebSocketResponse(heartbeat=15)

        async def close() -> None:
            await socket.close()

        await socket.prepare(request)
        self._sockets.add(socket)
        session = BrowserSession(
            self.command,
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=close,
            download_manager=self.download_manager,
        )
        try:
            await session.start(
                to_int(request.query.get("width", ""), 80),
                to_int(request.query.get("height", ""), 24),
            )
            await self._process_messages(socket, session)
        finally:
            await session.stop()
        return socket

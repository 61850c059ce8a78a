"""A model hub on the loopback interface."""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

CONTENT = b"GGUF" + bytes(range(256)) * 4000
"""What passes for a model."""


@dataclass
class Hub:
    """What the loopback hub serves and how it misbehaves, and what it was asked for."""

    content: bytes = CONTENT
    status: int = 200
    cut: int = 0
    """Bytes after which the first connection breaks; 0 for never."""
    held: threading.Event | None = None
    """Waited for before a connection that was cut is closed."""
    ranges: bool = True
    etag: str = ""
    address: str = ""
    asked: list[str] = field(default_factory=list)
    """The `Range` of each request for the file; empty for a plain one."""
    paths: list[str] = field(default_factory=list)


class Handler(BaseHTTPRequestHandler):
    hub: ClassVar[Hub]

    def do_GET(self) -> None:
        hub = self.hub
        if self.path.startswith("/Some/"):  # as the real one, it sends elsewhere
            hub.paths.append(self.path)
            self.send_response(302)
            self.send_header("Location", "/storage")
            if hub.etag:
                self.send_header("X-Linked-Etag", hub.etag)
            self.end_headers()
            return
        wanted = self.headers.get("Range", "")
        hub.asked.append(wanted)
        if hub.status != 200:
            self.send_error(hub.status)
            return
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and hub.ranges else 0
        if start >= len(hub.content):
            self.send_response(416)
            self.send_header("Content-Range", f"bytes */{len(hub.content)}")
            self.end_headers()
            return
        self.send_response(206 if start else 200)
        if start:
            last = len(hub.content) - 1
            self.send_header("Content-Range", f"bytes {start}-{last}/{len(hub.content)}")
        self.send_header("Content-Length", str(len(hub.content) - start))
        self.end_headers()
        end, hub.cut = hub.cut or len(hub.content), 0
        self.wfile.write(hub.content[start:end])
        if hub.held and end < len(hub.content):
            hub.held.wait(30)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        pass


@contextlib.contextmanager
def serving(hub: Hub) -> Iterator[Hub]:
    """Answer requests until the block ends; the hub learns its address."""
    handler = type("HandlerOfOneHub", (Handler,), {"hub": hub})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        hub.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield hub
        finally:
            server.shutdown()
            thread.join()

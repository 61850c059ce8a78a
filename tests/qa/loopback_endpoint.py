"""An OpenAI-compatible server on the loopback interface."""

import contextlib
import json
import math
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

USAGE = {
    "prompt_tokens": 70,
    "completion_tokens": 9,
    "prompt_tokens_details": {"cached_tokens": 40},
}


@dataclass
class Endpoint:
    """What the loopback endpoint answers and how it misbehaves, and what it was asked."""

    reply: Sequence[str] = ("Anna ", "Holm.")
    """The pieces of every reply."""
    reason: str = "stop"
    """Why the reply ends."""
    usage: bool = True
    sure: Sequence[tuple[str, float]] | None = (("Yes", 0.8), (" No", 0.1))
    """The likeliest tokens and their probabilities; None where it tells of none."""
    models: Sequence[str] = ("first", "second")
    status: int = 200
    body: bytes | None = None
    """Sent instead of any answer."""
    refuses_logprobs: bool = False
    silent: bool = False
    """It takes requests in and says nothing."""
    endless: bool = False
    """After the reply's pieces it says nothing more and does not end."""
    broken_off: str = ""
    """`chunk` or `close`: how the connection ends after the first piece."""
    grain: int = 0
    """Bytes sent at a time; 0 for an event at a time."""
    address: str = ""
    paths: list[str] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    """The body of every POST."""
    came: threading.Event = field(default_factory=threading.Event)
    """A request is here."""
    left: threading.Event = field(default_factory=threading.Event)
    """A client closed its connection before the answer was complete."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    endpoint: ClassVar[Endpoint]

    def do_GET(self) -> None:
        self.take_in()
        listed = [{"id": name, "object": "model"} for name in self.endpoint.models]
        self.answer({"object": "list", "data": listed})

    def do_POST(self) -> None:
        endpoint = self.endpoint
        self.take_in()
        length = int(self.headers["Content-Length"])
        asked = json.loads(self.rfile.read(length))
        endpoint.asked.append(asked)
        endpoint.came.set()
        if endpoint.silent:
            self.wait_until_left()
        elif endpoint.refuses_logprobs and asked.get("logprobs"):
            self.answer({"error": {"message": "logprobs are not supported"}}, 422)
        elif asked.get("stream") and endpoint.body is None and endpoint.status == 200:
            self.stream()
        else:
            self.answer(self.whole())

    def take_in(self) -> None:
        self.close_connection = True  # as every client here does, some of them abruptly
        self.endpoint.paths.append(self.path)
        self.endpoint.hosts.append(self.headers["Host"])

    def wait_until_left(self) -> None:
        with contextlib.suppress(OSError):
            self.connection.recv(1)
        self.endpoint.left.set()

    def answer(self, said: object, status: int = 0) -> None:
        data = json.dumps(said).encode() if self.endpoint.body is None else self.endpoint.body
        self.send_response(status or self.endpoint.status)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(data)

    def whole(self) -> object:
        endpoint = self.endpoint
        choice: dict[str, Any] = {"message": {"role": "assistant", "content": endpoint.reply[0]}}
        if endpoint.sure is not None:
            top = [{"token": token, "logprob": math.log(share)} for token, share in endpoint.sure]
            choice["logprobs"] = {"content": [{**top[0], "top_logprobs": top}]}
        return {"choices": [choice]} | ({"usage": USAGE} if endpoint.usage else {})

    def stream(self) -> None:
        endpoint = self.endpoint
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        chunked = endpoint.broken_off != "close"
        self.send_header(
            *(("Transfer-Encoding", "chunked") if chunked else ("Connection", "close"))
        )
        self.end_headers()
        with contextlib.suppress(OSError):  # whoever asked has gone
            for event in self.events():
                step = endpoint.grain or len(event)
                for start in range(0, len(event), step):
                    self.send(event[start : start + step], chunked=chunked)
                if endpoint.broken_off and endpoint.reply[0].encode() in event:
                    self.send(b'data: {"choices"', chunked=chunked)
                    return
            if chunked:
                self.wfile.write(b"0\r\n\r\n")

    def send(self, data: bytes, *, chunked: bool) -> None:
        self.wfile.write(b"%x\r\n%b\r\n" % (len(data), data) if chunked else data)

    def events(self) -> Iterator[bytes]:
        endpoint = self.endpoint
        yield b": alive\r\n\r\n"
        yield b"event: message\ndata:" + choice({"role": "assistant", "content": None})
        for piece in endpoint.reply:
            yield b"data: " + choice({"content": piece})
        if endpoint.endless:
            self.wait_until_left()
        yield b"data: " + choice({}, endpoint.reason)
        if endpoint.usage:
            yield b"data: " + json.dumps({"choices": [], "usage": USAGE}).encode() + b"\r\n\r\n"
        yield b"data: [DONE]\n\n"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        pass


def choice(delta: dict[str, Any], reason: str | None = None) -> bytes:
    said = {"choices": [{"index": 0, "delta": delta, "finish_reason": reason}]}
    return json.dumps(said, ensure_ascii=False).encode() + b"\n\n"


@contextlib.contextmanager
def serving(endpoint: Endpoint) -> Iterator[Endpoint]:
    """Answer requests until the block ends; the endpoint learns its address."""
    handler = type("HandlerOfOneEndpoint", (Handler,), {"endpoint": endpoint})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        endpoint.address = f"http://127.0.0.1:{server.server_port}/v1"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield endpoint
        finally:
            server.shutdown()
            thread.join()

"""One HTTP request to an endpoint, which can be given up at any moment."""

import asyncio
import contextlib
import json
import queue
import ssl
import threading
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from index.errors import Cancelled, EndpointRefused, ModelDied, ModelError, QuestionTooLong
from index.harmless import harmless
from qa.endpoint_address import EndpointAddress

if TYPE_CHECKING:
    import httpx

_CONNECT = 5.0
"""Seconds until a machine on the own network counts as out of reach."""
_SILENCE = 300.0
"""Seconds without a word until a server counts as gone: it may have to load the model and to read
a long prompt on a slow processor first."""
_LONGEST_WORDS = 300
"""Characters of a server's complaint that are passed on."""


class Exchange:
    """A request in a thread of its own, begun when it is made.

    A thread that waits for the network cannot be woken, but a task of asyncio can: cancelling it
    closes the connection whatever it waits for, and the server sees that and stops its work. The
    thread is a daemon because looking up a host's name cannot be ended even so.
    """

    def __init__(
        self, address: EndpointAddress, path: str, body: Mapping[str, object] | None = None
    ) -> None:
        """Begin a POST of the body as JSON, or a GET where there is none."""
        self._address = address
        self._path = path
        self._body = body
        self._received: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        """What came; None at the end, however it came about."""
        self._cancelled = False
        self._loop = asyncio.new_event_loop()
        self._task = self._loop.create_task(self._talk())
        threading.Thread(target=self._run, daemon=True).start()

    def received(self) -> Iterator[bytes]:
        """The body of the answer as it comes, in pieces of any size.

        Raises:
            Cancelled: If `cancel` was called meanwhile.
            ModelDied: If the connection broke after the request was sent.
            QuestionTooLong: If the prompt does not fit the model's context there.
            EndpointRefused: If the server answered with another error.
            ModelError: If the server is out of reach, silent, or not on the own network.
        """
        while (data := self._received.get()) is not None and not self._cancelled:
            yield data
        if self._cancelled:
            raise Cancelled
        self._task.result()

    def cancel(self) -> None:
        """Close the connection; may be called from any thread, and after the end too."""
        self._cancelled = True
        self._received.put(None)
        with contextlib.suppress(RuntimeError):  # the loop is closed: it has ended already
            self._loop.call_soon_threadsafe(self._task.cancel)

    def _run(self) -> None:
        with contextlib.closing(self._loop):
            self._loop.run_until_complete(asyncio.wait([self._task]))
        if not self._task.cancelled():
            self._task.exception()  # looked at, so that asyncio does not report it as forgotten
        self._received.put(None)

    async def _talk(self) -> None:
        import httpx  # 0.1 s

        with _errors(self._address.base):
            *others, last = self._address.resolved()
            async with httpx.AsyncClient(
                trust_env=False,  # no proxy is to see a document
                # Certificates by the system's own store, where a private authority is installed.
                verify=ssl.create_default_context() if self._address.secure else False,
                timeout=httpx.Timeout(_SILENCE, connect=_CONNECT),
            ) as client:
                for host in others:
                    with contextlib.suppress(httpx.ConnectError, httpx.ConnectTimeout):
                        return await self._receive(client, host)
                return await self._receive(client, last)

    async def _receive(self, client: "httpx.AsyncClient", host: str) -> None:
        import httpx

        url = httpx.URL(f"{self._address.base}{self._path}")
        request = client.build_request(
            "GET" if self._body is None else "POST",
            url.copy_with(host=host),
            json=self._body,
            headers={"Host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": url.raw_host.decode("ascii")},
        )
        response = await client.send(request, stream=True)
        async with contextlib.aclosing(response):
            if not response.is_success:
                raise refusal(self._address.base, response.status_code, await response.aread())
            async for data in response.aiter_bytes():
                self._received.put(data)


def refusal(base: str, status: int, body: bytes) -> ModelError:
    """The error for what a server answered instead of a reply."""
    words = _complaint(body)
    if status in (200, 400, 413) and "context" in words.lower():  # 200: in the midst of a stream
        return QuestionTooLong(
            f"The prompt does not fit the model's context at {base}: {words}",
            hint="Ask a shorter question, or start the server with a larger context.",
        )
    number = "" if status == 200 else f" {status}"
    return EndpointRefused(
        f"{base} answered with error{number}: {words}",
        hint=f"The address usually ends in /v1; {base}/models lists the models to write after #.",
    )


def _complaint(body: bytes) -> str:
    """What an error's body says: its `error.message` if it is JSON, else its first words."""
    text = body.decode("utf-8", errors="replace")
    with contextlib.suppress(ValueError):
        said = json.loads(text)
        while isinstance(said, dict):
            said = said.get("error") or said.get("message") or str(said)
        text = str(said)
    return harmless(text.strip())[:_LONGEST_WORDS] or "no reason was given"


@contextlib.contextmanager
def _errors(base: str) -> Iterator[None]:
    """The errors of httpx become ours."""
    import httpx

    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise ModelError(
            f"{base} could not be reached: {str(error) or f'no connection in {_CONNECT:.0f} s'}.",
            hint="See whether the server runs there, or choose another model: lectern models list",
        ) from error
    except httpx.TimeoutException as error:
        raise ModelError(
            f"{base} was silent for {_SILENCE:.0f} s.",
            hint="See whether the server is still at work; a smaller model answers sooner.",
        ) from error
    except httpx.TransportError as error:
        raise ModelDied(
            f"{base} broke the connection off ({str(error) or type(error).__name__}).",
            hint="Ask again; if it keeps breaking off, the server's own output says why.",
        ) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise ModelError(
            f"{base} could not be asked: {error}.", hint="Check the address."
        ) from error

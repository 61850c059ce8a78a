"""A headless Chromium, driven over its DevTools protocol."""

import asyncio
import base64
import itertools
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PROGRAM = next(filter(None, map(shutil.which, NAMES)), None)


class Page:
    """The browser's one page, and what went over its sockets and the network."""

    def __init__(self, devtools: ClientWebSocketResponse) -> None:
        self._devtools = devtools
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self.painted = b""
        """What the app sent to the page's terminal."""
        self.requested: list[str] = []
        """Addresses that the page asked for."""
        self.problems: list[str] = []
        """What the browser complained of."""

    async def listen(self) -> None:
        """Take in what the browser tells, until it is gone."""
        async for message in self._devtools:
            told = message.json()
            if "id" in told:
                self._answers.pop(told["id"]).set_result(told)
            else:
                self._note(told["method"], told["params"])

    async def call(self, method: str, **params: object) -> dict[str, Any]:
        number = next(self._numbers)
        self._answers[number] = asyncio.get_running_loop().create_future()
        answer = self._answers[number]
        await self._devtools.send_json({"id": number, "method": method, "params": params})
        return (await asyncio.wait_for(answer, 20))["result"]  # type: ignore[no-any-return]

    async def value(self, expression: str) -> object:
        """What a JavaScript expression says."""
        told = await self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        return told["result"].get("value")

    async def picture(self, path: Path) -> None:
        told = await self.call("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(told["data"]))

    def _note(self, method: str, params: dict[str, Any]) -> None:
        match method:
            case "Network.webSocketFrameReceived" if params["response"]["opcode"] == 2:
                self.painted += base64.b64decode(params["response"]["payloadData"])
            case "Network.requestWillBeSent":
                self.requested.append(params["request"]["url"])
            case "Network.webSocketCreated":
                self.requested.append(params["url"])
            case "Runtime.exceptionThrown":
                self.problems.append(params["exceptionDetails"]["text"])
            case "Log.entryAdded" if params["entry"]["level"] == "error":
                self.problems.append(params["entry"]["text"])


@asynccontextmanager
async def page_in(folder: Path) -> AsyncIterator[Page]:
    """A browser with an empty page, its profile in the folder."""
    assert PROGRAM
    process = await asyncio.create_subprocess_exec(
        PROGRAM,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--enable-unsafe-swiftshader",
        "--disable-background-networking",
        "--window-size=1300,800",
        f"--user-data-dir={folder}",
        "--remote-debugging-port=0",
        "about:blank",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with ClientSession() as session:
            port = await _port(folder / "DevToolsActivePort")
            async with session.get(f"http://127.0.0.1:{port}/json/list") as listed:
                (target,) = [each for each in await listed.json() if each["type"] == "page"]
            async with session.ws_connect(target["webSocketDebuggerUrl"], max_msg_size=0) as tools:
                page = Page(tools)
                listening = asyncio.create_task(page.listen())
                for domain in ("Network", "Page", "Runtime", "Log"):
                    await page.call(f"{domain}.enable")
                yield page
                listening.cancel()
    finally:
        process.terminate()
        await process.wait()


async def _port(file: Path) -> int:
    async with asyncio.timeout(30):
        while not (file.exists() and file.read_text().strip()):
            await asyncio.sleep(0.05)
    return int(file.read_text().splitlines()[0])

"""The app in a browser: who is let in, and what comes over the wire."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

from tests.tui.served_desk import ROOT, TOKEN, ServedDesk, children, environment, served
from tui.loopback import is_loopback
from tui.serve import TABS

PATHS = ("/", "/ws", "/static/js/textual.js", "/download/x", "/nothing")


@pytest.fixture(scope="module")
def open_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedDesk]:
    with served(tmp_path_factory.mktemp("home")) as desk:
        yield desk


@pytest.fixture(scope="module")
def guarded_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedDesk]:
    with served(tmp_path_factory.mktemp("home"), token=TOKEN) as desk:
        yield desk


@pytest.fixture
async def browser() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


async def painted(socket: ClientWebSocketResponse, text: str, *, seconds: float = 20) -> bytes:
    """All that was painted until a text appeared."""
    so_far = b""
    async with asyncio.timeout(seconds):
        async for message in socket:
            so_far += message.data if message.type is WSMsgType.BINARY else b""
            if text.encode() in so_far:
                return so_far
    raise AssertionError(f"The socket closed; so far: {so_far!r}")


async def ended(pids: list[int], *, seconds: float = 10) -> None:
    async with asyncio.timeout(seconds):
        while any(Path(f"/proc/{pid}").exists() for pid in pids):
            await asyncio.sleep(0.05)


async def test_the_page_fetches_nothing_from_elsewhere(
    open_desk: ServedDesk, browser: ClientSession
) -> None:
    async with browser.get(open_desk.address) as response:
        page = await response.text()
        assert response.status == 200
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert "<title>Lectern</title>" in page
    assert "http" not in page
    for path in ("static/js/textual.js", "static/css/xterm.css"):
        assert f'"{path}"' in page
        async with browser.get(f"{open_desk.address}/{path}") as response:
            assert response.status == 200


async def test_a_tab_shows_the_app_and_ends_it_when_it_closes(
    open_desk: ServedDesk, browser: ClientSession
) -> None:
    async with browser.ws_connect(f"{open_desk.address}/ws?width=100&height=30") as socket:
        await painted(socket, "Lectern")
        apps = children(open_desk.process.pid)
        assert apps
        await socket.send_json(["focus"])  # which a browser's terminal says when it is clicked
        await socket.send_json(["stdin", "lighthouse"])
        await painted(socket, "lighthouse")
    await ended(apps)


async def test_an_app_that_is_left_closes_its_tab(
    open_desk: ServedDesk, browser: ClientSession
) -> None:
    async with browser.ws_connect(f"{open_desk.address}/ws") as socket:
        await painted(socket, "Lectern")
        await socket.send_json(["stdin", "\x11"])  # Ctrl+Q
        async with asyncio.timeout(10):
            async for _ in socket:
                pass
        assert socket.closed


async def test_an_app_that_is_killed_closes_its_tab(
    open_desk: ServedDesk, browser: ClientSession
) -> None:
    async with browser.ws_connect(f"{open_desk.address}/ws") as socket:
        await painted(socket, "Lectern")
        os.kill(children(open_desk.process.pid)[0], signal.SIGKILL)
        async with asyncio.timeout(10):
            async for _ in socket:
                pass
        assert socket.closed


NONSENSE = (
    "",
    "no JSON",
    "{}",
    "null",
    "[]",
    '["stdin"]',
    '["stdin", 7]',
    '["stdin", ""]',
    '["stdin", "\\ud800"]',
    '["resize", {"width": "wide"}]',
    '["resize", {"width": 1000000000, "height": -3}]',
    '["resize", [80, 24]]',
    '["unheard of", 1]',
    "[" * 100_000,
)


async def test_nonsense_over_the_socket_does_not_end_the_tab(
    open_desk: ServedDesk, browser: ClientSession
) -> None:
    async with browser.ws_connect(f"{open_desk.address}/ws?width=wide&height=999999999") as socket:
        await painted(socket, "Lectern")
        for said in NONSENSE:
            await socket.send_str(said)
        await socket.send_bytes(b"\x00\xff")
        await socket.send_json(["resize", {"width": 100, "height": 30}])
        await socket.send_json(["ping", 7])
        await socket.send_json(["focus"])
        await socket.send_json(["stdin", "lighthouse"])
        await painted(socket, "lighthouse")
        apps = children(open_desk.process.pid)
    await ended(apps)


async def test_one_tab_too_many_says_so_and_works_once_another_is_closed(
    tmp_path: Path, browser: ClientSession
) -> None:
    with served(tmp_path) as desk:
        async with AsyncExitStack() as tabs:
            for _ in range(TABS):
                tab = await tabs.enter_async_context(browser.ws_connect(f"{desk.address}/ws"))
            await painted(tab, "Lectern")
            async with browser.ws_connect(f"{desk.address}/ws") as late:
                await painted(late, "Close one of them, and then reload this page.")
                await tab.close()
            async with browser.ws_connect(f"{desk.address}/ws") as later:
                await painted(later, "Lectern")


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1"])
async def test_another_site_s_page_cannot_open_the_socket(
    open_desk: ServedDesk, browser: ClientSession, origin: str
) -> None:
    async with browser.get(f"{open_desk.address}/ws", headers={"Origin": origin}) as response:
        assert response.status == 403
    assert not children(open_desk.process.pid)


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "192.168.1.4", "[::"])
async def test_a_name_that_was_made_to_lead_here_is_refused(
    open_desk: ServedDesk, browser: ClientSession, host: str
) -> None:
    headers = {"Host": host, "Origin": f"http://{host}"}
    async with browser.get(f"{open_desk.address}/", headers=headers) as response:
        assert response.status == 403


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("shown", [None, "wrong", TOKEN[:-1], ""])
async def test_without_the_right_token_nothing_is_told(
    guarded_desk: ServedDesk, browser: ClientSession, path: str, shown: str | None
) -> None:
    params = {} if shown is None else {"token": shown}
    cookies = {} if shown is None else {"Cookie": f"lectern={shown}"}
    address = f"{guarded_desk.address}{path}"
    async with browser.get(address, params=params, headers=cookies) as response:
        assert response.status == 401
        assert TOKEN not in await response.text()
    assert not children(guarded_desk.process.pid)


async def test_the_token_is_shown_once_and_leaves_the_address_line(
    guarded_desk: ServedDesk, browser: ClientSession
) -> None:
    address = f"{guarded_desk.address}/"
    params = {"token": TOKEN}
    async with browser.get(address, params=params, allow_redirects=False) as response:
        assert (response.status, response.headers["Location"]) == (302, "/")
        cookie = response.cookies["lectern"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert TOKEN not in cookie.value
    cookies = {"Cookie": f"lectern={cookie.value}"}
    async with browser.get(address, headers=cookies) as response:
        assert response.status == 200
    async with browser.ws_connect(f"{address}ws", headers=cookies) as socket:
        await painted(socket, "Lectern")
    foreign = {**cookies, "Origin": "http://evil.example"}
    async with browser.get(f"{address}ws", headers=foreign) as response:
        assert response.status == 403


def serve(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "qa.cli", "serve", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=environment(home),
        cwd=ROOT,
    )


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "desk.example"])
def test_other_addresses_are_refused_without_a_token(tmp_path: Path, host: str) -> None:
    refused = serve(tmp_path, "--host", host)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "no token is set" in refused.stderr
    assert "LECTERN_SERVE_TOKEN" in refused.stderr


def test_a_token_that_can_be_guessed_is_refused(tmp_path: Path) -> None:
    refused = serve(tmp_path, "--token", "secret")
    assert refused.returncode == 2
    assert "shorter than 16 characters" in refused.stderr


def test_a_port_that_is_taken_is_said_to_be(open_desk: ServedDesk, tmp_path: Path) -> None:
    refused = serve(tmp_path, "--port", open_desk.address.rpartition(":")[2])
    assert refused.returncode == 1
    assert "cannot be listened at" in refused.stderr
    assert "--port" in refused.stderr


async def test_ctrl_c_ends_the_server_and_every_app_at_once(
    tmp_path: Path, browser: ClientSession
) -> None:
    with served(tmp_path) as desk:
        async with browser.ws_connect(f"{desk.address}/ws") as socket:
            await painted(socket, "Lectern")
            apps = children(desk.process.pid)
            desk.process.send_signal(signal.SIGINT)
            async with asyncio.timeout(10):
                async for _ in socket:
                    pass
            assert await asyncio.to_thread(desk.process.wait, 10) in (0, 130)
            await ended(apps)


async def test_a_server_that_is_killed_leaves_no_app_behind(
    tmp_path: Path, browser: ClientSession
) -> None:
    with served(tmp_path) as desk:
        async with browser.ws_connect(f"{desk.address}/ws") as socket:
            await painted(socket, "Lectern")
            apps = children(desk.process.pid)
            desk.process.kill()
            await ended(apps)


def test_loopback_is_this_machine_and_no_other() -> None:
    assert all(map(is_loopback, ("localhost", "127.0.0.1", "127.9.9.9", "::1")))
    assert not any(map(is_loopback, ("", "0.0.0.0", "::", "example", "127.0.0.1.example")))

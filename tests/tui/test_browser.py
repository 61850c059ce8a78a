"""The app in a real browser."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.chromium import PROGRAM, page_in
from tests.tui.served_desk import TOKEN, served

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="no Chromium is installed")


async def until(true: Callable[[], object], *, seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("token", ["", TOKEN], ids=["open", "guarded"])
async def test_a_browser_shows_the_app_and_types_into_it(tmp_path: Path, token: str) -> None:
    (tmp_path / "home").mkdir()
    with served(tmp_path / "home", token=token) as desk:
        async with page_in(tmp_path / "profile") as page:
            shown = f"/?token={token.replace(' ', '+')}" if token else "/"
            await page.call("Page.navigate", url=f"{desk.address}{shown}")
            await until(lambda: b"Lectern" in page.painted)
            assert await page.value("location.href") == f"{desk.address}/"
            assert "-first-byte" in str(await page.value("document.body.className"))
            await page.value("document.querySelector('.xterm-helper-textarea').focus()")
            await page.call("Input.insertText", text="lighthouse")
            await until(lambda: b"lighthouse" in page.painted)
            width = await page.value("document.querySelector('.xterm-screen').clientWidth")
            assert isinstance(width, int)
            assert width > 1000
            assert page.problems == []
            host = desk.address.removeprefix("http://")
            abroad = [url for url in page.requested if host not in url and url[:5] != "data:"]
            assert abroad == []


async def test_a_browser_without_the_token_sees_nothing(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    with served(tmp_path / "home", token=TOKEN) as desk:
        async with page_in(tmp_path / "profile") as page:
            await page.call("Page.navigate", url=desk.address)
            await asyncio.sleep(0.5)
            assert "asks for its token" in str(await page.value("document.body.innerText"))
            assert page.painted == b""

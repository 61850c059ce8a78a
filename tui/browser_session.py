"""One browser tab: a process that runs the app, and the socket that shows it."""

import asyncio
import json

from textual_serve.app_service import AppService

_PATIENCE = 3.0
"""Seconds that an app which was asked to leave gets to do so."""
_LARGEST = 1_000
"""Cells of a terminal's side; what a browser says beyond that would only fill the memory."""


class BrowserSession(AppService):
    """Ends the tab with its app, and the app with its tab."""

    async def run(self) -> None:
        """Show what the app paints, until it ends."""
        await super().run()
        await self.remote_close()

    async def stop(self) -> None:
        """Ask the app to leave; see to it that it does."""
        process = self._process
        try:
            async with asyncio.timeout(_PATIENCE):
                await super().stop()
                if process is not None:
                    await process.wait()
        except TimeoutError:
            if process is not None and process.returncode is None:
                process.kill()

    async def hear(self, said: str) -> None:
        """Pass on what the tab's terminal says; what makes no sense is passed over."""
        try:
            envelope = json.loads(said)
        except (ValueError, RecursionError):
            return
        match envelope:
            case ["stdin", str(typed)]:
                # Half a character is no key; a "?" in its place would open the help.
                if keys := typed.encode("utf-8", "ignore"):
                    await self.send_bytes(keys)
            case ["resize", {"width": int(width), "height": int(height)}]:
                await self.set_terminal_size(cells(width), cells(height))
            case ["ping", data]:
                await self.remote_write_str(json.dumps(["pong", data]))
            case ["blur", *_]:
                await self.blur()
            case ["focus", *_]:
                await self.focus()


def cells(wanted: int) -> int:
    """A terminal's side as far as it can be had.

    >>> cells(120), cells(0), cells(10**9)
    (120, 1, 1000)
    """
    return min(max(1, wanted), _LARGEST)

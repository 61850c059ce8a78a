"""One browser tab: a process that runs the app, and the socket that shows it."""

import asyncio

from textual_serve.app_service import AppService

_PATIENCE = 3.0
"""Seconds that an app which was asked to leave gets to do so."""


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

"""Pictures of the running app for the README: `python -m tests.tui.screenshots FOLDER`.

The starter documents are indexed in a home of its own; the models are those of the person's own.
"""

import asyncio
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from textual.app import App
from textual.pilot import Pilot

from index.embedder import Embedder
from index.starter import starter_documents
from index.sync import synchronise
from qa import settings
from qa.model_files import models_folder
from qa.settings import Settings
from tui.command import app_over

_PATIENCE = 900.0
"""Seconds for an answer, on a machine that has other things to do."""
_REMOTE_FONT = re.compile(r"@font-face\s*\{[^}]*\}\s*")
DIFFER = "How many criminal investigators does the IRS have?"
UNKNOWN = "How old is Kristi Noem?"


@dataclass(frozen=True, slots=True)
class Scene:
    """What is done before a picture is taken."""

    name: str
    keys: tuple[str, ...] = ()
    question: str = ""
    seen: str = "To begin with"
    """What is on the screen once the picture can be taken."""
    size: tuple[int, int] = (130, 36)
    theme: str = ""


SCENES = (
    Scene("welcome", size=(100, 28)),
    Scene("answer", question=DIFFER, seen="prompt tokens"),
    Scene("refusal", question=UNKNOWN, seen="Not answered", theme="lectern-light"),
    Scene("shelf", keys=("f3",), seen="seeds", size=(130, 30)),
    Scene("models", keys=("f4",), seen="smollm2-135m", size=(110, 28)),
)


async def take(scene: Scene, here: Settings, folder: Path) -> None:
    """Play one scene and keep its picture."""
    app = app_over(replace(here, theme=scene.theme))
    async with app.run_test(size=scene.size) as pilot:
        await _until(pilot, lambda: "To begin with" in _shown(app))
        await pilot.press(*scene.question, *scene.keys, *(["enter"] if scene.question else []))
        await _until(pilot, lambda: scene.seen in _shown(app))
        await pilot.pause(0.5)  # the source opens, and is scrolled to its quote
        app.screen.set_focus(None)  # a cursor would stand there or not, as it blinks
        await pilot.pause(0.2)
        picture = _REMOTE_FONT.sub("", app.export_screenshot(title="Lectern"))
        for path in (here.home, starter_documents().parent):
            picture = re.sub(f"{re.escape(str(path))}([^<]*)", _elsewhere, picture)
        (folder / f"{scene.name}.svg").write_text(picture, "utf-8")


def _elsewhere(path: re.Match[str]) -> str:
    """A path as it might be; as long as before, since each run of text is drawn to a length."""
    return f"~/lectern{path[1]}".ljust(len(path[0]), "\N{NO-BREAK SPACE}")


def _shown(app: App[None]) -> str:
    strips = app.screen._compositor.render_strips(app.screen.size)
    return "\n".join(strip.text for strip in strips)


async def _until(pilot: Pilot[None], true: Callable[[], bool]) -> None:
    deadline = monotonic() + _PATIENCE
    while not true():
        if monotonic() > deadline:
            raise TimeoutError(_shown(pilot.app))
        await pilot.pause(0.1)


def main(folder: Path) -> None:
    """Take every picture."""
    own = settings.load()
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as home:
        here = replace(own, home=Path(home))
        models_folder(here).symlink_to(models_folder(own))
        synchronise(here.home, [starter_documents()], Embedder(here.embedder, home=here.home))
        for scene in SCENES:
            asyncio.run(take(scene, here, folder))
            sys.stderr.write(f"{folder / scene.name}.svg\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

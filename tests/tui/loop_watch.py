"""How long an app holds its event loop up."""

import asyncio
import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from unittest.mock import patch

from textual.app import App
from textual.screen import Screen


@dataclass(frozen=True, slots=True)
class Callback:
    """What the event loop called, in seconds."""

    computed: float
    """Of processor time, as a busy machine lets a callback of a millisecond last for a hundred."""
    lasted: float
    """By the clock: who sleeps or waits is caught by this one, more generously."""
    painted: float
    """Of the processor time, what Textual took to style, lay out and paint the screen."""
    name: str

    @property
    def handled(self) -> float:
        """Seconds of processor time in code of the app's own and what it calls."""
        return self.computed - self.painted

    @property
    def idle(self) -> float:
        """Seconds without computing."""
        return self.lasted - self.computed


@dataclass(slots=True)
class LoopWatch:
    """Every callback of the event loop."""

    callbacks: list[Callback] = field(default_factory=list)

    def longest(self, seconds: Callable[[Callback], float]) -> Callback:
        """The one that took the longest in one respect."""
        return max(self.callbacks, key=seconds)


@contextmanager
def watched() -> Iterator[LoopWatch]:
    """Watch the event loop, with the garbage collector set as the program sets it."""
    watch = LoopWatch()
    painted = 0.0
    painting = False
    watching = True
    run = asyncio.Handle._run

    def timed(handle: asyncio.Handle) -> None:
        before, computing, began = painted, time.thread_time(), time.perf_counter()
        run(handle)
        computed, lasted = time.thread_time() - computing, time.perf_counter() - began
        if watching:  # the callback in which the watch ends may go on to anything else
            watch.callbacks.append(Callback(computed, lasted, painted - before, repr(handle)))

    def counted(paint: Callable[..., None]) -> Callable[..., None]:
        @wraps(paint)
        def counting(*args: object, **kwargs: object) -> None:
            nonlocal painted, painting
            if painting:  # laying out paints at its end
                return paint(*args, **kwargs)
            painting, began = True, time.thread_time()
            try:
                return paint(*args, **kwargs)
            finally:
                painting = False
                painted += time.thread_time() - began

        return counting

    gc.collect()
    gc.freeze()
    try:
        with (
            patch.object(asyncio.Handle, "_run", timed),
            patch.object(App, "update_styles", counted(App.update_styles)),
            patch.object(Screen, "_refresh_layout", counted(Screen._refresh_layout)),
            patch.object(Screen, "_compositor_refresh", counted(Screen._compositor_refresh)),
        ):
            yield watch
    finally:
        watching = False
        gc.unfreeze()

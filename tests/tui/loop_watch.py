"""How long an app holds its event loop up."""

import asyncio
import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class LoopWatch:
    """Every callback of the event loop, with the seconds of processor time that it took.

    Processor time, because a busy machine lets a callback of a millisecond last for a hundred.
    Who sleeps or waits in a callback is caught by the clock on the wall, more generously.
    """

    computed: list[tuple[float, str]] = field(default_factory=list)
    lasted: list[tuple[float, str]] = field(default_factory=list)

    @property
    def longest(self) -> tuple[float, str]:
        """Seconds of computing, and what it was."""
        return max(self.computed, default=(0.0, ""))

    @property
    def idlest(self) -> tuple[float, str]:
        """Seconds on the clock that a callback spent without computing, and what it was."""
        idle = [
            (clock - cpu, name)
            for (cpu, name), (clock, _) in zip(self.computed, self.lasted, strict=True)
        ]
        return max(idle, default=(0.0, ""))

    def forget(self) -> None:
        """Begin anew."""
        self.computed.clear()
        self.lasted.clear()


@contextmanager
def watched() -> Iterator[LoopWatch]:
    """Watch the event loop, with the garbage collector set as the program sets it."""
    watch = LoopWatch()
    run = asyncio.Handle._run

    def timed(handle: asyncio.Handle) -> None:
        computing, began = time.thread_time(), time.perf_counter()
        run(handle)
        watch.computed.append((time.thread_time() - computing, repr(handle)))
        watch.lasted.append((time.perf_counter() - began, ""))

    gc.collect()
    gc.freeze()
    asyncio.Handle._run = timed  # type: ignore[method-assign]
    try:
        yield watch
    finally:
        asyncio.Handle._run = run  # type: ignore[method-assign]
        gc.unfreeze()

"""A scripted keeper, and the shelf it looks after."""

import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import sleep

from index.errors import Cancelled, LecternError
from index.shelved import Holding, ShelvedDocument, Source
from index.walk import Skipped
from qa.upkeep_events import Kept, Removed, UpkeepEvent, Watching

Step = UpkeepEvent | threading.Event | Exception
"""What a script is made of: an event to yield, something to wait for, or an error to raise."""

LIGHTS, NOTES, MINUTES = Path("/docs/lights"), Path("/docs/notes"), Path("/docs/minutes")
KEPT = Kept(added=2, changed=1, unchanged=3, removed=0, skipped=1, repaired=0, seconds=3.2)


def document(key: int, source: Path, path: str, *, pages: int = 0) -> ShelvedDocument:
    return ShelvedDocument(
        key=key,
        id=path,
        source=source,
        title=f"Title {key}",
        date="1987-06-01" if key % 2 else "",
        digest="",
        characters=1000 * key,
        chunks=key,
        lined=True,
        headings=(),
        pages=tuple(range(pages)),
    )


def holding(
    source: Path, *documents: ShelvedDocument, skipped: tuple[Skipped, ...] = ()
) -> Holding:
    chunks = sum(each.chunks for each in documents)
    counted = Source(source, len(documents), chunks, 1000 * chunks, skipped)
    return Holding(counted, documents)


SHELF = (
    holding(
        LIGHTS,
        document(1, LIGHTS, "almanac.md"),
        document(2, LIGHTS, "guides/visitors.pdf", pages=12),
        document(3, LIGHTS, "history/skerry-light.md"),
        skipped=(
            Skipped("/docs/lights/plans/tower.dwg", "unsupported: no reader for .dwg files"),
            Skipped("/docs/lights/locked.pdf", "unreadable: permission denied"),
        ),
    ),
    holding(MINUTES),
    holding(NOTES, document(4, NOTES, "monday.txt"), document(5, NOTES, "tuesday.txt")),
)


class FakeWork:
    """Plays a script."""

    def __init__(self, steps: Iterable[Step]) -> None:
        self._steps = tuple(steps)
        self._stop = threading.Event()
        self.cancelled = False
        self.closed = False

    def __iter__(self) -> Iterator[UpkeepEvent]:
        for step in self._steps:
            if isinstance(step, threading.Event):
                while not step.is_set():
                    if self._stop.wait(0.01):
                        raise Cancelled
            elif isinstance(step, Exception):
                raise step
            else:
                yield step
                sleep(0.001)

    def cancel(self) -> None:
        self.cancelled = True
        self._stop.set()

    def close(self) -> None:
        self.closed = True


class FakeKeeper:
    """Plays a script for each thing that is done, and remembers what was asked of it."""

    def __init__(self, shelf: tuple[Holding, ...] = SHELF, *scripts: Iterable[Step]) -> None:
        self.shelf = shelf
        self.broken: LecternError | None = None
        self.after = shelf
        """The shelf once anything was begun."""
        self.done: list[tuple[str, Path | None]] = []
        self.works: list[FakeWork] = []
        self._scripts = list(scripts)
        self.watched: tuple[Step, ...] = (Watching(), threading.Event())

    def overview(self) -> tuple[Holding, ...]:
        if self.broken:
            raise self.broken
        return self.shelf

    def add(self, path: Path) -> FakeWork:
        return self._begin("add", path, KEPT)

    def update(self) -> FakeWork:
        return self._begin("update", None, KEPT)

    def rebuild(self) -> FakeWork:
        return self._begin("rebuild", None, KEPT)

    def remove(self, source: Path) -> FakeWork:
        return self._begin("remove", source, Removed(3))

    def watch(self) -> FakeWork:
        self.done.append(("watch", None))
        return self._play(self.watched)

    def _begin(self, name: str, path: Path | None, last: UpkeepEvent) -> FakeWork:
        self.done.append((name, path))
        self.shelf = self.after
        return self._play(self._scripts.pop(0) if self._scripts else (last,))

    def _play(self, steps: Iterable[Step]) -> FakeWork:
        self.works.append(FakeWork(steps))
        return self.works[-1]

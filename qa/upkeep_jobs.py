"""Changes of the shelf as jobs for a process of their own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from index.report import IndexReport
from qa.settings import Settings
from qa.telling import Telling
from qa.upkeep import bring_up, kept_up
from qa.upkeep_events import Kept, Noticed, Removed, Step, UpkeepEvent, Watching

_OFTEN = 0.05
"""Seconds between two steps that are told of, where nothing begins or ends."""

_Told = Telling[UpkeepEvent]


@dataclass(frozen=True, slots=True)
class Synchronising:
    """Adds paths, or brings all that is known up to date."""

    settings: Settings
    paths: tuple[Path, ...] = ()
    rebuild: bool = False

    def run(self) -> Iterator[UpkeepEvent]:
        """Yield steps and notices, and at the end what was `Kept`."""
        return _Told().events_of(self._synchronise)

    def _synchronise(self, told: _Told) -> None:
        synchronised = _synchroniser(self.settings, told)
        told.tell(Kept.of(synchronised(self.paths, self.rebuild)))


@dataclass(frozen=True, slots=True)
class Removing:
    """Takes a source off the shelf."""

    settings: Settings
    source: Path

    def run(self) -> Iterator[UpkeepEvent]:
        """Yield notices, and at the end what was `Removed`."""
        return _Told().events_of(self._remove)

    def _remove(self, told: _Told) -> None:
        from index.sync import remove_source

        documents = remove_source(
            self.settings.home,
            self.source,
            chroma=self.settings.chroma,
            notice=lambda sentence: told.tell(Noticed(sentence)),
        )
        told.tell(Removed(documents))


@dataclass(frozen=True, slots=True)
class WatchingSources:
    """Takes in what changes in the sources, until it is given up."""

    settings: Settings

    def run(self) -> Iterator[UpkeepEvent]:
        """Yield what every round with a change `Kept`, and `Watching` after each round."""
        return _Told().events_of(self._watch)

    def _watch(self, told: _Told) -> None:
        synchronise = _synchroniser(self.settings, told)

        def synchronised() -> IndexReport:
            try:
                return synchronise((), False)
            finally:
                told.tell(Watching())

        for report in kept_up(
            (),
            self.settings,
            synchronised,
            lambda sentence: told.tell(Noticed(sentence)),
            stop=told.given_up,
        ):
            told.tell(Kept.of(report))


def _synchroniser(
    settings: Settings, told: _Told
) -> Callable[[tuple[Path, ...], bool], IndexReport]:
    from index.embedder import Embedder  # the embedding model: seconds

    embedder = Embedder(settings.embedder, home=settings.home)

    def synchronise(paths: tuple[Path, ...], rebuild: bool) -> IndexReport:
        return bring_up(
            paths,
            settings,
            embedder,
            rebuild=rebuild,
            progress=_Steps(told),
            notice=lambda sentence: told.tell(Noticed(sentence)),
        )

    return synchronise


@dataclass(slots=True)
class _Steps:
    """A `Progress` that is told on, though not all of it: a large folder has many steps."""

    told: _Told
    _stage: str = ""
    _last: float = field(default=0.0)

    def __call__(self, stage: str, done: int, total: int, label: str) -> None:
        now = monotonic()
        if stage != self._stage or done >= total or now - self._last >= _OFTEN:
            self._stage, self._last = stage, now
            self.told.tell(Step(stage, done, total, label))

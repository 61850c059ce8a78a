"""The shelf as the terminal app keeps it: looked at here, changed in processes of their own."""

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from index.errors import NoIndex
from index.shelved import Holding
from qa.apart import Apart, run_apart
from qa.settings import Settings
from qa.upkeep_events import UpkeepEvent
from qa.upkeep_jobs import Removing, Synchronising, WatchingSources


@dataclass(frozen=True, slots=True)
class Keeper:
    """What can be done to the shelf that the settings name; from any thread."""

    settings: Settings

    def overview(self) -> tuple[Holding, ...]:
        """The sources in order of their paths; none where nothing has been indexed yet.

        Reads the catalogue alone, so that neither the vectors nor a model are loaded.

        Raises:
            StoreError: If the index cannot be read.
        """
        from index.shelf import Shelf

        try:
            with Shelf.open(self.settings.home, chroma=self.settings.chroma) as shelf:
                documents = groupby(shelf.documents(), lambda document: document.source)
                held = {source: tuple(group) for source, group in documents}
                return tuple(Holding(each, held.get(each.path, ())) for each in shelf.sources())
        except NoIndex:
            return ()

    def add(self, path: Path) -> Apart[UpkeepEvent]:
        """Begin to put a folder or file on the shelf."""
        return run_apart(Synchronising(self.settings, (path,)))

    def update(self) -> Apart[UpkeepEvent]:
        """Begin to bring all sources up to date."""
        return run_apart(Synchronising(self.settings))

    def rebuild(self) -> Apart[UpkeepEvent]:
        """Begin to build everything anew; the old index answers until that is done."""
        return run_apart(Synchronising(self.settings, rebuild=True))

    def remove(self, source: Path) -> Apart[UpkeepEvent]:
        """Begin to take a source off the shelf."""
        return run_apart(Removing(self.settings, source))

    def watch(self) -> Apart[UpkeepEvent]:
        """Begin to take in whatever changes, until it is cancelled."""
        return run_apart(WatchingSources(self.settings))

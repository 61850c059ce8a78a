"""Bring the shelf up to date with the folders it stands for."""

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from index.catalogue import Catalogue
from index.embedder import SentenceEmbedder
from index.entries import Built
from index.errors import NoIndex, SettingsError
from index.fingerprint import fingerprint
from index.folder import carry_over, synchronise_source
from index.intake import Intake
from index.lock import writing
from index.places import Places, delete_database
from index.reading import ReadingProcess
from index.repair import open_catalogue, open_next_catalogue, open_vectors, repair
from index.report import IndexedDocument, IndexReport, Progress, silent
from index.rewrite import rewrite
from index.sources import choose, keep_list, whole
from index.vector_files import wipe
from index.walk import Skipped

Notice = Callable[[str], None]


def unheard(sentence: str) -> None:
    """A `Notice` that nobody reads."""


def synchronise(  # noqa: PLR0913  # a run's every choice; nothing else begins one
    home: Path,
    paths: Sequence[Path],
    embedder: SentenceEmbedder,
    *,
    chunk_size: int = 1200,
    chroma: str = "",
    rebuild: bool = False,
    wait: bool = True,
    progress: Progress = silent,
    notice: Notice = unheard,
) -> IndexReport:
    """Add folders or files to the shelf and bring what is on it up to date.

    Only what is new or has changed is read, and of that only new text is embedded. May be
    interrupted at any point: the next run goes on where this one stopped.

    Args:
        home: The folder of all state.
        paths: Folders or files; none for all that are known.
        embedder: Another one than last time has everything built anew.
        chunk_size: Characters; the same holds.
        chroma: Address of a Chroma server; empty for a folder under `home`.
        rebuild: Build everything anew. What was there answers until the new index is whole.
        wait: Whether to wait where another process is writing the index.
        progress: Told how far the run has come.
        notice: Told, in a sentence, what a person should know.

    Raises:
        SettingsError: If a path is not there.
        IndexLocked: If another process is writing the index and `wait` is off.
        StoreError: If the index cannot be read or written.
    """
    started = time.monotonic()
    places = Places(home)
    run = _Run(places, chroma or places.chroma, embedder, chunk_size, progress, notice)
    with (
        writing(places, notice, wait=wait),
        closing(open_catalogue(places, notice, rebuild=rebuild)) as catalogue,
    ):
        chosen = choose(catalogue, paths)
        keep_list(places, catalogue.sources())
        before = catalogue.built()
        wanted = run.wanted(before)
        anew = before is not None and (rebuild or before.fingerprint != wanted.fingerprint)
        sources = list(catalogue.sources()) if anew else chosen
        contents = _contents(catalogue, sources)
        done = (run.anew if anew else run.in_place)(catalogue, wanted, sources)
        return _report(catalogue, sources, contents, done, time.monotonic() - started)


def remove_source(home: Path, path: Path, *, chroma: str = "", notice: Notice = unheard) -> int:
    """Take a source off the shelf with its documents, text and vectors.

    Returns:
        How many documents it held.

    Raises:
        NoIndex: If there is no index.
        SettingsError: If the path is no source.
        StoreError: If the index cannot be read or written.
    """
    places = Places(home)
    if not places.catalogue.exists():
        raise NoIndex
    with (
        writing(places, notice),
        closing(open_catalogue(places, notice, rebuild=False)) as catalogue,
    ):
        known = catalogue.sources()
        source = whole(path)
        if source not in known:
            listed = ", ".join(map(str, known)) or "none"
            raise SettingsError(f"{path} is not a source.", hint=f"Sources: {listed}.")
        documents = len(catalogue.documents(known[source]))
        # Before it goes from the catalogue, which would get back what is only noted.
        keep_list(places, [path for path in known if path != source])
        with catalogue.transaction():
            gone = catalogue.remove_source(source)
        catalogue.tidy()
        location = chroma or places.chroma
        if (built := catalogue.built()) and gone:
            with closing(open_vectors(location, built, notice)) as vectors:
                vectors.delete(gone)
            rewrite(catalogue, location, notice)
        return documents


@dataclass(frozen=True, slots=True)
class _Done:
    embedded: int
    repaired: int


@dataclass(frozen=True, slots=True)
class _Run:
    """What stays the same throughout a run."""

    places: Places
    location: Path | str
    embedder: SentenceEmbedder
    chunk_size: int
    progress: Progress
    notice: Notice

    def wanted(self, before: Built | None) -> Built:
        """What this run would build the vectors with, as the next build after `before`."""
        return Built(
            fingerprint=fingerprint(self.embedder, self.chunk_size),
            embedder=self.embedder.fingerprint,
            embedder_name=self.embedder.name,
            shelf=before.shelf if before else uuid4().hex[:12],
            build=before.build + 1 if before else 1,
        )

    def in_place(self, catalogue: Catalogue, wanted: Built, sources: Sequence[Path]) -> _Done:
        """Bring the catalogue in use up to date."""
        built = catalogue.built()
        if built is None:
            built = wanted
            # Before the note of it: a reader that finds the note finds the collection.
            open_vectors(self.location, built, self.notice).close()
            with catalogue.transaction():
                catalogue.set_built(built)
        delete_database(self.places.next_catalogue)
        return self._bring_up(catalogue, built, sources)

    def anew(self, catalogue: Catalogue, wanted: Built, sources: Sequence[Path]) -> _Done:
        """Build another catalogue and collection beside those in use, then switch."""
        before = catalogue.built()
        if before and before.fingerprint != wanted.fingerprint:
            self.notice(
                f"The index was built with {before.embedder_name} or other settings;"
                " it is built anew, and the old one answers until that is done."
            )
        with closing(open_next_catalogue(self.places, wanted)) as following:
            with following.transaction():
                following.number_after(catalogue)
                for source, key in catalogue.sources().items():
                    following.set_device(following.add_source(source), catalogue.device(key))
            done = self._bring_up(following, wanted, sources, earlier=catalogue)
        catalogue.take_over(self.places.next_catalogue)
        with closing(open_vectors(self.location, wanted, self.notice)) as vectors:
            vectors.drop_others(wanted.collections)
        if isinstance(self.location, Path):
            wipe(self.location)
        catalogue.tidy()
        delete_database(self.places.next_catalogue)
        return done

    def _bring_up(
        self,
        catalogue: Catalogue,
        built: Built,
        sources: Sequence[Path],
        earlier: Catalogue | None = None,
    ) -> _Done:
        with (
            closing(open_vectors(self.location, built, self.notice)) as vectors,
            ReadingProcess() as process,
        ):
            intake = Intake(catalogue, vectors, self.embedder, self.chunk_size, self.progress)
            repaired = repair(intake)
            for source in sources:
                synchronise_source(intake, process.read, source)
                if earlier:
                    carry_over(intake, source, earlier)
            if earlier is None:
                vectors.drop_others(built.collections)
        if intake.removed:
            catalogue.tidy()
        return _Done(intake.embedded, repaired)


def _contents(catalogue: Catalogue, sources: Sequence[Path]) -> dict[tuple[Path, str], str]:
    """The digest of every document of these sources."""
    keys = catalogue.sources()
    return {
        (source, path): kept.digest
        for source in sources
        for path, kept in catalogue.documents(keys[source]).items()
    }


def _report(
    catalogue: Catalogue,
    sources: Sequence[Path],
    before: dict[tuple[Path, str], str],
    done: _Done,
    seconds: float,
) -> IndexReport:
    now = _contents(catalogue, sources)
    keys = [catalogue.sources()[source] for source in sources]
    both = now.keys() & before.keys()
    changed = sum(now[name] != before[name] for name in both)
    skipped: list[Skipped] = [s for key in keys for s, _ in catalogue.skipped(key).values()]
    return IndexReport(
        added=len(now.keys() - before.keys()),
        changed=changed,
        unchanged=len(both) - changed,
        removed=len(before.keys() - now.keys()),
        documents=tuple(
            IndexedDocument(kept.path, kept.characters, kept.chunks, kept.pages)
            for key in keys
            for kept in catalogue.documents(key).values()
        ),
        skipped=tuple(skipped),
        embedded=done.embedded,
        repaired=done.repaired,
        seconds=seconds,
    )

"""Compare one source with what is known of it, and take in the difference."""

from collections.abc import Container, Iterable, Mapping
from pathlib import Path

from index.catalogue import Catalogue
from index.entries import Kept, Stamp
from index.errors import ReadError
from index.file_names import readable
from index.intake import Intake, digest_of_file, stamp_of
from index.reading import Read
from index.walk import Skipped, reason_of, walk

_ANY_TIME = Stamp(-1, -1)
"""Of a file that is to be tried again next time, whatever its own stamp says."""


def synchronise_source(intake: Intake, read: Read, source: Path) -> None:
    """Bring the catalogue up to date with one source folder or file.

    What could not be read for want of a right or a drive keeps its earlier version on the
    shelf and is noted as skipped; only a file that is known to be gone is removed.
    """
    catalogue = intake.catalogue
    key = catalogue.sources()[source]
    known = catalogue.documents(key)
    earlier = catalogue.skipped(key)
    if missing := missing_because(source, catalogue.device(key)):
        note = {str(source): (Skipped(str(source), missing), _ANY_TIME)}
        if note != earlier:
            with catalogue.transaction():
                catalogue.set_skipped(key, note.values())
        return
    files, skipped = contents(source)
    for done, (name, path) in enumerate(files.items()):
        intake.progress("indexing", done, len(files), name)
        if refused := _take_in(intake, read, key, path, name, known.get(name), earlier):
            skipped[str(path)] = refused
    intake.flush()
    intake.progress("indexing", len(files), len(files), "")
    intake.remove([known[name].id for name in gone(source, known, files, skipped)])
    device = source.stat().st_dev
    if skipped != earlier or device != catalogue.device(key):
        with catalogue.transaction():
            catalogue.set_skipped(key, skipped.values())
            catalogue.set_device(key, device)


def carry_over(intake: Intake, source: Path, earlier: Catalogue) -> None:
    """Take in from an earlier catalogue what cannot be read from the source at present."""
    catalogue = intake.catalogue
    key = catalogue.sources()[source]
    present = catalogue.documents(key)
    skipped = {path for path, (_, stamp) in catalogue.skipped(key).items() if stamp == _ANY_TIME}
    for name, kept in earlier.documents(earlier.sources()[source]).items():
        if name not in present and _below(source, name, skipped):
            intake.add(key, earlier.document(kept.id), kept.stamp, None)
    intake.flush()


def contents(source: Path) -> tuple[dict[str, Path], dict[str, tuple[Skipped, Stamp]]]:
    """The files of a source by the ids that their documents get, and what is left out of it."""
    found = list(walk(source))
    skipped = {s.path: (s, _ANY_TIME) for s in found if isinstance(s, Skipped)}
    return _files(source, [f for f in found if isinstance(f, Path)], skipped), skipped


def gone(
    source: Path, known: Iterable[str], files: Container[str], skipped: Container[str]
) -> list[str]:
    """The documents whose files are known to be gone: not those that cannot be seen at present."""
    return [name for name in known if name not in files and not _below(source, name, skipped)]


def missing_because(source: Path, device: int) -> str:
    """Why a source must be taken for absent rather than emptied; empty if it need not."""
    try:
        status = source.stat()
        if source.is_dir() and device not in (0, status.st_dev) and not any(source.iterdir()):
            return "folder is empty and on another drive than before"
    except OSError:
        return "folder not there"
    return ""


def _files(
    source: Path, paths: list[Path], skipped: dict[str, tuple[Skipped, Stamp]]
) -> dict[str, Path]:
    """The files by the ids that their documents get."""
    files: dict[str, Path] = {}
    for path in paths:
        relative = path.relative_to(source).as_posix() if path != source else path.name
        name = readable(relative)
        if name in files:
            skipped[str(path)] = Skipped(str(path), "another file's name reads the same"), _ANY_TIME
        else:
            files[name] = path
    return files


def _take_in(
    intake: Intake,
    read: Read,
    key: int,
    path: Path,
    name: str,
    kept: Kept | None,
    earlier: Mapping[str, tuple[Skipped, Stamp]],
) -> tuple[Skipped, Stamp] | None:
    """Index the file if it is new or has changed; else what it was skipped for.

    A document of which a part could not be read is indexed, and that part is noted.
    """
    before = earlier.get(str(path))
    try:
        stamp = stamp_of(path)
        if before and before[1].proves(stamp):
            return before
        if kept and kept.stamp.proves(stamp):
            return None
        if kept and kept.digest == digest_of_file(path):
            if kept.stamp != stamp:
                intake.catalogue.restamp(kept.id, stamp)
            return (before[0], stamp) if before and before[1] == kept.stamp else None
        document = read(path, name)
        intake.add(key, document, stamp, kept)
        return (Skipped(str(path), document.unread), stamp) if document.unread else None
    except ReadError as error:
        if kept:
            intake.remove([kept.id])
        return Skipped(str(path), str(error)), stamp
    except OSError as error:
        return Skipped(str(path), reason_of(error)), _ANY_TIME


def _below(source: Path, name: str, folders: Container[str]) -> bool:
    """Whether a document's file, or a folder that it lies in, is one of `folders`."""
    path = source / name
    return any(str(folder) in folders for folder in (path, *path.parents))

"""Compare one source with what is known of it, and take in the difference."""

from collections.abc import Container, Iterable, Mapping
from pathlib import Path

from index.catalogue import Catalogue
from index.entries import Kept, Stamp
from index.errors import ReadError
from index.file_names import readable
from index.intake import Intake, digest_of_file, stamp_of
from index.reading import Read
from index.walk import Again, Skipped, reason_of, walk

_ANY_TIME = Stamp(-1, -1)
"""Of what cannot be seen at present: it is to be tried again next time, whatever its stamp says."""
_ELSEWHERE = Stamp(-2, -2)
"""Of a folder whose files are taken in by another name, so that nothing of it is missing."""

_Left = dict[str, tuple[Skipped, Stamp]]
"""What is left out, by its absolute path."""


def synchronise_source(intake: Intake, read: Read, source: Path) -> None:
    """Bring the catalogue up to date with one source folder or file.

    What could not be read for want of a right or a drive keeps its earlier version on the
    shelf and is noted as skipped; only a file that is known to be gone is removed.
    """
    catalogue = intake.catalogue
    key = catalogue.sources()[source]
    known = catalogue.documents(key)
    earlier = catalogue.skipped(key)
    # Before it is walked through: a drive that goes meanwhile leaves a folder on another one.
    device = _device(source) or catalogue.device(key)
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
    if skipped != earlier or device != catalogue.device(key):
        with catalogue.transaction():
            catalogue.set_skipped(key, skipped.values())
            catalogue.set_device(key, device)


def carry_over(intake: Intake, source: Path, earlier: Catalogue) -> None:
    """Take in from an earlier catalogue what cannot be read from the source at present."""
    catalogue = intake.catalogue
    key = catalogue.sources()[source]
    present = catalogue.documents(key)
    unseen = _unseen(catalogue.skipped(key))
    for name, kept in earlier.documents(earlier.sources()[source]).items():
        if name not in present and _below(source, name, unseen):
            intake.add(key, earlier.document(kept.id), kept.stamp, None)
    intake.flush()


def contents(source: Path) -> tuple[dict[str, Path], _Left]:
    """The files of a source by the ids that their documents get, and what is left out of it."""
    found = list(walk(source))
    skipped = {s.path: (s, _ANY_TIME) for s in found if isinstance(s, Skipped)}
    skipped |= {str(a.path): (a.skipped(), _ELSEWHERE) for a in found if isinstance(a, Again)}
    return _files(source, [f for f in found if isinstance(f, Path)], skipped), skipped


def gone(source: Path, known: Iterable[str], files: Container[str], skipped: _Left) -> list[str]:
    """The documents whose files are known to be gone: not those that cannot be seen at present."""
    unseen = _unseen(skipped)
    return [name for name in known if name not in files and not _below(source, name, unseen)]


def _unseen(skipped: _Left) -> set[str]:
    return {path for path, (_, stamp) in skipped.items() if stamp == _ANY_TIME}


def missing_because(source: Path, device: int) -> str:
    """Why a source must be taken for absent rather than emptied; empty if it need not."""
    try:
        status = source.stat()
        if source.is_dir() and device not in (0, status.st_dev) and not any(source.iterdir()):
            return "folder is empty and on another drive than before"
    except (FileNotFoundError, NotADirectoryError):
        return "folder not there"
    except OSError as error:
        return reason_of(error)
    return ""


def _device(source: Path) -> int:
    """The file system that a source lies on; 0 where it is not there."""
    try:
        return source.stat().st_dev
    except OSError:
        return 0


def _files(source: Path, paths: list[Path], skipped: _Left) -> dict[str, Path]:
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
        if kept and kept.stamp.size == stamp.size and kept.digest == digest_of_file(path):
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

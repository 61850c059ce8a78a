"""What has changed in the sources since they were last indexed."""

import shlex
from collections.abc import Iterator
from pathlib import Path

from index.catalogue import Catalogue
from index.entries import Stamp
from index.finding import Finding, Mend, fine, warning
from index.intake import stamp_of
from index.walk import walk

_SUBJECT = "sources"


def check_sources(catalogue: Catalogue) -> Iterator[Finding]:
    """Which sources are not there, and which hold what is not indexed yet."""
    sources = catalogue.sources()
    for source, key in sources.items():
        if not source.exists():
            yield warning(
                _SUBJECT,
                f"{source} is not there; what was indexed of it still answers.",
                f"Bring it back, or run `lectern sources remove {shlex.quote(str(source))}`.",
            )
        elif changes := _changes(catalogue, source, key):
            yield warning(
                _SUBJECT,
                f"{changes} files of {source} are new, changed or gone since they were indexed.",
                "Run `lectern index`.",
                Mend.SYNCHRONISE,
            )
        else:
            yield fine(_SUBJECT, f"{source} is as it was indexed.")
    if not sources:
        yield warning(_SUBJECT, "There are no sources.", "Run `lectern index PATH`.")


def _changes(catalogue: Catalogue, source: Path, key: int) -> int:
    """Files whose size or time is another than was noted; nothing is read."""
    noted = {str(_path(source, name)): kept for name, kept in catalogue.documents(key).items()}
    skipped = catalogue.skipped(key)
    seen, changes = set(), 0
    for found in walk(source):
        if not isinstance(found, Path):
            continue
        seen.add(str(found))
        kept = noted.get(str(found))
        before = kept.stamp if kept else skipped[str(found)][1] if str(found) in skipped else None
        try:
            now = stamp_of(found)
        except OSError:
            continue
        changes += before is None or not _may_be(before, now)
    return changes + len(noted.keys() - seen)


def _may_be(before: Stamp, now: Stamp) -> bool:
    """Whether a file need not have changed, as far as can be told without reading it."""
    if before.mtime_ns > 0:
        return before == now
    return before.size in (-1, now.size)  # -1 is of a file that could not be opened


def _path(source: Path, name: str) -> Path:
    return source / name if source.is_dir() else source

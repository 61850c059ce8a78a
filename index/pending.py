"""What has changed in the sources since they were last indexed."""

import shlex
from collections.abc import Iterator
from pathlib import Path

from index.catalogue import Catalogue
from index.entries import Stamp
from index.finding import Finding, Mend, fine, warning
from index.folder import contents, gone, missing_because
from index.intake import stamp_of

_SUBJECT = "sources"


def check_sources(catalogue: Catalogue) -> Iterator[Finding]:
    """Which sources are not there, and which hold what is not indexed yet."""
    sources = catalogue.sources()
    for source, key in sources.items():
        if missing := missing_because(source, catalogue.device(key)):
            yield warning(
                _SUBJECT,
                f"{source}: {missing}; what was indexed of it still answers.",
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
    known, earlier = catalogue.documents(key), catalogue.skipped(key)
    files, skipped = contents(source)
    changes = len(gone(source, known, files, skipped))
    for name, path in files.items():
        kept = known.get(name)
        before = kept.stamp if kept else earlier[str(path)][1] if str(path) in earlier else None
        try:
            now = stamp_of(path)
        except OSError:
            continue
        changes += before is None or not _may_be(before, now)
    return changes


def _may_be(before: Stamp, now: Stamp) -> bool:
    """Whether a file need not have changed, as far as can be told without reading it."""
    if before.mtime_ns > 0:
        return before == now
    return before.size in (-1, now.size)  # -1 is of a file that could not be opened

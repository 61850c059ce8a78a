"""Where a document that a person names is: on the shelf, or why it is not."""

import difflib
import shlex
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import SettingsError
from index.harmless import harmless
from index.shelf import Shelf
from index.shelved import ShelvedDocument, Source
from index.sources import whole
from index.walk import reaches

NEAREST = 3
"""Names that are offered where a document is not known."""

MOST_NAMED = 5
"""Documents that are told apart where a name stands for several."""


@dataclass(frozen=True, slots=True)
class Absent:
    """A document that is not on the shelf."""

    reason: str
    """Why not, without a full stop."""
    nearest: tuple[str, ...] = ()
    """Documents of the shelf with a name like it, the likest first."""
    hint: str = ""
    """The next command or step, as a sentence; empty where there is none."""


_Fits = Callable[[ShelvedDocument], bool]


def find(name: str, shelf: Shelf) -> ShelvedDocument | Absent:
    """The document that a name stands for.

    An exact id comes first, then the file's path, then the end of an id at a slash, then any
    end of an id. What is not on the shelf is looked for among the skipped files and on disk.

    Raises:
        SettingsError: If nothing was named, or the name stands for several documents.
        StoreError: If the index cannot be read.
    """
    if not name.strip():
        raise SettingsError("No document was named.", hint="Name one: --expect DOCUMENT")
    documents = shelf.documents()
    path = whole(Path(name))
    exact: tuple[_Fits, ...] = (
        lambda document: document.id == name,
        lambda document: path in (document.source / document.id, document.source),
        lambda document: document.id.endswith(f"/{name}"),
    )
    if found := _first(name, documents, exact):
        return found
    if skipped := _skipped(name, path, shelf):
        return skipped
    if found := _first(name, documents, [lambda document: document.id.endswith(name)]):
        return found
    return _unknown(name, path, shelf.sources(), [document.id for document in documents])


def _first(
    name: str, documents: Sequence[ShelvedDocument], tests: Sequence[_Fits]
) -> ShelvedDocument | None:
    """The only document that fits the first test that any fits."""
    for fits in tests:
        found = [document for document in documents if fits(document)]
        if len(found) > 1:
            raise _several(name, found)
        if found:
            return found[0]
    return None


def _several(name: str, found: Sequence[ShelvedDocument]) -> SettingsError:
    distinct = len({document.id for document in found}) == len(found)
    names = [document.id if distinct else str(document.path) for document in found]
    shown = [harmless(each) for each in names[:MOST_NAMED]]
    if len(names) > MOST_NAMED:
        shown.append(f"and {len(names) - MOST_NAMED} more")
    return SettingsError(
        f"{harmless(name)!r} stands for {len(found)} documents: {', '.join(shown)}.",
        hint="Name one of them in full.",
    )


def _skipped(name: str, path: Path, shelf: Shelf) -> Absent | None:
    """The reason why the file, or a folder that it lies in, was skipped."""
    reasons = [
        f"{entry.path}: {entry.reason}"
        for entry in shelf.skipped()
        if entry.path.endswith(f"/{name}") or path.is_relative_to(entry.path)
    ]
    return Absent(f"skipped at indexing ({'; '.join(reasons[:MOST_NAMED])})") if reasons else None


def _unknown(name: str, path: Path, sources: Sequence[Source], ids: Sequence[str]) -> Absent:
    """What is neither on the shelf nor skipped: on disk all the same, or nowhere."""
    for candidate in (path, *(source.path / name for source in sources)):
        if _is_a_file(candidate):
            return _on_disk(candidate, sources)
    if nearest := _alike(name, ids):
        return Absent("no document is named so", nearest, f"Did you mean {nearest[0]!r}?")
    hint = "If it lies in a folder that is not on the shelf: lectern index FOLDER"
    return Absent("no document is named so", hint=hint)


def _on_disk(path: Path, sources: Sequence[Source]) -> Absent:
    above = next((each.path for each in sources if path.is_relative_to(each.path)), None)
    if above is None:
        hint = f"Index its folder: lectern index {shlex.quote(str(path.parent))}"
        return Absent("the file is there, but in no folder of the shelf", hint=hint)
    if not reaches(above, path):
        hint = f"Index the file itself: lectern index {shlex.quote(str(path))}"
        passed = "hidden files, folders of dependencies and what an ignore file names"
        return Absent(f"{passed} are passed over", hint=hint)
    return Absent("the file is there, but has not been indexed yet", hint="Run `lectern index`.")


def _is_a_file(path: Path) -> bool:
    try:
        return not stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError):  # not there, or no name that a file could have
        return False


def _alike(name: str, ids: Sequence[str]) -> tuple[str, ...]:
    """The ids that are most like a name, as a whole or by their last part."""
    known: dict[str, str] = {}
    for each in ids:
        known.setdefault(each.lower(), each)
        known.setdefault(_last(each), each)
    close = difflib.get_close_matches(name.lower(), known, n=NEAREST)
    close += difflib.get_close_matches(_last(name), known, n=NEAREST)
    return tuple(dict.fromkeys(known[each] for each in close))[:NEAREST]


def _last(path: str) -> str:
    return path.rpartition("/")[2].lower()

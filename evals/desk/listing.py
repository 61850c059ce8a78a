"""What there is to run and to look through."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from evals import cases
from evals.desk.reading import read
from evals.selection import DEFAULT_SET
from index.errors import LecternError
from qa.evaluated import Evaluated
from qa.evaluating import CaseSet, KeptRecord, Listing

LISTED = 30
"""Records that are listed; each is read whole, and many hold a megabyte."""
_LARGEST = 5_000_000
"""Bytes of a file in the working folder that is still tried as a case file."""
_TELLING = ("accuracy", "recall@5")
"""Of these figures the first that was measured stands for a record."""


def listing(records: Path, working: Path) -> Listing:
    """The sets that come with Lectern, case files used or lying at hand, and the records.

    Args:
        records: The folder of records.
        working: The folder that the program was started in.
    """
    found = sorted(records.glob("*.json"), key=_written, reverse=True)
    kept = [record for path in found[:LISTED] if (record := _kept(path))]
    files = [Path(record.set) for record in kept if record.set.endswith(".jsonl")]
    names = [path.stem for path in sorted(cases.SETS.glob("*.jsonl"), key=_first_the_starter)]
    return Listing(
        sets=(*map(_packaged, names), *_files(files, working)),
        records=tuple(kept),
        older=len(found[LISTED:]),
    )


def _written(path: Path) -> float:
    """When a record was written, in seconds; 0 where it has vanished since it was found."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _first_the_starter(path: Path) -> tuple[bool, str]:
    return path.stem != DEFAULT_SET, path.stem


def _packaged(name: str) -> CaseSet:
    return _counted(name, cases.find_set(name))


def _files(used: Iterable[Path], working: Path) -> Iterator[CaseSet]:
    """Files that were used are named whatever is in them now; of the rest only case files are."""
    for path in dict.fromkeys(used):
        if path.is_file():
            yield _counted(str(path), path)
    seen = {path.absolute() for path in used}
    for path in sorted(working.glob("*.jsonl")):
        if path.absolute() not in seen and _small(path):
            counted = _counted(str(path), path)
            if not counted.fault:
                yield counted


def _small(path: Path) -> bool:
    """Whether it is a file, there still, and worth trying."""
    try:
        return path.is_file() and path.stat().st_size <= _LARGEST
    except OSError:
        return False


def _counted(name: str, path: Path) -> CaseSet:
    try:
        loaded = cases.load(path)
    except LecternError as error:
        return CaseSet(name, 0, 0, str(error))
    return CaseSet(name, len(loaded), sum(case.draft for case in loaded))


def _kept(path: Path) -> KeptRecord | None:
    """None for a file that somebody else has put there."""
    try:
        record = read(path)
    except LecternError:
        return None
    return KeptRecord(
        path=path,
        set=record.set,
        model=record.model,
        started=record.started,
        cases=len(record.cases),
        figure=_telling(record),
    )


def _telling(record: Evaluated) -> str:
    measured = {figure.name: figure.value for figure in record.figures}
    return next((f"{name} {measured[name]}" for name in _TELLING if name in measured), "")

"""Measures the index: `python -m tests.index.measure KIND …`, each figure on a line of its own.

Seconds stand beside those of the processor, which a busy machine changes less.

    files FOLDER        reads every file of a folder: documents, reasons, memory, seconds
    edit                one paragraph of a text of a megabyte, against the whole of it
    unchanged [FILES]   a run over files none of which has changed
    large [CHUNKS]      many chunks: building, disk, memory, searching

`edit` embeds with the built-in model. The others have words hashed into vectors instead, so that
what they measure is everything but the model; `large` gives the model's own speed beside it.
"""

import argparse
import itertools
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import numpy as np

from index.embedder import Embedder
from index.report import IndexReport
from index.shelf import Shelf
from index.sync import synchronise
from index.vector_files import size
from qa.retrieve import retrieve
from tests.hashing_embedder import HashingEmbedder

DIMENSION = 384
CHUNK_SIZE = 1000
ROOT = Path(__file__).parents[2]


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    kinds = parser.add_subparsers(required=True)
    measures: dict[Callable[..., None], Callable[[str], object] | None] = {
        files: Path,
        edit: None,
        unchanged: int,
        large: int,
        search: Path,
    }
    for measure, kind in measures.items():
        sub = kinds.add_parser(measure.__name__)
        sub.set_defaults(measure=measure)
        if kind:
            sub.add_argument("about", type=kind, nargs="?" if kind is int else None)
    given = parser.parse_args()
    about = getattr(given, "about", None)
    given.measure() if about is None else given.measure(about)


def files(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as home, timed("reading all"):
        report = _indexed(Path(home), folder)
    reasons = Counter(each.reason.partition(":")[0].partition(" (")[0] for each in report.skipped)
    tell("documents", len(report.documents))
    tell("characters", sum(each.characters for each in report.documents))
    tell("chunks", sum(each.chunks for each in report.documents))
    for reason, count in reasons.most_common():
        tell(f"skipped, {reason}", count)
    tell("given up after 60 s", sum("not read within" in each.reason for each in report.skipped))
    tell("readers that crashed", sum("crashed" in each.reason for each in report.skipped))
    tell("peak memory, MB", _peak())
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e6
    tell("peak memory of the largest reading process, MB", children)


def edit() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder, home, embedder = Path(scratch, "documents"), Path(scratch, "home"), Embedder()
        folder.mkdir()
        paragraphs = list(itertools.islice(_paragraphs(random.Random(0)), 1_300))
        embedder.encode_documents(["loads the model"])
        for what in ("whole", "edited"):
            (folder / "long.txt").write_text("\n\n".join(paragraphs), "utf-8")
            before = _written()
            with timed(what):
                report = synchronise(home, [folder], embedder, chunk_size=CHUNK_SIZE)
            (document,) = report.documents
            tell(f"{what}: characters", document.characters)
            tell(f"{what}: chunks, embedded", f"{document.chunks}, {report.embedded}")
            tell(f"{what}: MB written", (_written() - before) / 1e6)
            paragraphs[650] = "This paragraph was written anew, and is about wombats."


def unchanged(files: int = 20_000) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder, home = Path(scratch, "documents"), Path(scratch, "home")
        texts = _paragraphs(random.Random(0))
        for number in range(files):
            path = folder / f"{number // 100:03}" / f"{number % 100:02}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(next(texts), "utf-8")
            os.utime(path, (1_700_000_000, 1_700_000_000))
        tell("files", files)
        with timed("first run"):
            _indexed(home, folder)
        for _ in range(3):
            with timed("next run"):
                report = _indexed(home, folder)
            tell("unchanged, embedded", f"{report.unchanged}, {report.embedded}")


def large(chunks: int = 100_000) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder, home = Path(scratch, "documents"), Path(scratch, "home")
        folder.mkdir()
        texts = _paragraphs(random.Random(0))
        for number in range(chunks // 100):
            text = "\n\n".join(itertools.islice(texts, 100))
            (folder / f"{number:05}.txt").write_text(text, "utf-8")
        with timed("build"):
            report = _indexed(home, folder)
        tell("chunks", sum(each.chunks for each in report.documents))
        tell("build, peak memory, MB", _peak())
        tell("disk, MB", size(home) / 1e6)
        tell("of that vectors, MB", size(home / "index" / "chroma") / 1e6)
        with timed("next run"):
            _indexed(home, folder)
        command = [sys.executable, "-m", "tests.index.measure", "search", str(home)]
        subprocess.run(command, check=True, cwd=ROOT)  # in a process that has not built anything
    embedder, some = Embedder(), list(itertools.islice(texts, 320))
    embedder.encode_documents(some[:16])
    with timed(f"{len(some)} chunks, built-in model"):
        embedder.encode_documents(some)


def search(home: Path) -> None:
    """Searches an index as a question does; the first search opens everything."""
    embedder = HashingEmbedder(dimension=DIMENSION)
    chance = random.Random(1)
    times, processor = [], []
    with Shelf.open(home) as shelf:
        for _ in range(301):
            question = f"What of {' and '.join(_words(chance, 5, after=100))}?"
            started, worked = time.perf_counter(), time.process_time()
            assert len(retrieve(question, shelf, embedder, limit=8)) == 8
            times.append(1000 * (time.perf_counter() - started))
            processor.append(1000 * (time.process_time() - worked))
    for what, taken in (("", times), (" of the processor", processor)):
        tell(f"first search, ms{what}", taken[0])
        for share in (50, 95):
            tell(f"search p{share}, ms{what}", float(np.percentile(taken[1:], share)))
    tell("search, peak memory, MB", _peak())


def _indexed(home: Path, folder: Path) -> IndexReport:
    return synchronise(home, [folder], HashingEmbedder(dimension=DIMENSION), chunk_size=CHUNK_SIZE)


def _paragraphs(chance: random.Random) -> Iterator[str]:
    """Paragraphs of some 800 characters, their words as frequent as words are (Zipf's law)."""
    while True:
        sentences = (" ".join(_words(chance, 14)).capitalize() for _ in range(9))
        yield ". ".join(sentences) + "."


def _words(chance: random.Random, count: int, *, after: int = 0) -> list[str]:
    """Words of which the n-th most frequent stands in one of n, the first few left out."""
    known = _known_words()
    most = len(known) / (after + 1)
    return [known[int((after + 1) * most ** chance.random()) - 1] for _ in range(count)]


@cache
def _known_words() -> list[str]:
    syllables = [a + b for a in "bdfghjklmnprstvwz" for b in "aeiou"]
    made = ["".join(parts) for parts in itertools.product(syllables, repeat=3)]
    return random.Random(0).sample(made, 50_000)


@contextmanager
def timed(what: str) -> Iterator[None]:
    began, worked = time.perf_counter(), sum(os.times()[:4])
    yield
    tell(f"{what}: seconds", time.perf_counter() - began)
    tell(f"{what}: seconds of the processor", sum(os.times()[:4]) - worked)


def _peak() -> float:
    """MB that this process has held at most; what its parent held is no part of it."""
    return 1024 / 1e6 * _noted("status", "VmHWM")


def _written() -> int:
    """Bytes that this process has had written to disks."""
    return _noted("io", "write_bytes")


def _noted(file: str, what: str) -> int:
    lines = (Path("/proc/self") / file).read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what))


def tell(what: str, value: float | str) -> None:
    told = f"{value:,.1f}" if isinstance(value, float) else value
    sys.stdout.write(f"{what}: {told}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

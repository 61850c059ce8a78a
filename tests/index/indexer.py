"""Indexes in a process of its own: `python -m tests.index.indexer HOME FOLDER [--rebuild]`.

Says `ready` once everything is imported, `switching` as a rebuilt index takes the old one's place,
`done` at the end; a failure in words on stderr, with exit code 1.
"""

import argparse
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import chromadb  # noqa: F401  # now rather than later, so that `ready` means it

from index.catalogue import Catalogue
from index.errors import LecternError
from index.report import IndexReport
from index.sync import synchronise
from qa.settings import Settings
from qa.upkeep import kept_up
from tests.hashing_embedder import HashingEmbedder

CHUNK_SIZE = 200
take_over = Catalogue.take_over


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rebuild", action="store_true")
    parser.add_argument("--watch", action="store_true", help="never end; `done` after each round")
    parser.add_argument("--seconds", type=float, default=0, help="change and index for so long")
    parser.add_argument("--file-limit", type=int, help="bytes of a file at most, as on a full disk")
    given = parser.parse_args()
    if given.file_limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (given.file_limit, given.file_limit))
    Catalogue.take_over = _told  # type: ignore[method-assign]
    say("ready")
    try:
        for _ in rounds(given):
            say("done")
    except LecternError as error:
        sys.stderr.write(f"{type(error).__name__}: {error} {error.hint}\n")
        return 1
    return 0


def rounds(given: argparse.Namespace) -> Iterator[IndexReport]:
    def synchronised() -> IndexReport:
        return synchronise(
            given.home,
            [given.folder],
            HashingEmbedder(),
            chunk_size=CHUNK_SIZE,
            rebuild=given.rebuild,
        )

    ends_at = time.monotonic() + given.seconds
    report = synchronised()
    number = 0
    while time.monotonic() < ends_at:
        number += 1
        (given.folder / f"round-{number % 5}.txt").write_text(f"Round {number}.", "utf-8")
        report = synchronised()
    yield report
    if given.watch:
        settings = Settings(home=given.home)
        yield from kept_up([given.folder], settings, synchronised, sys.stderr.write)


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def _told(catalogue: Catalogue, other: Path) -> None:
    say("switching")
    take_over(catalogue, other)


if __name__ == "__main__":
    sys.exit(main())

"""Indexes in a process of its own: `python -m tests.index.indexer HOME FOLDER [--rebuild]`.

Says `ready` once everything is imported, `done` at the end; a failure in words on stderr, with
exit code 1. `--file-limit BYTES` lets no file grow beyond that, as on a full disk.
"""

import argparse
import resource
import sys
from pathlib import Path

import chromadb  # noqa: F401  # now rather than later, so that `ready` means it

from index.errors import LecternError
from index.sync import synchronise
from tests.hashing_embedder import HashingEmbedder

CHUNK_SIZE = 200


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rebuild", action="store_true")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--file-limit", type=int)
    given = parser.parse_args()
    if given.file_limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (given.file_limit, given.file_limit))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    try:
        for number in range(given.rounds):
            if number:
                (given.folder / f"round-{number % 5}.txt").write_text(f"Round {number}.", "utf-8")
            synchronise(
                given.home,
                [given.folder],
                HashingEmbedder(),
                chunk_size=CHUNK_SIZE,
                rebuild=given.rebuild,
            )
    except LecternError as error:
        sys.stderr.write(f"{type(error).__name__}: {error} {error.hint}\n")
        return 1
    sys.stdout.write("done\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Searches and asks in a process of its own until its standard input ends, and says how often."""

import sys
import threading
from pathlib import Path

from index.shelf import Shelf
from tests.hashing_embedder import HashingEmbedder
from tests.index.contents import answer


def main(home: Path) -> None:
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    (vector,) = HashingEmbedder().encode_queries(["a line about plain things"])
    asked = 0
    with Shelf.open(home) as shelf:
        while not ended.is_set():
            near, words = shelf.nearest(vector, 5), shelf.words("plain things", 5)
            found = shelf.chunks([key for key, _ in (*near, *words)])
            assert near
            assert words
            assert all(chunk.text for chunk in found.values())
            assert answer(shelf, "Which line is about plain things?")
            asked += 1
    sys.stdout.write(f"{asked}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

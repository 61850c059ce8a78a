"""The report accounts for every file, and for every part of one."""

import os
from pathlib import Path

from index.shelf import Shelf
from tests.index.conftest import Synchronise, consistent, settle
from tests.index.readers.pdf_file import PICTURE, lines, pdf


def test_a_copy_is_embedded_once_and_kept_under_both_names(
    sync: Synchronise, folder: Path, home: Path
) -> None:
    text = "Wasps build with paper. They chew it out of wood, and it is grey.\n"
    (folder / "wasps.txt").write_text(text, "utf-8")
    assert sync().embedded == 4
    (folder / "sub" / "another name.txt").write_text(text, "utf-8")
    (folder / "sub" / "a third.txt").write_text(text, "utf-8")
    report = sync()
    assert (report.added, report.embedded) == (2, 0)
    with Shelf.open(home) as shelf:
        found = shelf.chunks(key for key, _ in shelf.words("paper", 5))
    assert {chunk.document for chunk in found.values()} == {
        "wasps.txt",
        "sub/another name.txt",
        "sub/a third.txt",
    }
    (folder / "wasps.txt").unlink()
    assert sync().removed == 1
    assert consistent(home)


def test_a_page_without_text_is_told_as_long_as_its_file_is_there(
    sync: Synchronise, folder: Path, home: Path
) -> None:
    path = folder / "scan.pdf"
    path.write_bytes(pdf([lines(72, 700, b"Hornets are large wasps."), PICTURE]))
    settle(folder)
    for times in (1_700_000_000, 1_700_000_000, 1_600_000_000, 1_600_000_000):
        os.utime(path, (times, times))
        report = sync()
        assert [d.pages for d in report.documents if d.document == "scan.pdf"] == [2]
        assert [(s.path, s.reason) for s in report.skipped] == [
            (str(path), "page 2 scanned: no text, only pictures")
        ]
    with Shelf.open(home) as shelf:
        (chunk,) = shelf.chunks(key for key, _ in shelf.words("hornets", 5)).values()
        assert (chunk.page, shelf.page(chunk.document_id, chunk.start)) == (1, 1)
    path.unlink()
    assert sync().skipped == ()

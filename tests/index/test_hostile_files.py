"""Files that are made to harm a program end as a line of the report, and the run goes on."""

import io
import os
import struct
from itertools import pairwise
from pathlib import Path

import docx
import pytest
import xlsxwriter

from index.report import IndexReport
from tests.index.conftest import Synchronise
from tests.index.readers.pdf_file import PICTURE, lines, pdf
from tests.index.readers.test_epub import CONTAINER, chapter, package
from tests.index.readers.zip_file import zipped


def bomb() -> bytes:
    """A small archive that says of itself that it unpacks to two gigabytes."""
    data = bytearray(zipped({"mimetype": "application/epub+zip", "META-INF/container.xml": "x"}))
    entry = data.rfind(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 2**31)
    return bytes(data)


def climber() -> bytes:
    """A book with a chapter that would be unpacked above its folder, and one of the machine's."""
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OEBPS/book.opf": package("../../escaped.xhtml", "/etc/hostname", "inside.xhtml"),
            "../escaped.xhtml": chapter("<p>Toads climb.</p>"),
            "OEBPS/inside.xhtml": chapter("<p>Toads sing.</p>"),
        }
    )


def entities() -> bytes:
    """A Word document whose words are ten entities of ten entities, and so on."""
    buffer = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("HERE")
    document.save(buffer)
    import zipfile

    with zipfile.ZipFile(buffer) as archive:
        members: dict[str, bytes | str] = {n: archive.read(n) for n in archive.namelist()}
    names = "abcdefghijkl"
    nested = "".join(f'<!ENTITY {name} "{f"&{inner};" * 10}">' for inner, name in pairwise(names))
    body = str(members["word/document.xml"], "utf-8").replace("HERE", "&l;")
    head, rest = body.split("?>", 1)
    members["word/document.xml"] = f'{head}?><!DOCTYPE x [<!ENTITY a "lol">{nested}]>{rest}'
    return zipped(members)


def vast() -> bytes:
    """A spreadsheet of two cells, as far from each other as can be."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "a")
    sheet.write(1_048_575, 16_383, "b")
    book.close()
    return buffer.getvalue()


@pytest.fixture
def hostile(folder: Path) -> Path:
    files: dict[str, bytes] = {
        "bomb.epub": bomb(),
        "climber.epub": climber(),
        "deep.html": b"<div>" * 50_000 + b"x",
        "deep.json": b"[" * 100_000,
        "empty.docx": b"",
        "entities.docx": entities(),
        "half.pdf": pdf([lines(72, 700, b"Words.")])[:60],
        "locked.pdf": pdf([lines(72, 700, b"Words.")], encrypted=True),
        "noise.txt": bytes(range(256)) * 400,
        "photo.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF",
        "scan.pdf": pdf([PICTURE]),
        "vast.xlsx": vast(),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / "loop").symlink_to(folder)
    (folder / "circle.txt").symlink_to(folder / "circle.txt")
    os.mkfifo(folder / "pipe.txt")
    (folder / "line.md").write_text("bees " * 400_000, "utf-8")
    return folder


def told(report: IndexReport) -> dict[str, str]:
    return {Path(each.path).name: each.reason.partition(" (")[0] for each in report.skipped}


def test_every_file_is_indexed_or_skipped_for_a_reason(sync: Synchronise, hostile: Path) -> None:
    report = sync()
    assert told(report) == {
        "loop": f"a circle of links back to {hostile}",
        "bomb.epub": "too large: unpacks to more than 1024 MB",
        "climber.epub": "1 of its chapters: not in the file",
        "circle.txt": "unreadable: too many levels of symbolic links",
        "deep.html": "damaged: nested too deeply",
        "deep.json": "damaged: nested too deeply",
        "empty.docx": "empty",
        "entities.docx": "damaged",
        "half.pdf": "damaged: not readable as a PDF file",
        "locked.pdf": "encrypted: it opens with a password only",
        "noise.txt": "binary",
        "photo.jpg": "unsupported: no reader for .jpg files",
        "pipe.txt": "unreadable: not a regular file",
        "scan.pdf": "scanned: no text, only pictures",
        "vast.xlsx": "damaged or too large: its reader crashed",
    }
    assert {each.document for each in report.documents} == {
        *("ants.txt", "bees.txt", "climber.epub", "line.md", "sub/moths.md")
    }
    assert not list(hostile.parent.rglob("*escaped*")), "nothing is unpacked"

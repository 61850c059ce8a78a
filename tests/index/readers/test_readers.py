"""Each kind of file becomes text, a title and a date, or says why not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ReadError
from index.readers.dates import header_date, iso_date
from index.readers.plain import decode
from tests.index.readers.conftest import Written

TEXT = "Grüße\n\nDie Straße führt über die Brücke. Das war früher anders, weiß er.\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.encode("latin-1"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
    ],
)
def test_encodings_and_line_breaks_make_no_difference(written: Written, data: bytes) -> None:
    assert written("a.txt", data).text == TEXT


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "empty"), (b" \n\n", "no text"), (b"\0\1\2" * 99, "binary"), (b"MZ\0\0\xff", "binary")],
)
def test_what_is_no_text_says_why(written: Written, data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=f"^{reason}$"):
        written("a.txt", data)


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except ReadError:
        return
    assert "\r" not in text


def test_control_characters_are_made_harmless_one_for_one(written: Written) -> None:
    raw = "a\x1b[31m b\x07 \u202ec\u2066 d\x9b e\x0c f\tg\n"
    text = written("a.txt", raw).text
    assert text == "a\ufffd[31m b\ufffd \ufffdc\ufffd d\ufffd e  f\tg\n"
    assert len(text) == len(raw)


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("x.txt", "The bees of Kent\n\nThey are many.", "The bees of Kent"),
        ("x.txt", "Title: Bees\nDate: 2025-01-02\n\nThey are many.", "Bees"),
        ("the_bees-2024.txt", "They are many. And small.\nThey hum.", "the bees 2024"),
        ("004_0c88597b03ddb5cf.txt", "They are many.\nThey hum.", "They are many."),
        ("9.txt", " date 2025-02-20 They signed.\nYes.", "They signed."),
        ("notes.md", "Some words\n\n# The bees\n", "The bees"),
        (
            "notes.md",
            "---\ntitle: 'Bees: a life'\ndate: 2024-05-06\n---\n# Other\n",
            "Bees: a life",
        ),
    ],
)
def test_titles(written: Written, name: str, text: str, title: str) -> None:
    assert written(name, text).title == title


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Date: 2025-06-13\n\nText", "2025-06-13"),
        (" date 2025-02-20 Department of", "2025-02-20"),
        ("A title\nPublished: June 13, 2025\n\nText", "2025-06-13"),
        ("**Date:** 13 June 2025\n", "2025-06-13"),
        ("Date: 2025-13-45\n", ""),
        ("On the date in question, 2025-01-01, nothing", ""),
        ("Anna Holm\n\nUpdated Oct. 4, 2012, 5:40 p.m. ET\n\nBees.", "2012-10-04"),
        ("Aug. 28, 2025 Updated Aug. 29, 2025, 4:47 p.m. ET\n\nBees.", "2025-08-28"),
        ("Friday, 13 June 2025 at 7:30 PM CEST\nBees.", "2025-06-13"),
        ("January 5, 1900 was a cold day.\nBees froze.", ""),
        ("2024-03-01 backup failed\n2024-03-02 backup done\n", ""),
        ("Date: Fri, 13 Jun 2025 21:19:00 +0200\n\nBees.", "2025-06-13"),
        ("Bees\n" * 60 + "June 13, 2025\n", ""),
        ("x" * 700 + "\nDate: 2025-06-13\n", ""),
    ],
)
def test_dates(text: str, date: str) -> None:
    assert header_date(text) == date


def test_a_date_needs_to_be_whole() -> None:
    assert [iso_date(v) for v in ("2025-02-30", "2025", "", "Feb 3 2024")] == [
        "",
        "",
        "",
        "2024-02-03",
    ]


def test_there_is_no_reader_for_every_file(written: Written) -> None:
    with pytest.raises(ReadError, match=r"^unsupported: no reader for \.jpg files$"):
        written("a.JPG", b"\xff\xd8\xff\xe0\0\x10JFIF")

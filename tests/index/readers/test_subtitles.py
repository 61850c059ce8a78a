"""Subtitles become speech under the times at which it is spoken."""

import pytest

from index.errors import ReadError
from tests.index.readers.conftest import Written


def test_lines_become_speech(written: Written) -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:04,000\n<i>The ice</i>\nis thick.\n\n"
        "2\n00:00:05,000 --> 00:00:06,000\nis it?\n\n"
        "3\n01:02:03,000 --> 01:02:06,000\nIt melts.\n"
    )
    document = written("a.srt", text)
    assert document.text == "The ice is thick. is it?\n\nIt melts.\n"
    assert document.headings == ((0, "0:00:01"), (26, "1:02:03"))


def test_captions_that_roll_up_are_said_once(written: Written) -> None:
    cue = "00:0{}.000 --> 00:0{}.500\n{}\n\n"
    text = "WEBVTT\n\n" + "".join(cue.format(n, n, "Ice &amp; snow.") for n in range(3))
    assert written("a.vtt", text).text == "Ice & snow.\n"
    assert written("a.txt", text).text == "Ice & snow.\n"


def test_what_is_none_is_damaged(written: Written) -> None:
    with pytest.raises(ReadError, match=r"^damaged: no subtitles in it$"):
        written("a.srt", "Only words.\n")


def test_a_text_about_subtitles_is_none(written: Written) -> None:
    text = "WEBVTT is a format.\nNotes on it.\n"
    assert written("a.txt", text).text == text

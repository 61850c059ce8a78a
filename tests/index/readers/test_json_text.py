"""JSON values stand on lines with the names that lead to them."""

import json

import pytest

from index.errors import ReadError
from tests.index.readers.conftest import Written


def test_records_are_paragraphs(written: Written) -> None:
    records = [{"name": "Teal", "seen": {"year": 2024, "by": ["Ann", "Bo"]}}, {"name": "Coot"}]
    document = written("a.json", json.dumps(records))
    assert document.text == "name: Teal\nseen.year: 2024\nseen.by: Ann, Bo\n\nname: Coot\n"
    assert not document.lined


def test_an_object_is_read_part_by_part(written: Written) -> None:
    value = {"title": "Grüße\nzwei", "open": True, "none": None, "birds": [{"n": 1}, {"n": 2.5}]}
    document = written("a.json", json.dumps(value))
    assert document.text == "title: Grüße\nzwei\nopen: true\n\nbirds 1.n: 1\nbirds 2.n: 2.5\n"


def test_json_lines_keep_their_lines(written: Written) -> None:
    text = '{"q": "Who?\\nWhy?", "n": 1}\n\n{"q": "When?"}\n'
    document = written("a.jsonl", text)
    assert document.text == "q: Who? Why?; n: 1\n\nq: When?\n"
    assert document.lined
    assert written("a.json", text).text == document.text


def test_what_is_no_json_is_text(written: Written) -> None:
    text = '{"a": 1, // a remark\n}\n'
    assert written("a.json", text).text == text


def test_nesting_without_end_is_damage(written: Written) -> None:
    with pytest.raises(ReadError, match=r"^damaged: nested too deeply$"):
        written("a.json", "[" * 100_000)


def test_numbers_stand_as_they_are_written(written: Written) -> None:
    text = '{"far": 1e400, "exact": 12345678901234567890.10, "long": %s}' % ("7" * 5000)
    assert (
        written("a.json", text).text
        == f"far: 1e400\nexact: 12345678901234567890.10\nlong: {'7' * 5000}\n"
    )

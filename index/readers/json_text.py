"""JSON and JSON lines, each value on a line with the names that lead to it."""

import json
from collections.abc import Iterator
from typing import TypeAlias

from index.readers.composition import Composition
from index.readers.extract import Extract
from index.readers.format import Format
from index.readers.plain import decode, read_plain

_Value: TypeAlias = "dict[str, _Value] | list[_Value] | str | float | bool | None"


def read_json(data: bytes) -> Extract:
    """A paragraph for each entry; what is no JSON after all is read as the text it is.

    Raises:
        ReadError: If the bytes are no text.
    """
    text = decode(data)
    try:
        value: _Value = _parsed(text)
    except json.JSONDecodeError:
        return _records(text) or read_plain(data)
    composition = Composition()
    for entry in _entries(value):
        composition.paragraph("\n".join(_told(entry)))
    return composition.extract()


def read_json_lines(data: bytes) -> Extract:
    """A line for each record, on the line that it has in the file.

    Raises:
        ReadError: If the bytes are no text.
    """
    return _records(decode(data)) or read_plain(data)


def _records(text: str) -> Extract | None:
    lines = []
    for line in text.split("\n"):
        try:
            told = "; ".join(_told(_parsed(line))) if line.strip() else ""
        except json.JSONDecodeError:
            return None
        lines.append(" ".join(told.split()))
    return Extract(text="\n".join(lines), lined=True)


def _parsed(text: str) -> _Value:
    """With numbers as they are written: they will be quoted."""
    value: _Value = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    return value


def _entries(value: _Value) -> list[_Value]:
    """The parts that are understood on their own."""
    if isinstance(value, list) and any(isinstance(each, dict) for each in value):
        return value
    if isinstance(value, dict):
        plain: _Value = {
            name: each for name, each in value.items() if not isinstance(each, dict | list)
        }
        nested: list[_Value] = [
            {name: each} for name, each in value.items() if isinstance(each, dict | list)
        ]
        return [plain, *nested]
    return [value]


def _told(value: _Value, name: str = "") -> Iterator[str]:
    """`a.b: 1` for each value.

    >>> list(_told({"a": {"b": 1}, "c": ["x", "y"], "d": None}))
    ['a.b: 1', 'c: x, y']
    """
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _told(each, f"{name}.{key}" if name else key)
    elif isinstance(value, list) and any(isinstance(each, dict | list) for each in value):
        for number, each in enumerate(value, start=1):
            yield from _told(each, f"{name} {number}".strip())
    elif isinstance(value, list):
        yield from _told(", ".join(map(_word, value)), name)
    elif (word := _word(value)).strip():
        yield f"{name}: {word}" if name else word


def _word(value: _Value) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


JSON = Format(read_json, (".json", ".geojson", ".jsonld"))
JSON_LINES = Format(read_json_lines, (".jsonl", ".ndjson"))

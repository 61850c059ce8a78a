"""A line of JSON with some of its values changed, and every other character left as it was."""

import json
import re
from collections.abc import Iterator, Mapping

_SPACE = re.compile(r"[ \t\r\n]*")


def with_values(line: str, values: Mapping[str, object]) -> str:
    r"""The line's object with other values; a key that it lacks is put first.

    >>> with_values('{"id":  1e0, "draft":true}\r', {"draft": False, "kind": "é"})
    '{"kind": "é", "id":  1e0, "draft":false}\r'

    Args:
        line: One object with at least one key, and white space around it.
        values: The new values by their keys at the top level.
    """
    spans = list(_spans(line))
    for key, start, end in reversed(spans):
        if key in values:
            line = f"{line[:start]}{_text(values[key])}{line[end:]}"
    present = {key for key, _, _ in spans}
    added = "".join(f"{_text(k)}: {_text(v)}, " for k, v in values.items() if k not in present)
    after = line.index("{") + 1
    return f"{line[:after]}{added}{line[after:]}"


def _spans(line: str) -> Iterator[tuple[str, int, int]]:
    """Each key at the top level, and where its value begins and ends."""
    decode = json.JSONDecoder().raw_decode
    at = _past_space(line, line.index("{") + 1)
    while line[at] != "}":
        key, at = decode(line, at)
        start = _past_space(line, _past_space(line, at) + 1)  # a colon stands between
        _, end = decode(line, start)
        yield key, start, end
        at = _past_space(line, end)
        if line[at] == ",":
            at = _past_space(line, at + 1)


def _past_space(line: str, at: int) -> int:
    found = _SPACE.match(line, at)
    return found.end() if found else at


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)

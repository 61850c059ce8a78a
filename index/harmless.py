"""Make text from outside safe to print: no control codes, no hidden reordering."""

import json
import unicodedata

_JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"
"""Without them some scripts, and many emoji, are other words."""

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_CONTROLS = {
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], _REPLACEMENT),
    # Bidirectional embeddings, overrides and isolates: they show text in another order
    # than it stands in (CVE-2021-42574). The plain marks U+200E and U+200F are left alone.
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], _REPLACEMENT),
    # Lone surrogates come from undecodable file names and cannot be written as UTF-8.
    **dict.fromkeys(range(0xD800, 0xE000), _REPLACEMENT),
    # White space of old: form feeds between pages, vertical tabs, NEL, stray carriage returns.
    **dict.fromkeys([0x0B, 0x0C, 0x0D, 0x85], " "),
}

_IN_TEXT = {code: to for code, to in _CONTROLS.items() if code not in (0x09, 0x0A)}
_IN_LINE = _CONTROLS | {0x09: " ", 0x0A: " "}
_ESCAPES = {code: f"\\u{code:04x}" for code in _CONTROLS}


def harmless(text: str) -> str:
    r"""`text` on one line, without anything that a terminal would obey.

    Characters are replaced one for one, so lengths and offsets stay as they were.

    >>> harmless("a\x1b[31mb\nc")
    'a\ufffd[31mb c'
    """
    return text.translate(_IN_LINE)


def harmless_text(text: str) -> str:
    """As `harmless`, but tabs and line breaks stay."""
    return text.translate(_IN_TEXT)


def json_line(value: object) -> str:
    r"""`value` as a line of JSON, with whatever a terminal would obey as an escape of JSON's own.

    >>> json_line(["a\x1b[31m\x9b", "caf\udce9"])
    '["a\\u001b[31m\\u009b", "caf\\udce9"]\n'
    """
    return json.dumps(value, ensure_ascii=False).translate(_ESCAPES) + "\n"


def one_line(text: str) -> str:
    r"""`text` made harmless, with every run of white space made one space.

    >>> one_line(" A title\n in two lines ")
    'A title in two lines'
    """
    return " ".join(harmless(text).split())


def visible(text: str) -> str:
    """`text` without the characters that nobody sees: zero-width ones, tags, soft hyphens.

    For what reads code points instead of letters; lengths and offsets change.

    >>> visible("ig\N{ZERO WIDTH SPACE}nore\N{SOFT HYPHEN}d")
    'ignored'
    """
    if text.isascii():
        return text
    return "".join(c for c in text if unicodedata.category(c) != "Cf" or c in _JOINERS)

"""A title for a document that gives itself none."""

import re

_LONGEST = 80
_WORD = re.compile(r"[^\W\d_]{3,}")
_LEADING_DATE = re.compile(r"\Adate:?\s+\d{4}-\d{2}-\d{2}\s+", re.IGNORECASE)
_HASH = re.compile(r"\b(?=\w*\d)[0-9a-f]{8,}\b")


def title_for(stem: str, text: str) -> str:
    """The file's name made readable; where it is no more than a number, the opening words.

    >>> title_for("annual-report_2024", "It was a year.")
    'annual report 2024'
    >>> title_for("004_0c88597b03ddb5cf", "A memo was signed this week.")
    'A memo was signed this week.'
    """
    name = " ".join(re.sub(r"[_\-.+]+", " ", stem).split())
    if _WORD.search(_HASH.sub("", name.lower())):
        return name
    return opening(text) or name or stem


def opening(text: str) -> str:
    """The first line's first words, at most about eighty characters."""
    line = " ".join(_LEADING_DATE.sub("", text.strip()).split("\n", 1)[0].split())
    if len(line) <= _LONGEST:
        return line
    return line[: line.rfind(" ", _LONGEST // 2, _LONGEST)].rstrip(" ,;:-\u2013\u2014") + "…"

"""The date that a document gives for itself."""

import re
from datetime import date, datetime

_LABEL = r"(?:date|dated|published|posted|updated)\b"
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
DAY = rf"{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}} {_MONTH},? \d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}(?!\d)"
"""A whole date, as a pattern that ignores case; `iso_date` reads what it matches."""
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?"
_LABELLED = re.compile(
    rf"^[ \t>*_#-]*{_LABEL}[*_]*[ \t]*[:=]?[*_]*[ \t]*[\"']?{_WEEKDAY}(?P<value>[^\n\"']{{6,40}})",
    re.IGNORECASE | re.MULTILINE,
)
_DATELINE = re.compile(
    rf"^[ \t]*{_WEEKDAY}(?P<value>{DAY})"
    rf"(?:[^\w\n]|[\dT:]|[ap]\.?m\b|at\b|last\b|modified\b|(?-i:[A-Z]{{2,4}}\b)|{_LABEL}|{_MONTH})*$",
    re.IGNORECASE | re.MULTILINE,
)
"""A line that is a date and little else: the time, the time zone, when it was changed."""
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")
_WORDED = ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y")
_HEADER = 600
"""Characters from the start of a text in which a date line is looked for."""
_TOP = 200
"""The same for a line that no label marks: further down it may speak of anything."""


def header_date(text: str) -> str:
    r"""The date in a line such as `Date: 2025-06-13` near the start of `text`, or empty.

    A line that is little more than a date, as news pages have it at their very top, does as well.

    >>> header_date(" date 2025-02-20 The secretary signed a memo.")
    '2025-02-20'
    >>> header_date("Kathleen Doe\n\nFeb. 5, 2026, 6:04 a.m. ET\n\nBees are early this year.")
    '2026-02-05'
    """
    lines = [*_DATELINE.finditer(text[:_TOP]), *_LABELLED.finditer(text[:_HEADER])]
    return next((found for match in lines if (found := iso_date(match["value"]))), "")


def iso_date(value: str) -> str:
    """`value` as an ISO date where it begins with a whole date, else empty.

    >>> iso_date("June 13, 2025"), iso_date("2025-06-13T21:19:00Z"), iso_date("soon")
    ('2025-06-13', '2025-06-13', '')
    >>> iso_date("Sept. 3, 2024")
    '2024-09-03'
    """
    if match := _ISO.match(value.strip()):
        try:
            return date(*map(int, match.groups())).isoformat()
        except ValueError:
            return ""
    words = re.sub(r"\bsept\b", "sep", re.sub(r"[.,]", " ", value), flags=re.IGNORECASE).split()
    for form in _WORDED:
        try:
            return datetime.strptime(" ".join(words[:3]), form).date().isoformat()
        except ValueError:
            continue
    return ""

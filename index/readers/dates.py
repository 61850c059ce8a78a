"""The date that a document gives for itself."""

import re
from datetime import date, datetime

_LABELLED = re.compile(
    r"^[ \t>*_#-]*(?:date|dated|published|updated)\b[*_]*[ \t]*[:=]?[*_]*[ \t]*"
    r"[\"']?(?P<value>[^\n\"']{6,40})",
    re.IGNORECASE | re.MULTILINE,
)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")
_WORDED = ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y")
_HEADER = 600
"""Characters from the start of a text in which a date line is looked for."""


def header_date(text: str) -> str:
    """The date in a line such as `Date: 2025-06-13` near the start of `text`, or empty.

    >>> header_date(" date 2025-02-20 The secretary signed a memo.")
    '2025-02-20'
    """
    for match in _LABELLED.finditer(text[:_HEADER]):
        if found := iso_date(match["value"]):
            return found
    return ""


def iso_date(value: str) -> str:
    """`value` as an ISO date where it begins with a whole date, else empty.

    >>> iso_date("June 13, 2025"), iso_date("2025-06-13T21:19:00Z"), iso_date("soon")
    ('2025-06-13', '2025-06-13', '')
    """
    if match := _ISO.match(value.strip()):
        try:
            return date(*map(int, match.groups())).isoformat()
        except ValueError:
            return ""
    words = value.replace(",", " ").split()[:3]
    for form in _WORDED:
        try:
            return datetime.strptime(" ".join(words), form).date().isoformat()
        except ValueError:
            continue
    return ""

"""When a question is asked, as far as its words tell: what was new then is what it is about."""

import math
import re
from dataclasses import dataclass
from datetime import date

from index.readers.dates import DAY, iso_date

_AS_OF = re.compile(
    rf"\s*as of (?P<day>{DAY}|\d{{4}}/\d\d/\d\d)(?:[ T]\d\d:\d\d)?\s*[:,]\s*(?=\S)", re.IGNORECASE
)
_NOW = re.compile(
    r"\b(?:this (?:week|month|morning|evening)|last (?:week|night)|over the weekend|yesterday|today"
    r"|tonight|recently|(?:the|its|his|her|their|whose) (?:latest|newest|most recent))\b",
    re.IGNORECASE,
)

FRESH = 30.0
"""Days after which a document is no longer news: its nearness has fallen to 1/e.

Anything from a week to four months found the pages of a week better than no date at all did, over
the 64 dated questions of 2026 in the development set; the differences among these are small.
"""

KNOWN_BEFORE = 7
"""Days that a document may be dated after the day of a question: it may tell of that day."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A question, and when it is asked."""

    question: str
    """Without the words that only say when it is asked."""
    day: date | None
    """The day that it names for itself, as in "As of 2026-01-15:"."""
    now: bool
    """Whether it is about the newest, as in "this week"."""


def moment_of(question: str) -> Moment:
    """What a question says about when it is asked.

    >>> moment_of("As of 2026/01/15: Who won the race?")
    Moment(question='Who won the race?', day=datetime.date(2026, 1, 15), now=False)
    >>> moment_of("Who won the race this week?").now
    True
    """
    now = bool(_NOW.search(question))
    if (found := _AS_OF.match(question)) and (day := iso_date(found["day"].replace("/", "-"))):
        return Moment(question[found.end() :], date.fromisoformat(day), now)
    return Moment(question, None, now)


def is_later(dated: str, day: date) -> bool:
    """Whether a document's ISO date lies so far behind a day that it was not known then."""
    return bool(dated) and (date.fromisoformat(dated) - day).days > KNOWN_BEFORE


def nearness(dated: str, day: date) -> float:
    """How near a document's ISO date is to a day, from 1 for the same to 0; 0 without a date."""
    return math.exp(-abs((day - date.fromisoformat(dated)).days) / FRESH) if dated else 0.0

"""When a question is asked, as far as its words tell: what was new then is what it is about."""

import math
import re
from dataclasses import dataclass
from datetime import date

from index.readers.dates import DAY, iso_date

_AS_OF = re.compile(
    rf"\s*as of (?P<day>{DAY}|\d{{4}}/\d\d/\d\d)(?:[ T]\d\d:\d\d)?\s*[:,]\s*(?=\S)", re.IGNORECASE
)
_NOW: tuple[tuple[str, int | None], ...] = (
    (
        r"(?:this|last) (?:week|weekend)|over the weekend|yesterday|last night|tonight"
        r"|this (?:morning|afternoon|evening)",
        14,
    ),
    (r"(?:this|last) month", 62),
    (r"(?<!most )(?<!how )(?<!until )recently", 366),
    (
        r"today|(?:most|how|until) recently"
        r"|(?:the|its|his|her|their|whose) (?:latest|newest|most recent)",
        None,
    ),
)
"""Words for the newest, and the days before a question that they allow. Generously, since what
happened last week stands in a document of that week; "today" may mean nowadays, and the latest may
be old."""

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
    reach: int | None = None
    """Days before it that it asks about at most; None where its words do not say."""


@dataclass(frozen=True, slots=True)
class Period:
    """The time that a question is about. Documents without a date may tell of any."""

    day: date
    """When it is asked."""
    reach: int | None = None
    """Days before that which it asks about at most; None for all of them."""

    def ends_before(self, dated: str) -> bool:
        """Whether a document's ISO date lies so far behind the day that it was not known then."""
        return bool(dated) and self._age(dated) < -KNOWN_BEFORE

    def begins_after(self, dated: str) -> bool:
        """Whether a document of an ISO date is too old to tell of it."""
        return bool(dated) and self.reach is not None and self._age(dated) > self.reach

    def nearness(self, dated: str) -> float:
        """How near an ISO date is to the day, from 1 for the same to 0; 0 without a date."""
        return math.exp(-abs(self._age(dated)) / FRESH) if dated else 0.0

    def _age(self, dated: str) -> int:
        return (self.day - date.fromisoformat(dated)).days


def moment_of(question: str) -> Moment:
    """What a question says about when it is asked.

    >>> moment_of("As of 2026/01/15: Who won the race?")
    Moment(question='Who won the race?', day=datetime.date(2026, 1, 15), now=False, reach=None)
    >>> moment_of("Who won the race this week?").reach
    14
    """
    day, asked = None, question
    if (found := _AS_OF.match(question)) and (iso := iso_date(found["day"].replace("/", "-"))):
        day, asked = date.fromisoformat(iso), question[found.end() :]
    now, reach = _newest_in(asked)
    return Moment(asked, day, now, reach)


def _newest_in(question: str) -> tuple[bool, int | None]:
    """Whether a question is about the newest, and the days before it that its words allow.

    The widest of several. A name in capitals is none of them ("Last Week Tonight").
    """
    found = [
        reach
        for words, reach in _NOW
        for said in re.finditer(rf"\b(?:{words})\b", question, re.IGNORECASE)
        if said.start() == 0 or said.group().islower()
    ]
    if None in found:
        return True, None
    return bool(found), max((reach for reach in found if reach), default=None)

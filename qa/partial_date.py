"""The dates of a text, as far as each is given."""

import re
from dataclasses import dataclass

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>\d{4})\b"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_YEAR}-(?P<month>0[1-9]|1[0-2])-(?P<day>\d\d)\b",
        rf"\b{_DAY}(?: of)? {_MONTH}(?:,? {_YEAR})?",
        rf"\b{_MONTH} {_DAY}\b(?![.,]\d)(?:,? {_YEAR})?",
        rf"\b{_MONTH},? {_YEAR}",
    )
)
"""Dates that name a month, the fullest forms first."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date in a text, as far as it is given."""

    start: int
    written: str
    year: int | None
    month: int | None = None
    day: int | None = None
    hedged: bool = False
    """Whether "about" or its like stands before it."""

    @property
    def parts(self) -> tuple[int | None, int | None, int | None]:
        """Year, month and day, None where it is not given."""
        return self.year, self.month, self.day

    def fits(self, other: "PartialDate") -> bool:
        """Whether both give a part, and none that both give differs."""
        pairs = [
            (own, its) for own, its in zip(self.parts, other.parts, strict=True) if own and its
        ]
        return bool(pairs) and all(own == its for own, its in pairs)


def dates_in(text: str) -> tuple[list[PartialDate], str]:
    """The dates of a text that name a month, in order, and the text with bars in their place.

    >>> dates, rest = dates_in("It opened on 3 May 2021 with 40 rooms.")
    >>> [each.parts for each in dates], rest
    ([(2021, 5, 3)], 'It opened on |||||||||| with 40 rooms.')
    """
    found: list[PartialDate] = []
    for pattern in _DATES:
        found += [_date(match) for match in pattern.finditer(text)]
        text = pattern.sub(lambda match: "|" * len(match.group()), text)
    return sorted(found, key=lambda each: each.start), text


def _date(match: re.Match[str]) -> PartialDate:
    parts = match.groupdict()
    month = parts["month"][:3].lower()
    return PartialDate(
        match.start(),
        match.group().rstrip("."),
        year=int(parts["year"]) if parts["year"] else None,
        month=int(month) if month.isdigit() else _MONTHS.index(month) + 1,
        day=int(parts["day"]) if parts.get("day") else None,
    )

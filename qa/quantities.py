"""The numbers of a text with their units, and whether two of them are the same."""

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from qa.measures import measure_of, unit_of
from qa.specifics import specifics
from qa.terms import stems

_HEDGED = re.compile(
    r"\b(?:about|around|some|roughly|approximately|nearly|almost|close to|over|more than|less than"
    r"|fewer than|at least|up to|just (?:over|under)|circa|ca\.?)\s+[$€£(]?$",
    re.IGNORECASE,
)
_DATING = re.compile(r"\b(?:in|since|until|during|before|after|by)\s+$", re.IGNORECASE)
"""What stands before a year."""
_YEAR = re.compile(r"1\d{3}|20\d\d|2100")
_TOKEN = re.compile(r"[^\s–—/:-]+")
_AROUND = ".,;!?()[]“”‘’'\"…*_"
"""Marks that belong to a sentence, not to a number in it."""

NEARLY = Decimal(".02")
"""By what share two measures in different units may differ; six months are some 180 days."""
NEARLY_HEDGED = Decimal(".1")
"""The same where one of them says "about"."""

NEAR = 60
"""Characters around a number that are looked at: an "about", a unit, what is counted."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a text."""

    start: int
    written: str
    key: str
    """As `specifics` gives it: plain digits, and a percent sign."""
    value: Decimal
    unit: str
    """The unit behind it, of those in `qa.measures`; else empty."""
    hedged: bool
    """Whether "about" or its like stands before it."""
    dates: bool
    """Whether it is a year that only says when: "in 2024"."""
    counts: frozenset[str]
    """Stems of the words behind it, up to a mark."""

    @property
    def may_be_year(self) -> bool:
        """Whether it is written as a year is, and measures nothing."""
        return bool(_YEAR.fullmatch(self.written)) and not self.unit

    @property
    def is_share(self) -> bool:
        """Whether it is a percentage."""
        return self.key.endswith("%")

    def same(self, other: "Quantity") -> bool:
        """Whether two quantities are equal, or one is the other in another unit or rounded."""
        if self.is_share != other.is_share:
            return False
        (kind, size), (its_kind, its_size) = measure_of(self.unit), measure_of(other.unit)
        if kind and kind == its_kind and size != its_size:
            first, second = sorted((self.value * size, other.value * its_size))
            nearly = NEARLY_HEDGED if self.hedged or other.hedged else NEARLY
            return second - first <= nearly * second
        return self.value == other.value or _is_rounding(self, other) or _is_rounding(other, self)


def quantities(text: str) -> list[Quantity]:
    """The numbers of a text, in digits or in words, with what stands around each."""
    found: list[Quantity] = []
    end = 0
    for first in _TOKEN.finditer(text):
        if first.start() < end or not (span := _longest(text, first)):
            continue
        key, end = span
        found.append(_number(text, first.start(), end, key))
    return found


def _longest(text: str, first: re.Match[str]) -> tuple[str, int] | None:
    """The number that begins with a token, and its end: "two", "two hundred and fifty"."""
    values = specifics(first.group()).numbers
    if not values and first.group().lower() != "one":
        return None
    best = (min(values), first.end()) if values else None
    for later in islice(_TOKEN.finditer(text, first.end()), 4 if values else 1):
        wider = specifics(text[first.start() : later.end()]).numbers
        if len(wider) == 1 and not (best and best[0] in wider):
            best = (min(wider), later.end())
    return best


def _number(text: str, start: int, end: int, key: str) -> Quantity:
    written = text[start:end].strip(_AROUND)
    start += text[start:end].index(written)
    end = start + len(written)
    before = text[max(0, start - NEAR) : start]
    behind = re.split(r"[.,;:()!?|]", text[end : end + NEAR], maxsplit=1)[0].lstrip("-").split()[:3]
    unit = unit_of(behind[0]) if behind else ""
    return Quantity(
        start,
        written,
        key,
        Decimal(key.rstrip("%")),
        unit,
        hedged=_HEDGED.search(before) is not None,
        dates=bool(_YEAR.fullmatch(written) and _DATING.search(before)) and not unit,
        counts=frozenset(stems(" ".join(word for word in behind if word.islower()))),
    )


def _is_rounding(coarse: Quantity, fine: Quantity) -> bool:
    """Whether a number is another one rounded.

    Unless a word such as "about" says so, it is only where it ends in two zeros or has fewer
    decimals, with two digits before them at least, and where neither is a year.
    """
    plain = coarse.value % 10 != 0 or coarse.value % 100 == 0
    exact = digits_of(coarse.value) < 2 or not plain or coarse.dates or fine.dates
    return (coarse.hedged or not exact) and is_rounded(fine.value, coarse.value)


def is_rounded(fine: Decimal, coarse: Decimal) -> bool:
    """Whether a number, to fewer significant digits, is another.

    >>> is_rounded(Decimal(2290), Decimal(2300))
    True
    """
    digits = digits_of(coarse)
    return 0 < digits < digits_of(fine) and Decimal(f"{fine:.{digits}g}") == coarse


def digits_of(number: Decimal) -> int:
    """Significant digits, trailing zeros left out."""
    return len(number.normalize().as_tuple().digits)

"""What a text gives of what a question asks for, and whether two texts give the same."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from qa.asked import asks_for_a_name, asks_for_a_value
from qa.partial_date import PartialDate, dates_in
from qa.quantities import Quantity, digits_of, is_rounded, quantities
from qa.specifics import specifics, unsupported
from qa.terms import stems

_WHEN = re.compile(
    r"\W*(?:\w+ ){0,2}?(?:when|(?:what|which)(?: \w+){0,4} (?:year|date|day|month))\b",
    re.IGNORECASE,
)
_JOINS = re.compile(
    r"(?:[\s,&]|\b(?:and|of|the|for|de|van|von|der)\b|\b[A-Z]\.|(?<=Dr|Mr|Ms|St)\.|(?<=Mrs)\."
    r"|(?<=Prof)\.)+"
)
"""What stands between the words of one name, or of several that are named together."""
_DEMONYM = re.compile(
    r"(\w{3,})(?:a|e|o|y|ia|ey|en|and)? \1(?:n|an|ian|ese|ish|i)s?|(\w{3,})y \2s?"
)
"""A place and its people: "italy italian", "germany german"."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a text gives of what is asked."""

    text: str
    values: tuple[PartialDate | Quantity, ...]
    names: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.values or self.names)

    @property
    def counted(self) -> frozenset[str]:
        """The stems of what its numbers count."""
        return frozenset().union(*(each.counts for each in self._numbers))

    def counted_with(self, other: "Given") -> frozenset[str]:
        """The stems of what those of its numbers count that the other gives too."""
        shared = {each.value for each in other._numbers}
        return frozenset().union(*(each.counts for each in self._numbers if each.value in shared))

    @property
    def _numbers(self) -> tuple[Quantity, ...]:
        return tuple(each for each in self.values if isinstance(each, Quantity))

    @property
    def written(self) -> str:
        """The values that have a figure in them, else the names, as the text writes them."""
        values = [each.written for each in self.values if re.search(r"\d", each.written)]
        return ", ".join(dict.fromkeys(values or _written_names(self.text, self.names)))


def given(question: str, text: str, *sources: str) -> Given:
    """What a text gives of what a question asks for, a value or a name.

    Args:
        question: What it repeats of the question is not given.
        text: A claim or a sentence.
        sources: What the claim is drawn from, whose units and "about" it may have dropped.
    """
    if asks_for_a_value(question):
        return Given(text, _values(question, text, " ".join(sources)), frozenset())
    if asks_for_a_name(question):
        asked, found = specifics(question), specifics(text)
        words = frozenset(re.findall(r"\w+", question.lower()))
        return Given(text, (), found.names - asked.capitalised - words)
    return Given(text, (), frozenset())


def _values(question: str, text: str, source: str) -> tuple[PartialDate | Quantity, ...]:
    """Dates for "when"; else numbers, those of what is counted before others, years at last."""
    dates, rest = dates_in(text)
    known = specifics(question).numbers
    held = {each.value: each for each in quantities(dates_in(source)[1])}
    numbers = [
        _completed(each, held.get(each.value)) for each in quantities(rest) if each.key not in known
    ]
    if _WHEN.match(question):
        asked = {each.parts for each in dates_in(question)[0]}
        days = [each for each in dates if each.parts not in asked]
        years = [
            PartialDate(each.start, each.written, int(each.value), hedged=each.hedged)
            for each in numbers
            if each.may_be_year
        ]
        return tuple(sorted([*days, *years], key=lambda each: each.start)) or tuple(numbers)
    plain = [each for each in numbers if not each.dates]
    wanted = set(stems(question))
    return tuple([each for each in plain if each.counts & wanted] or plain or numbers or dates)


def _completed(number: Quantity, source: Quantity | None) -> Quantity:
    if source is None:
        return number
    return replace(number, unit=number.unit or source.unit, hedged=number.hedged or source.hedged)


def agree(one: Given, other: Given) -> bool:
    """Whether two documents give one value, however exactly and in whichever unit."""
    if one.names or other.names:
        return _share_a_name(one, other) or _share_a_name(other, one)
    left = [each for each in one.values if not any(_same(each, its) for its in other.values)]
    right = [each for each in other.values if not any(_same(each, its) for its in one.values)]
    if len(left) == len(one.values):
        return False
    # A year that both name does not make what they count the same.
    return not any(_alike(each, its) for each in left for its in right)


def _share_a_name(one: Given, other: Given) -> bool:
    """Whether a name of one is the other's, its adjective or its initials."""
    acronyms = re.findall(r"\b[A-Z][A-Z.&]*[A-Z]\b", one.text)
    pairs = [f"{name} {its}" for name in one.names for its in other.names]
    return (
        not one.names.isdisjoint(other.names)
        or any(_DEMONYM.fullmatch(pair) for pair in pairs)
        or any(
            short.lower().replace(".", "") in one.names and not unsupported(short, other.text)
            for short in acronyms
        )
    )


def _alike(one: PartialDate | Quantity, other: PartialDate | Quantity) -> bool:
    """Whether two values may be of the same thing."""
    if isinstance(one, PartialDate) or isinstance(other, PartialDate):
        return isinstance(one, PartialDate) and isinstance(other, PartialDate)
    if one.is_share != other.is_share:
        return False
    return not one.counts or not other.counts or bool(one.counts & other.counts)


def _same(one: PartialDate | Quantity, other: PartialDate | Quantity) -> bool:
    """Whether two values are equal, or one less exact or in another unit.

    A date and a number cannot be compared, and are not held to differ.
    """
    if isinstance(one, PartialDate) and isinstance(other, PartialDate):
        return _same_date(one, other)
    if isinstance(one, PartialDate) or isinstance(other, PartialDate):
        return True
    return one.same(other)


def _same_date(one: PartialDate, other: PartialDate) -> bool:
    """Whether no part that both give differs; a year is a rounding only if it is given as one."""
    if (one.hedged or other.hedged) and one.year and other.year:
        coarse, fine = sorted((Decimal(one.year), Decimal(other.year)), key=digits_of)
        return coarse == fine or is_rounded(fine, coarse)
    return one.fits(other)


def _written_names(text: str, names: frozenset[str]) -> list[str]:
    """The names of a text, those that only "and", "of" or a comma parts in one."""
    found: list[tuple[int, int]] = []
    for word in re.finditer(r"[\w-]+(?:['’](?!s\b)\w+)*", text):
        if not names & set(word.group().lower().split("-")):
            continue
        start, end = word.span()
        if found and _JOINS.fullmatch(text, found[-1][1], start):
            start, _ = found.pop()
        found.append((start, end))
    return [text[start:end] for start, end in found]

"""Whether a claim says with a number or a date what the words that it rests on say with it."""

import re

from qa.partial_date import dates_in
from qa.specifics import SCALES, specifics
from qa.terms import stems

_CURRENCIES = {"$": "dollars", "€": "euros", "£": "pounds"}
_CURRENCY = re.compile(r"(?P<sign>[$€£])(?P<amount>\d[\d.,]*\d|\d)(?=[\s.,;:)]|$)", re.IGNORECASE)
_BELOW = r"(?<!no )(?:fewer|less) than|no more than|under|below|up to|at (?:the )?most"
_ABOVE = r"(?<!no )more than|no (?:fewer|less) than|over|above|at least"
_MONTH = r"(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*\.? )?"
_BOUND = re.compile(
    rf"\b(?:(?P<below>{_BELOW})|(?P<above>{_ABOVE})|(?P<before>before)|(?P<after>after))"
    rf"\s+[$€£]?(?P<number>{_MONTH}\d[\d.,]*)",
    re.IGNORECASE,
)
"""A number with what says on which side of it the truth lies."""
_OPPOSITE = {"below": "above", "above": "below", "before": "after", "after": "before"}


def misstates(claim: str, quoted: str, *, around: str) -> bool:
    """Whether a number or a date that stands in both is something else in a claim.

    Args:
        claim: A sentence of an answer.
        quoted: The words that it is to rest on.
        around: What stands around these, which may complete a date.
    """
    return (
        _miscounts(claim, quoted)
        or _turns_a_bound(claim, quoted)
        or _misdates(claim, f"{quoted} {around}")
    )


def _turns_a_bound(claim: str, quoted: str) -> bool:
    """Whether a claim says "more than" of a number that the quoted words say "fewer than" of."""
    said, written = _bounds(claim), _bounds(quoted)
    return any(
        _OPPOSITE[side] in (opposed := written.get(number, set())) and side not in opposed
        for number, sides in said.items()
        for side in sides
    )


def _bounds(text: str) -> dict[str, set[str]]:
    """Each number that is a bound, with `below`, `above`, `before` and `after` as they are said."""
    found: dict[str, set[str]] = {}
    for bound in _BOUND.finditer(text):
        sides = {side for side in _OPPOSITE if bound[side]}
        found.setdefault(bound["number"].rstrip(".,"), set()).update(sides)
    return found


def _miscounts(claim: str, quoted: str) -> bool:
    """Whether a claim counts something else with a number than the quoted words do.

    "four states" is not what "four facilities" says, nor "30% of men" what "12% of men and 30% of
    women" does. Where either number stands without a word behind it, or the claim has the quoted
    one's word elsewhere, nothing speaks against it.
    """
    said = set(stems(claim))
    here, there = _counted(claim), _counted(quoted)
    return any(
        not there[number] & (here[number] | said) or _moved(here[number], there, number, said)
        for number in here.keys() & there.keys()
        if here[number] and there[number]
    )


def _moved(counted: set[str], there: dict[str, set[str]], number: str, said: set[str]) -> bool:
    """Whether a number is given what another number of the quoted words counts, and loses its own.

    Args:
        counted: What the claim counts with it.
        there: What each number of the quoted words counts.
        number: The one that both have.
        said: The stems of the claim.
    """
    others = (words for each, words in there.items() if each != number)
    return bool(there[number] - said and (counted - there[number]) & set().union(*others))


def _misdates(claim: str, written: str) -> bool:
    """Whether a date of a claim is put together from the parts of several dates."""
    known = dates_in(written)[0]
    parts = [{date.parts[at] for date in known} for at in range(3)]
    return any(
        not any(date.fits(each) for each in known)
        and all(not own or own in its for own, its in zip(date.parts, parts, strict=True))
        for date in dates_in(claim)[0]
    )


def _counted(text: str) -> dict[str, set[str]]:
    """Each number of a text with the stems of the three words behind it, up to a mark."""
    found: dict[str, set[str]] = {}
    words = _CURRENCY.sub(_with_currency, text).split()
    for at, word in enumerate(words):
        for number in specifics(word.strip(".,;:()")).numbers:
            behind = [] if word[-1] in ".,;:)" else words[at + 1 : at + 4]
            end = next((i for i, each in enumerate(behind, 1) if each[-1] in ".,;:)"), len(behind))
            behind = [each for each in behind[:end] if each.lower().strip(".,;:)") not in SCALES]
            # "100 employees of IRS Criminal Investigation" counts employees.
            plain = stems(" ".join(each for each in behind if each.islower()))
            found.setdefault(number, set()).update(plain or stems(" ".join(behind)))
    return found


def _with_currency(amount: re.Match[str]) -> str:
    """An amount with what it is of behind it, as words have it: "$5" as "5 dollars"."""
    return f"{amount['amount']} {_CURRENCIES[amount['sign']]}"

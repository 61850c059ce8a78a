"""What a question asks for: a number, a time, a name; and whether words hold such a thing."""

import re

from qa.specifics import specifics
from qa.terms import stems

_ASKS = re.compile(
    r"\b(?:who|whom|whose|when|where|why|how(?: \w+)?"
    r"|what(?:'s)?(?: \w+){0,2}|which(?: \w+){0,2})\b",
    re.IGNORECASE,
)
"""What a question begins to ask with; only the first counts."""
_NUMBER_ASKED = re.compile(
    r"when|how (?:many|much|long|old|large|big|high|far|tall|often)"
    r"|(?:what|which) (?:\w+ )?(?:number|share|percentage|percent|proportion|amount|year|date|day"
    r"|age|rate|sum)\b",
    re.IGNORECASE,
)
_TIME_ASKED = re.compile(r"how (?:long|old|often)", re.IGNORECASE)
_TIME = re.compile(
    r"\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|indefinitely"
    r"|daily|weekly|monthly|yearly|annually|once|twice|times|until|since|ever|old|aged?|\d{4}"
    r"|metres?|meters?|miles?|kilomet(?:re|er)s?|feet|pages?)\b",
    re.IGNORECASE,
)
"""What answers how long, how old or how often: a time, or a length."""
_NAME_ASKED = re.compile(
    r"who|(?:what|which)(?:'s)? (?:\w+ )?(?:name|person|people|city|country|state|company|agency"
    r"|organi[sz]ation|newspaper|paper|official|senator|president|author)\b",
    re.IGNORECASE,
)
_LOOSE_NUMBER = re.compile(
    r"\b(?:dozens?|hundreds?|thousands?|millions?|billions?|half|third|quarter|most|few|several"
    r"|all|none|no|one|two|once|twice|daily|weekly|monthly|yearly|today|yesterday|century|decades?"
    r"|years?|months?|weeks?|days?|hours?|indefinitely|during|after|before|until|\w+day"
    r"|january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"\b(?:how (?:many|much|long|old|large|big|high|far|often)|what (?:number|share|percentage"
    r"|percent|amount)|(?:what|which) (?:year|date|day)|when|number of|total)\b",
    re.IGNORECASE,
)


def is_of_the_kind(question: str, said: str) -> bool:
    """Whether words hold what a question asks for, beside what the question holds itself.

    >>> is_of_the_kind("How many agents did it send?", "It sent agents.")
    False
    >>> is_of_the_kind("How many agents did it send?", "It sent 250 agents.")
    True
    """
    asked, found = specifics(question), specifics(said)
    opening = _opening(question)
    if _TIME_ASKED.match(opening) and not _TIME.search(said):
        return False
    if _NUMBER_ASKED.match(opening):
        loose = {word.lower() for word in _LOOSE_NUMBER.findall(said)}
        known = {word.lower() for word in _LOOSE_NUMBER.findall(question)}
        return bool(found.numbers - asked.numbers or loose - known)
    if _NAME_ASKED.match(opening):
        known = {word.lower() for word in re.findall(r"\w+", question)}
        return bool((found.names | found.openers) - asked.names - known)
    return bool(set(stems(said)) - set(stems(question)))


def asks_for_a_name(question: str) -> bool:
    """Whether the answer to a question is somebody's or something's name.

    >>> asks_for_a_name("Who designed the tower?")
    True
    """
    return _NAME_ASKED.match(_opening(question)) is not None


def _opening(question: str) -> str:
    """The words that a question asks with, such as "how many"; empty where there are none."""
    first = _ASKS.search(question)
    return first.group() if first else ""


def asks_for_a_value(question: str) -> bool:
    """Whether the answer to a question is a number or a date.

    >>> asks_for_a_value("How many agents are there?")
    True
    """
    return _QUANTITY.search(question) is not None

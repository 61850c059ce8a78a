"""What a question asks for: a number, a time, a name; and whether words hold such a thing."""

import re

from index.words import terms
from qa.question import AUXILIARIES, asking, questions
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
    r"\b(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|centur(?:y|ies)"
    r"|indefinitely|forever|always|every|each|daily|weekly|monthly|yearly|annually|once|twice|times"
    r"|until|since|ever|old|aged?|rarely|seldom|never|often|usually|\d{4}|\w+day|overnight"
    r"|metres?|meters?|miles?|(?:kilo|centi|milli)met(?:re|er)s?|feet|foot|inch(?:es)?|yards?|pages?)\b"
    r"|\d\s?(?:km|cm|mm|m|mi|ft|in|yds?|h|hrs?|mins?|secs?|s)\b",
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
    r"|all|none|no|nothing|zero|one|single|two|both|pair|couple|free|once|twice|daily|weekly|monthly"
    r"|yearly|today|yesterday|century|decades?|years?|months?|weeks?|days?|hours?|indefinitely"
    r"|during|after|before|until|\w+day"
    r"|january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
_LOOSE_TIME = re.compile(
    r"\b(?:spring|summer|autumn|winter|dawn|morning|noon|afternoon|evening|nights?|midnight|easter"
    r"|christmas|tomorrow|now|soon|immediately|always|never|rarely|seldom|often|usually|every|each"
    r"|since|while|when|whenever|once|if|at)\b",
    re.IGNORECASE,
)
"""What tells a time without a number; for "when" and "how often" only."""
_ASKS_WHETHER = re.compile(
    rf"\W*(?:{AUXILIARIES}|\w+n['’]t)\b"
    r"|.*\b\w+ or \w+",
    re.IGNORECASE | re.DOTALL,
)
"""Is answered by yes or no, or offers what to choose from."""
_PLACE_ASKED = re.compile(
    r"(?:what|which)(?:'s)? (?:\w+ )?(?:town|village|river|lake|island|county|province|region"
    r"|continent|street|school|university|club|bank)\b",
    re.IGNORECASE,
)
"""Is answered by a name too, but a sentence without one is not held to be of another kind."""
_ONE_ASKED = re.compile(
    rf"\W*(?:\w+ )?(?:which|what) (?:(?P<before>\w+) )?(?P<noun>\w+) (?:{AUXILIARIES}|\w+s)\b",
    re.IGNORECASE,
)
"""Asks which of its kind something is: "which animal is", "what material covers"."""
_NO_KIND = re.compile(
    r"about|else|exactly|if|of|other|that|they|it|he|she|people|children|men|women"
    r"|two|three|four|five|six|both|\w*[^\Ws]s",
    re.IGNORECASE,
)
"""What stands behind "which" or "what" where no kind is named, or several things are asked for."""
_POLITE = re.compile(
    r"(?:can|could|would|will|do|did) you (?:please |perhaps )?"
    r"(?:tell|explain|say|list|know|name|give|show|describe|remember|find)\b",
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
    if _NAME_ASKED.match(_opening(question)):
        known = {word.lower() for word in re.findall(r"\w+", question)}
        return bool(specifics(said).capitalised - specifics(question).names - known)
    return may_answer(question, said)


def may_answer(question: str, said: str) -> bool:
    """Whether words could be an answer at all: more than the question, and a number for "how many".

    Unlike for `is_of_the_kind`, who did something may be told without a name ("the tenant"). Of
    several questions, as of a follow-up and what it leans on, one has to be answered.

    >>> may_answer("Who pays for repairs?", "The tenant pays for repairs.")
    True
    >>> may_answer("Who lit the light?", "The light was lit.")
    False
    >>> may_answer("How high is it? Where does it stand?", "It stands at Arle.")
    True
    """
    return any(_may_answer(each, question, said) for each in questions(question))


def _may_answer(asked: str, question: str, said: str) -> bool:
    """The same for one of the questions that a question holds."""
    opening = _opening(asked)
    if _TIME_ASKED.match(opening) and not _TIME.search(said) and not _has_age(opening, said):
        return False
    if _NUMBER_ASKED.match(opening):
        new = _loose(opening, said) - _loose(opening, question)
        return bool(specifics(said).numbers - specifics(question).numbers or new)
    if _ASKS_WHETHER.match(asking(asked)):
        return bool(terms(said))  # "No." has no stem
    return bool(set(stems(said)) - set(stems(question)))


def _loose(opening: str, text: str) -> set[str]:
    """The words of a text that stand for a number or a time, whichever is asked for."""
    found = _LOOSE_NUMBER.findall(text)
    if opening.lower() in ("when", "how often"):
        found += [word for word in _LOOSE_TIME.findall(text) if word.lower() != opening.lower()]
    return {word.lower() for word in found}


def _has_age(opening: str, said: str) -> bool:
    """Whether a question how old somebody is finds a number: "Anna Holm, 45, designed it"."""
    return opening.lower() == "how old" and bool(specifics(said).numbers)


def asks_for_a_name(question: str) -> bool:
    """Whether the answer to a question is somebody's or something's name.

    >>> asks_for_a_name("Who designed the tower?")
    True
    """
    opening = _opening(question)
    return bool(_NAME_ASKED.match(opening) or _PLACE_ASKED.match(opening))


def asks_for_one(question: str) -> bool:
    """Whether there is one answer, of a kind that the question names, or one place.

    >>> asks_for_one("Which bird is on it?"), asks_for_one("Which birds are on it?")
    (True, False)
    """
    if _opening(question).lower() == "where":
        return True
    asked = _ONE_ASKED.match(asking(question))
    return asked is not None and not any(
        _NO_KIND.fullmatch(word) for word in (asked["before"] or "", asked["noun"])
    )


def asks_whether(question: str) -> bool:
    """Whether the answer to a question is yes or no.

    >>> asks_whether("Is the ferry free?"), asks_whether("Is the ferry red or blue?")
    (True, False)
    """
    asked = re.sub(r"^\W*(?:(?:and|but|so) )?", "", asking(question), flags=re.IGNORECASE)
    if _POLITE.match(asked) or re.search(r"\bor\b", asked, re.IGNORECASE):
        return False
    return _ASKS_WHETHER.match(asked) is not None and not re.match(r"May \d", asked)


def _opening(question: str) -> str:
    """The words that a question asks with, such as "how many"; empty where there are none."""
    first = _ASKS.search(asking(question))
    return first.group() if first else ""


def asks_for_a_value(question: str) -> bool:
    """Whether the answer to a question is a number or a date.

    >>> asks_for_a_value("How many agents are there?")
    True
    """
    return _QUANTITY.search(question) is not None

"""What is wrong with a drafted question on the face of it, before any model is asked."""

import re
from collections.abc import Iterator, Sequence

from evals.text_match import answer_match
from index.document import Chunk
from qa.asked import is_of_the_kind
from qa.specifics import specifics, unsupported

FEWEST_WORDS, MOST_WORDS = 5, 32

_SPEAKS_OF_THE_TEXT = re.compile(
    r"\b(?:text|article|passage|sentence|excerpt|document|paragraph|author|above)\b"
    r"|\bmentioned\b|\baccording to\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:he|she|it|they|him|her|them|his|its|their|we|us|our|i|you|your|this|these|those)\b", re.I
)
_UNNAMED = re.compile(
    r"\bthe (?:\w+ ){0,2}(?:spokes\w+|president|secretary|minister"
    r"|mayor|agency|agencies|department|company|firm|officials?|employees?|workers?|man|woman|couple|boy"
    r"|girl|city|town|country|state|team|club|court|judge|police|group|organi[sz]ation|study"
    r"|report|event|incident|film|book|game|match|season|law|bill|plan|deal|agreement|project|building"
    r"|bridge|river|church|school|museum|hotel|vehicle|ship|suspect|victims?|driver|player|actor"
    r"|singer|researchers?|scientists?|government)\b(?! (?:of|for|from|in|at|on|that|which|who"
    r"|whose|by|named|called|between|to|with)\b)(?! [A-Z])",
)
"""What a text has named before, and a question by itself has not."""
_KINDS = {
    "number": re.compile(
        r"\b(?:how (?:many|much|long|old|large|big|high|far|tall|often|fast|wide|deep|heavy)"
        r"|(?:what|which) (?:\w+ )?(?:number|share|percentage|percent|proportion|amount|age|rate"
        r"|sum|price|cost|total|length|height|size|score))\b",
        re.IGNORECASE,
    ),
    "date": re.compile(
        r"\b(?:when|(?:what|which) (?:\w+ )?(?:year|month|day|date))\b", re.IGNORECASE
    ),
    "name": re.compile(r"\b(?:who|whom|whose|where|which|what)\b", re.IGNORECASE),
}


def fault(question: str, *, asks_for: str, answers: Sequence[str], source: Chunk) -> str:
    """What is wrong with the wording of a question; empty where nothing is.

    Args:
        question: As the model wrote it.
        asks_for: `number`, `date` or `name`.
        answers: The accepted answers; none where nothing is to answer it.
        source: The passage it was written about: what it names has to stand there.
    """
    return next(_faults(question, asks_for, answers, source), "")


def _faults(question: str, asks_for: str, answers: Sequence[str], source: Chunk) -> Iterator[str]:
    if not question.endswith("?") or question.count("?") > 1:
        yield "is no question"
    if not FEWEST_WORDS <= len(question.split()) <= MOST_WORDS:
        yield "is too short or too long"
    if answers and answer_match(question, answers):
        yield "holds its answer"
    if _SPEAKS_OF_THE_TEXT.search(question):
        yield "speaks of the text"
    if _UNNAMED.search(question) or _points_outside(question):
        yield "leans on the text"
    if asks_for == "name" and not _is_narrow(question):
        yield "could be answered in many ways"
    if not _KINDS[asks_for].search(question):
        yield "asks for something else"
    if answers and not is_of_the_kind(question, answers[0]):
        yield "asks for something else"
    around = f"{source.title}. {source.heading}. {source.date}."
    if unsupported(question, source.text, context=around):
        yield "names what does not stand there"


def _is_narrow(question: str) -> bool:
    """Whether a question names enough to have one answer: "Which agency helps ICE?" may have ten.

    A name's words count one by one, which is rough, and enough for a draft.
    """
    asked = specifics(question)
    return len(asked.names | asked.numbers) >= 2


def _points_outside(question: str) -> bool:
    """Whether a pronoun has no name before it, or nothing is named at all."""
    named = specifics(question).names
    if not named:
        return True
    pronoun = _PRONOUN.search(question)
    if pronoun is None:
        return False
    before = question[: pronoun.start()]
    return not (specifics(before).names & named)

"""Where documents give different values for the same thing, each is asked on its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from qa.check import stated
from qa.cite import Alignment, align
from qa.draft import reply
from qa.evidence import Evidence, Excerpt, Sentence
from qa.language_model import LanguageModel
from qa.prompts import ANSWER_BEGUN, answer_in, answer_messages
from qa.specifics import specifics

_QUANTITY = re.compile(
    r"\b(?:how (?:many|much|long|old|large|big|high|far|often)|what (?:number|share|percentage"
    r"|percent|amount)|(?:what|which) (?:year|date|day)|when|number of|total)\b",
    re.IGNORECASE,
)
_HEDGED = re.compile(
    r"\b(?:about|around|some|roughly|approximately|nearly|almost|close to|over|more than|less than"
    r"|fewer than|at least|up to|just (?:over|under)|circa|ca)\b",
    re.IGNORECASE,
)

NEARLY_AS_FIT = 0.8
"""A document is asked if its best sentence scores this share of the one that was cited."""

MOST_RIVALS = 2
"""Documents asked besides; each costs the reading of a sentence or two."""

LEAST_STATED = 2.0
"""Log-odds, by the model, that another document states its value of what is asked. Over starter
questions it was 3 and more for values of the same thing, some 1.2 for one of another."""


@dataclass(frozen=True, slots=True)
class Rival:
    """A claim of another document, with another value."""

    claim: Alignment
    value: str
    """The numbers, as its quote writes them."""


def asks_for_a_value(question: str) -> bool:
    """Whether the answer to a question is a number or a date.

    >>> asks_for_a_value("How many agents are there?")
    True
    """
    return _QUANTITY.search(question) is not None


def rivals(
    question: str, cited: Alignment, evidence: Evidence, model: LanguageModel
) -> Iterator[Rival]:
    """What other documents answer to a question for a value, where it differs.

    Raises:
        ModelError: If the model cannot be run, or was cancelled.
    """
    own = specifics(cited.text).numbers - specifics(question).numbers
    if not own or not asks_for_a_value(question):
        return
    for sentence in _candidates(question, cited, evidence)[:MOST_RIVALS]:
        excerpt = Excerpt(1, sentence.chunk, (sentence,))
        asked = answer_messages(question, [excerpt])
        draft = answer_in(reply(asked, model, max_tokens=60, begun=ANSWER_BEGUN))
        for claim in align(draft, question, (sentence,)):
            said = specifics(claim.text).numbers - specifics(question).numbers
            if not claim.supported or not said or _agree(own, said, cited.text, sentence.text):
                continue
            if stated(question, claim.text, (sentence,), model) >= LEAST_STATED:
                yield Rival(claim, value_in(claim.text, question))
                break


def value_in(text: str, question: str = "") -> str:
    """The numbers of a text as they are written, those of the question left out.

    >>> value_in("It had about 2,100 agents in 2024.", "How many agents were there in 2024?")
    '2,100'
    """
    asked = specifics(question).numbers
    found = re.findall(r"[$€£]?\d[\d,.]*\d%?|[$€£]?\d%?", text)
    return ", ".join(each for each in found if not specifics(each).numbers & asked) or text


def _agree(own: frozenset[str], others: frozenset[str], *texts: str) -> bool:
    """Whether two documents give one value, however exactly and in whichever unit."""
    hedged = any(_HEDGED.search(text) for text in texts)
    return any(_same(one, other, hedged=hedged) for one in own for other in others)


def _same(one: str, other: str, *, hedged: bool) -> bool:
    """Equal, a thousand times the other (tonnes and kilograms), or its rounding.

    A number of one digit is a rounding only where a word such as "about" says so.
    """
    if one.endswith("%") != other.endswith("%"):
        return False
    first, second = sorted(Decimal(each.rstrip("%")) for each in (one, other))
    if first == second or second == 1000 * first:
        return True
    coarse, fine = sorted((first, second), key=_digits)
    least = 0 if hedged else 1
    return (
        least < _digits(coarse) < _digits(fine) and Decimal(f"{fine:.{_digits(coarse)}g}") == coarse
    )


def _digits(number: Decimal) -> int:
    """Significant digits, trailing zeros left out."""
    return len(number.normalize().as_tuple().digits)


def _candidates(question: str, cited: Alignment, evidence: Evidence) -> list[Sentence]:
    """The best sentence of each other document that holds another number."""
    documents = {sentence.chunk.document_id for sentence in cited.sentences}
    own = specifics(cited.text).numbers
    least = NEARLY_AS_FIT * max(sentence.score for sentence in cited.sentences)
    asked = specifics(question).numbers
    found: dict[int, Sentence] = {}
    for sentence in evidence.ranked:
        numbers = specifics(sentence.text).numbers - asked
        fits = sentence.score >= least and numbers and not numbers & own
        if fits and sentence.chunk.document_id not in documents:
            found.setdefault(sentence.chunk.document_id, sentence)
    return list(found.values())

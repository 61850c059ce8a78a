"""Where documents give different values or names for one thing, each is asked on its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from qa.asked import asks_for_a_name, asks_for_a_value
from qa.check import stated
from qa.cite import Alignment, align
from qa.draft import reply
from qa.evidence import Evidence, Excerpt
from qa.language_model import LanguageModel
from qa.prompts import ANSWER_BEGUN, answer_in, answer_messages
from qa.sentence import Sentence
from qa.specifics import specifics

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
    """A claim about what is asked, and the value or the name that it gives."""

    claim: Alignment
    value: str
    """As the claim writes it."""


def rivals(
    question: str, cited: Alignment, evidence: Evidence, model: LanguageModel
) -> Iterator[Rival]:
    """What other documents answer to a question for a value or a name, where it differs.

    Raises:
        ModelError: If the model cannot be run, or was cancelled.
    """
    own = _values(question, cited.text)
    if not own:
        return
    for sentence in _candidates(question, cited, own, evidence)[:MOST_RIVALS]:
        excerpt = Excerpt(1, sentence.chunk, (sentence,))
        asked = answer_messages(question, [excerpt])
        draft = answer_in(reply(asked, model, max_tokens=60, begun=ANSWER_BEGUN))
        for claim in align(draft, question, (sentence,)):
            said = _values(question, claim.text)
            if not claim.supported or not said or _agree(own, said, cited.text, sentence.text):
                continue
            if stated(question, claim.text, (sentence,), model) >= LEAST_STATED:
                yield Rival(claim, value_in(claim.text, question))
                break


def _values(question: str, text: str) -> frozenset[str]:
    """The numbers or the names in a text that a question asks for, as it asks for either."""
    asked, found = specifics(question), specifics(text)
    if asks_for_a_value(question):
        return found.numbers - asked.numbers
    if asks_for_a_name(question):
        words = frozenset(re.findall(r"\w+", question.lower()))
        return found.names - asked.names - asked.openers - words
    return frozenset()


def value_in(text: str, question: str) -> str:
    """What a text answers: its numbers or names as they are written, else the whole of it.

    >>> value_in("It had about 2,100 agents in 2024.", "How many agents were there in 2024?")
    '2,100'
    >>> value_in("Anna Holm designed it.", "Who designed the tower?")
    'Anna Holm'
    """
    values = _values(question, text)
    numbers = re.findall(r"[$€£]?\d[\d,.]*\d%?|[$€£]?\d%?", text)
    if found := [each for each in numbers if specifics(each).numbers & values]:
        return ", ".join(found)
    return (
        " ".join(word for word in re.findall(r"[\w'’-]+", text) if word.lower() in values) or text
    )


def _agree(own: frozenset[str], others: frozenset[str], *texts: str) -> bool:
    """Whether two documents give one value, however exactly and in whichever unit."""
    hedged = any(_HEDGED.search(text) for text in texts)
    return any(_same(one, other, hedged=hedged) for one in own for other in others)


def _same(one: str, other: str, *, hedged: bool) -> bool:
    """Equal, a thousand times the other (tonnes and kilograms), or its rounding.

    A number of one digit is a rounding only where a word such as "about" says so.
    """
    if not (_is_number(one) and _is_number(other)):
        return one == other
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


def _is_number(value: str) -> bool:
    return value[:1].isdigit()


def _digits(number: Decimal) -> int:
    """Significant digits, trailing zeros left out."""
    return len(number.normalize().as_tuple().digits)


def _candidates(
    question: str, cited: Alignment, own: frozenset[str], evidence: Evidence
) -> list[Sentence]:
    """The best sentence of each other document that holds another value."""
    documents = {sentence.chunk.document_id for sentence in cited.sentences}
    least = NEARLY_AS_FIT * max(sentence.score for sentence in cited.sentences)
    found: dict[int, Sentence] = {}
    for sentence in evidence.ranked:
        values = _values(question, sentence.text)
        fits = sentence.score >= least and values and not values & own
        if fits and sentence.chunk.document_id not in documents:
            found.setdefault(sentence.chunk.document_id, sentence)
    return list(found.values())

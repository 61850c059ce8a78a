"""Whether sentences carry a claim: its numbers and names, its negation and its words."""

import re
from collections.abc import Sequence

from qa.figures import misstates
from qa.orders import orders_a_machine
from qa.sentence import Sentence
from qa.specifics import is_negated, starts_with_another, unsupported
from qa.surroundings import dates_written, standing_over, surroundings
from qa.terms import stems

SHARED_WORDS = 0.6
"""Least share of a claim's telling words that its sentences must hold."""


def carries(pair: Sequence[Sentence], claim: str, question: str, *, known: str = "") -> bool:
    """Whether sentences hold a claim's numbers and names, its negation, and most of its words.

    What the claim adds to the question must stand in the sentences, what it repeats from the
    question may stand in the passage around them. What a document asks itself is context, as a
    heading is, but gives no name. A passage that gives orders to a machine carries nothing that a
    model says: it can only be quoted.
    """
    if not may_carry(pair, claim, question, known=known):
        return False
    # The context may complete what the sentences say, not say it.
    own = added(claim, question) or stems(claim)
    quoted = _quoted(pair)
    return (
        shared(own, stems(f"{quoted} {_context(pair)}")) >= SHARED_WORDS
        and shared(own, stems(quoted)) >= SHARED_WORDS / 2
    )


def may_carry(pair: Sequence[Sentence], claim: str, question: str, *, known: str = "") -> bool:
    """Whether nothing in sentences speaks against their carrying a claim, whatever their words.

    Of those that say it in other words ("burned to the ground" for "destroyed by fire") and those
    that do not say it, only a reader can tell which they are.
    """
    if any(orders_a_machine(each.chunk.text) for each in pair):
        return False
    quoted, over = _quoted(pair), _over(pair)
    around = surroundings(pair, known=known)
    said = stems(claim)
    if not said or unsupported(claim, quoted, context=over, around=around, asked=question):
        return False
    own = added(claim, question) or said
    if _denies(claim, own, quoted) or misstates(claim, quoted, around=around):
        return False
    return not starts_with_another(quoted, known=f"{claim} {question} {_context(pair)}")


def added(claim: str, question: str) -> list[str]:
    """The stems of a claim that are not the question's; empty where it only repeats them."""
    asked = set(stems(question))
    return [stem for stem in stems(claim) if stem not in asked]


def _quoted(pair: Sequence[Sentence]) -> str:
    return dates_written(" ".join(sentence.says for sentence in pair))


def _over(pair: Sequence[Sentence]) -> str:
    return " ".join(standing_over(each.chunk) for each in pair)


def _context(pair: Sequence[Sentence]) -> str:
    """What sentences stand under, and what their documents ask themselves in them."""
    return " ".join([_over(pair), *(each.question for each in pair)])


def _denies(claim: str, own: Sequence[str], quoted: str) -> bool:
    """Whether the quoted words say no where a claim says yes, or yes where it says no.

    Args:
        claim: A sentence of an answer.
        own: The stems of it that are not the question's.
        quoted: What it is to rest on.
    """
    if is_negated(claim) != is_negated(_clause(claim, quoted)):
        return True
    if is_negated(claim):
        return False
    affirmed = " ".join(clause for clause in _clauses(quoted) if not is_negated(clause))
    told = set(own) & set(stems(quoted))
    return bool(told) and not told & set(stems(affirmed))


def _clause(claim: str, quoted: str) -> str:
    """The clauses of the quoted words that a claim speaks of: a negation elsewhere is none of it.

    All of them where the claim is itself a denial, which may be spread over several.
    """
    if is_negated(claim):
        return quoted
    said = set(stems(claim))
    return max(_clauses(quoted), key=lambda clause: len(said & set(stems(clause))))


def _clauses(text: str) -> list[str]:
    return re.split(
        r"[,;:.]\s|[—–()]|\s(?:but|although|though|while|whereas|that|which|who|because|when)\s",
        text,
    )


def shared(own: Sequence[str], held: Sequence[str]) -> float:
    """The share of `own` that stands in `held`, 0 to 1; 1 where there is nothing to find."""
    if not own:
        return 1.0
    among = set(held)
    return sum(stem in among for stem in own) / len(own)

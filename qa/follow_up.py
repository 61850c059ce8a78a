"""A question that leans on the conversation becomes one that stands alone."""

import re
from collections.abc import Sequence

from qa.answer import Turn
from qa.specifics import specifics
from qa.terms import stems

_POINTS_BACK = re.compile(
    r"\b(?:he|she|it|they|him|her|them|his|hers|its|their|theirs|this|these|those|ones?"
    r"|the (?:same|former|latter)"
    r"|(?:about|of|for|from|with|do|does|did|is|was|to|after|before) that"
    r"|(?<!is )(?<!are )(?<!was )(?<!were )there(?! (?:is|are|was|were|been|be)\b))\b",
    re.IGNORECASE,
)
_CONTINUES = re.compile(
    r"\W*(?:(?:and|but|or|so|also|then|what about|how about|how so|which ones?)\b"
    r"|(?:why|how come)(?: not)?\W*$)",
    re.IGNORECASE,
)
"""Begins as what goes on does; a "why" does so only where nothing follows it."""
_LONGEST_REWRITE = 60
"""Words: a longer reply is no question."""


def leans(question: str, history: Sequence[Turn]) -> bool:
    """Whether a question needs the conversation before it to be understood.

    >>> leans("How many of them?", [Turn("user", "Who are the agents?")])
    True
    >>> leans("Who founded the Lund library?", [Turn("user", "Who are the agents?")])
    False
    >>> leans("Why were agents sent to the border?", [Turn("user", "Who are the agents?")])
    False
    """
    if not history:
        return False
    if _CONTINUES.match(question):
        return True
    if back := _POINTS_BACK.search(question):
        # "What did Noem say she wanted?" names whom it means; "What did Noem do about it?" no.
        named = specifics(question[: back.start()]).names
        return not named or not question[back.end() :].strip(" ?.!")
    return len(stems(question)) < 3 and not specifics(question).names


def faithful(rewrite: str, question: str, history: Sequence[Turn]) -> bool:
    """Whether a model's rewrite still asks, and brings in nothing that was not said before.

    A small model sometimes answers instead of asking, or repeats what was asked.
    """
    said = " ".join([question, *(turn.content for turn in history)])
    known = specifics(said)
    found = specifics(rewrite)
    words = set(re.findall(r"\w+", said.lower()))
    return (
        0 < len(rewrite.split()) <= _LONGEST_REWRITE
        and (rewrite.endswith("?") or not question.endswith("?"))
        and not any(_same(rewrite, each) for each in (question, *_questions(history)))
        and found.numbers <= known.numbers
        and all(name in words or name in known.names for name in found.names)
    )


def _same(one: str, other: str) -> bool:
    return one.lower().split() == other.lower().split()


def with_context(question: str, history: Sequence[Turn]) -> str:
    """The question with the one before it: what is searched for where no model may rewrite it."""
    earlier = _questions(history)
    return f"{earlier[-1]} {question}" if earlier else question


def _questions(history: Sequence[Turn]) -> list[str]:
    return [turn.content for turn in history if turn.role == "user"]

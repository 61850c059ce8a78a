"""A question as it was given, and the sentence of it that asks."""

import re
from functools import lru_cache

from index.errors import EmptyQuestion
from index.sentences import sentences


def stripped(question: str) -> str:
    """The question without the white space around it.

    Raises:
        EmptyQuestion: If nothing is left.
    """
    if not (asked := question.strip()):
        raise EmptyQuestion
    return asked


AUXILIARIES = (
    r"is|are|am|was|were|do|does|did|has|have|had|can|could|may|might|must|shall|should|will|would"
)
"""What a question that is answered by yes or no begins with."""
_QUESTION_WORD = re.compile(
    rf"\b(?:who|whom|whose|what|when|where|why|which|how)\b|^\W*(?:{AUXILIARIES})\b", re.IGNORECASE
)
_ENDED = re.compile(r"[.!…:;][\"'”’)\]]*$")


@lru_cache(maxsize=64)
def asking(question: str) -> str:
    """The sentence that asks, where others only lead up to it; else the whole question.

    >>> asking("The mill at Velm burned down. Who had built it?")
    'Who had built it?'
    >>> asking("Who built the mill? And when?")
    'Who built the mill? And when?'
    >>> asking("Did the U.N. Council meet at 3 p.m. Tuesday?")
    'Did the U.N. Council meet at 3 p.m. Tuesday?'
    """
    line = " ".join(question.split())
    *before, last = [line[start:end] for start, end in sentences(line)] or [line]
    if not before or not last.endswith("?") or not _QUESTION_WORD.search(last):
        return question
    leads_up = _ENDED.search(before[-1]) and not any(
        "?" in each or _QUESTION_WORD.match(each) for each in before
    )
    return last if leads_up else question


def questions(question: str) -> list[str]:
    """The questions that are asked in one, or the whole of it where it ends in no question mark.

    >>> questions("The mill burned down. Who built it? And when?")
    ['Who built it?', 'And when?']
    >>> questions("tell me about the mill")
    ['tell me about the mill']
    """
    line = " ".join(asking(question).split())
    found = [line[start:end] for start, end in sentences(line)]
    return [each for each in found if each.endswith("?")] or [question]

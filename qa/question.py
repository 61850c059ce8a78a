"""A question as it was given, and the sentence of it that asks."""

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


@lru_cache(maxsize=64)
def asking(question: str) -> str:
    """The sentence that asks, where others only lead up to it; else the whole question.

    >>> asking("The mill at Velm burned down. Who had built it?")
    'Who had built it?'
    >>> asking("Who built the mill? And when?")
    'Who built the mill? And when?'
    """
    *before, last = [question[start:end] for start, end in sentences(question)] or [question]
    leads_up = last.endswith("?") and not any("?" in each for each in before)
    return last if before and leads_up else question

"""What an answer says itself, without what it quotes."""

from collections.abc import Iterable

from qa.answer import Answer
from qa.cite import MARKER


def own_words_of(answer: Answer) -> str:
    """Its text, its notes and the values it compares, without quotations."""
    text = own_words(answer.text, [citation.quote for citation in answer.citations])
    return "\n".join([text, *answer.notes, *(each.value for each in answer.disagreements)])


def own_words(text: str, quotes: Iterable[str]) -> str:
    r"""A text without what stands in quotation marks as it is quoted.

    >>> own_words('It is high. “It is 42 m high.” [1]', ["It is 42 m\nhigh."])
    'It is high.  [1]'
    """
    for quote in quotes:
        text = text.replace(f"“{' '.join(MARKER.sub('', quote).split())}”", "")
    return text

"""What a document answers to a question, beside others that answer it otherwise."""

import re
from dataclasses import dataclass

from qa.asked import asks_whether
from qa.cite import MARKER, Alignment
from qa.given import given
from qa.sentence import Sentence
from qa.specifics import specifics


@dataclass(frozen=True, slots=True)
class Rival:
    """A claim about what is asked, and the value or the name that it gives."""

    claim: Alignment
    value: str
    """As the claim writes it."""
    quoted: bool = False
    """Whether the claim is the document's own sentence."""

    @property
    def holder(self) -> Sentence:
        """Of the sentences that carry the claim the one that holds the value."""
        wanted = specifics(self.value).numbers | _words(self.value)
        return max(
            self.claim.sentences,
            key=lambda each: len(wanted & (specifics(each.says).numbers | _words(each.says))),
        )


def claimed(claim: Alignment, question: str) -> Rival:
    """What a claim answers."""
    return Rival(claim, value_in(claim.text, question))


def quotation(sentence: Sentence, question: str, *, drafted: str = "") -> Rival:
    """What a document's own sentence answers.

    Args:
        sentence: What a document asks itself in it states nothing.
        question: Standing alone.
        drafted: What a model drew from the sentence; its value is taken where that stands there.
    """
    claim = Alignment(sentence.says, (sentence,), frozenset(), sentence)
    text = MARKER.sub("", sentence.says)
    value = value_in(drafted, question)
    numbers = specifics(value).numbers
    if not numbers or not numbers <= specifics(text).numbers:
        value = value_in(text, question)
    return Rival(claim, value, quoted=True)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]{2,}", text.lower()))


def value_in(text: str, question: str) -> str:
    """What a text answers: its numbers or names as they are written, or the whole of it.

    >>> value_in("It had about 2,100 agents in 2024.", "How many agents were there in 2024?")
    '2,100'
    >>> value_in("Anna Holm and Jonas Berg designed it.", "Who designed the tower?")
    'Anna Holm and Jonas Berg'
    """
    return text if asks_whether(question) else given(question, text).written or text

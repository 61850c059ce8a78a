"""What a document answers to a question, beside others that answer it otherwise."""

import re
from dataclasses import dataclass

from qa.cite import Alignment
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


def rival(claim: Alignment, question: str) -> Rival:
    """What a claim answers."""
    return Rival(claim, value_in(claim.text, question))


def quotation(sentence: Sentence, question: str) -> Rival:
    """What a document's own sentence answers."""
    claim = Alignment(sentence.text, (sentence,), frozenset(), sentence)
    return Rival(claim, value_in(sentence.says, question), quoted=True)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]{2,}", text.lower()))


def value_in(text: str, question: str) -> str:
    """What a text answers: its numbers or names as they are written, else the whole of it.

    >>> value_in("It had about 2,100 agents in 2024.", "How many agents were there in 2024?")
    '2,100'
    >>> value_in("Anna Holm and Jonas Berg designed it.", "Who designed the tower?")
    'Anna Holm and Jonas Berg'
    """
    return given(question, text).written or text

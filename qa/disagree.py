"""Where documents give different values or names for one thing, each is asked on its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.check import stated
from qa.cite import Alignment, align
from qa.draft import reply
from qa.evidence import Evidence, Excerpt
from qa.given import Given, agree, given
from qa.language_model import LanguageModel
from qa.prompts import ANSWER_BEGUN, answer_in, answer_messages
from qa.sentence import Sentence
from qa.specifics import specifics

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

    @property
    def holder(self) -> Sentence:
        """Of the sentences that carry the claim the one that holds the value."""
        wanted = specifics(self.value).numbers | _words(self.value)
        return max(
            self.claim.sentences,
            key=lambda each: len(wanted & (specifics(each.says).numbers | _words(each.says))),
        )


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]{2,}", text.lower()))


def rivals(
    question: str, cited: Alignment, evidence: Evidence, model: LanguageModel
) -> Iterator[Rival]:
    """What other documents answer to a question for a value or a name, where it differs.

    Raises:
        ModelError: If the model cannot be run, or was cancelled.
    """
    own = given(question, cited.text, *(each.says for each in cited.sentences))
    if not own:
        return
    for sentence in _candidates(question, cited, own, evidence)[:MOST_RIVALS]:
        excerpt = Excerpt(1, sentence.chunk, (sentence,))
        asked = answer_messages(question, [excerpt])
        draft = answer_in(reply(asked, model, max_tokens=60, begun=ANSWER_BEGUN))
        for claim in align(draft, question, (sentence,)):
            said = given(question, claim.text, sentence.says)
            if not claim.supported or not said or agree(own, said):
                continue
            if stated(question, claim.text, (sentence,), model) >= LEAST_STATED:
                yield Rival(claim, value_in(claim.text, question))
                break


def _candidates(question: str, cited: Alignment, own: Given, evidence: Evidence) -> list[Sentence]:
    """The best sentence of each other document that holds another value."""
    documents = {sentence.chunk.document_id for sentence in cited.sentences}
    least = NEARLY_AS_FIT * max(sentence.score for sentence in cited.sentences)
    found: dict[int, Sentence] = {}
    for sentence in evidence.ranked:
        if sentence.score < least or sentence.chunk.document_id in documents:
            continue
        said = given(question, sentence.says)
        if said and not agree(own, said):
            found.setdefault(sentence.chunk.document_id, sentence)
    return list(found.values())


def value_in(text: str, question: str) -> str:
    """What a text answers: its numbers or names as they are written, else the whole of it.

    >>> value_in("It had about 2,100 agents in 2024.", "How many agents were there in 2024?")
    '2,100'
    >>> value_in("Anna Holm and Jonas Berg designed it.", "Who designed the tower?")
    'Anna Holm and Jonas Berg'
    """
    return given(question, text).written or text

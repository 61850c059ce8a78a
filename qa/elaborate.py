"""Answers at length: more of the documents' own words where a question wants more than a fact."""

import re
from collections.abc import Collection, Iterator, Sequence

from qa.evidence import Evidence
from qa.sentence import Sentence
from qa.terms import stems

_AT_LENGTH = re.compile(
    r"\b(?:explain|describe|compare|contrast|summari[sz]e|outline|(?<!the )(?<!an )(?<!a )list"
    r"|enumerate|discuss|why"
    r"|give (?:an |the )?(?:overview|details|reasons|examples)|tell (?:me|us) (?:more )?about"
    r"|name (?:all|some|every|two|three|four|five|six|seven|eight|nine|ten"
    r"|the (?:\w+ )?\w+[^s\W]s)"
    r"|what happened|(?:differences?|similarities|relationship)(?: \w+){0,3} between"
    r"|(?:advantages|disadvantages|pros|cons|benefits|drawbacks|reasons|causes|consequences"
    r"|effects|steps|requirements|arguments|symptoms|types|kinds|examples|features)"
    r" (?:of|for|against|to|behind|in)"
    r"|how (?:do|does|did|is|are|was|were|can|could|should|would|to))\b"
    r"|^what (?:are|were)\b|\babout\s*\?*\s*$",
    re.IGNORECASE,
)
"""Asks for an explanation, a list, a comparison or an account rather than for one fact."""
_COMPARES = re.compile(
    r"\b(?:compare|contrast|differences?|similarities|versus|vs)\b", re.IGNORECASE
)

MOST = 3
"""Sentences that are added at most."""
MOST_WORDS = 110
"""Words that they may hold together: what a person reads at a glance beside the answer."""
WORTH = 0.7
"""Least score of a sentence, beside the best one's.

With these, over the 22 questions of CLAPnq that ask at length, what is quoted shares .64 of its
words with the reference answers (token F1), where the best sentence alone shares .39; more
sentences, or less fitting ones, tell more and match less.
"""
REPEATED = 0.8
"""Share of a sentence's stems that stand already: from there on it says nothing new."""


def wants_length(question: str) -> bool:
    """Whether a question asks for more than one fact.

    >>> wants_length("Why did the tower fall?")
    True
    >>> wants_length("How many steps does it have?")
    False
    """
    return _AT_LENGTH.search(question) is not None


def further(
    question: str, said: str, cited: Sequence[Sentence], evidence: Evidence
) -> tuple[Sentence, ...]:
    """Sentences that go on where an answer stops, in the order in which they are to be read.

    They come from the documents that the answer cites, so that nothing of another matter is
    mixed in, and for a comparison from all that were read; none where the question asks for one
    fact.

    Args:
        question: Standing alone.
        said: The answer, whose words are not said again.
        cited: The sentences that carry it.
        evidence: All that was found.
    """
    if not cited or not wants_length(question):
        return ()
    read = evidence.sentences if _COMPARES.search(question) else cited
    documents = {each.chunk.document_id for each in read}
    return tuple(sorted(_worth_adding(said, cited, evidence, documents), key=_place))


def _worth_adding(
    said: str, cited: Sequence[Sentence], evidence: Evidence, documents: Collection[int]
) -> Iterator[Sentence]:
    standing = set(stems(" ".join([said, *(each.text for each in cited)])))
    least = WORTH * evidence.ranked[0].score
    added = words = 0
    for sentence in evidence.ranked:
        own = set(stems(sentence.says))
        size = len(sentence.text.split())
        if sentence.chunk.document_id not in documents or _overlaps(sentence, cited):
            continue
        if added == MOST or sentence.score < least or words + size > MOST_WORDS:
            return
        if not own or len(own & standing) >= REPEATED * len(own):
            continue
        yield sentence
        standing |= own
        added, words = added + 1, words + size


def _overlaps(sentence: Sentence, cited: Sequence[Sentence]) -> bool:
    """Passages overlap: a sentence may have been found twice."""
    return any(
        each.chunk.document_id == sentence.chunk.document_id
        and each.start < sentence.end
        and sentence.start < each.end
        for each in cited
    )


def _place(sentence: Sentence) -> tuple[int, int]:
    return sentence.chunk.document_id, sentence.start

"""Citations are found, not trusted: each sentence of a draft is aligned to the evidence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.sentences import sentences
from qa.evidence import Sentence
from qa.specifics import specifics, unsupported
from qa.terms import stems

MARKER = re.compile(r"\s*\[\d+(?:\s*[,;-]\s*\d+)*\]")
"""A citation marker such as `[1]` or `[1, 2]`; what a model writes of these is dropped."""

SHARED_WORDS = 0.6
"""Least share of a claim's telling words that its sentences must hold."""

RELEVANCE = 0.5
"""What a sentence's fitness for the question counts for beside the words of the claim."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """A claim with the sentences that carry it."""

    text: str
    sentences: tuple[Sentence, ...]
    """One, or two that carry it together; empty where nothing does."""
    missing: frozenset[str]
    """Numbers and names of the claim that no sentence holds."""

    @property
    def supported(self) -> bool:
        return bool(self.sentences)


def align(draft: str, question: str, evidence: Sequence[Sentence]) -> tuple[Alignment, ...]:
    """Find, for each sentence of a draft, the evidence that carries it.

    Args:
        draft: What the model wrote; its own markers are ignored.
        question: Its words need no support in a claim that repeats them.
        evidence: The sentences that the model was shown, best first.
    """
    text = MARKER.sub("", draft).strip()
    claims = [text[start:end] for start, end in sentences(text)]
    return tuple(_aligned(claim, question, evidence) for claim in claims)


def _aligned(claim: str, question: str, evidence: Sequence[Sentence]) -> Alignment:
    ranked = sorted(evidence, key=lambda each: -_fitness(claim, each))
    for sentence in ranked:
        if carries((sentence,), claim, question):
            return Alignment(claim, (sentence,), frozenset())
    for first in ranked[:3]:
        for second in ranked[:6]:
            if first is not second and carries((first, second), claim, question):
                return Alignment(claim, (first, second), frozenset())
    held = " ".join(sentence.text for sentence in evidence)
    return Alignment(claim, (), unsupported(claim, held))


def _fitness(claim: str, sentence: Sentence) -> float:
    return _shared(stems(claim), stems(sentence.text)) + RELEVANCE * sentence.score


def carries(pair: Sequence[Sentence], claim: str, question: str) -> bool:
    """Whether sentences hold a claim's numbers and names, its negation, and most of its words.

    A name may also stand in the passage around the sentences, as "it" and "the agency" point
    there, or in the document's title and heading; a number must stand in the words quoted.
    """
    quoted = " ".join(sentence.text for sentence in pair)
    context = " ".join(f"{each.chunk.title}. {each.chunk.heading}." for each in pair)
    around = " ".join(each.chunk.text for each in pair)
    if unsupported(claim, quoted, given=f"{context} {around}"):
        return False
    if specifics(claim).negated and not specifics(quoted).negated:
        return False
    asked = set(stems(question))
    said = stems(claim)
    own = [stem for stem in said if stem not in asked] or said
    # The context may complete what the sentences say, not say it.
    return (
        _shared(own, stems(f"{quoted} {context}")) >= SHARED_WORDS
        and _shared(own, stems(quoted)) >= SHARED_WORDS / 2
    )


def _shared(own: Sequence[str], held: Sequence[str]) -> float:
    """The share of `own` that stands in `held`, 0 to 1; 1 where there is nothing to find."""
    if not own:
        return 1.0
    among = set(held)
    return sum(stem in among for stem in own) / len(own)

"""Whether to answer or to refuse: a decision with a threshold, not a hope in a prompt."""

import math
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from qa.cite import surroundings
from qa.draft import Draft
from qa.evidence import Evidence, Sentence
from qa.specifics import specifics
from qa.terms import stems

_ASKS = re.compile(
    r"\b(?:who|whom|whose|when|where|why|how(?: \w+)?"
    r"|what(?:'s)?(?: \w+){0,2}|which(?: \w+){0,2})\b",
    re.IGNORECASE,
)
"""What a question begins to ask with; only the first counts."""
_NUMBER_ASKED = re.compile(
    r"when|how (?:many|much|long|old|large|big|high|far|tall|often)"
    r"|(?:what|which) (?:\w+ )?(?:number|share|percentage|percent|proportion|amount|year|date|day"
    r"|age|rate|sum)\b",
    re.IGNORECASE,
)
_TIME_ASKED = re.compile(r"how (?:long|old|often)", re.IGNORECASE)
_TIME = re.compile(
    r"\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|indefinitely"
    r"|daily|weekly|monthly|yearly|annually|once|twice|times|until|since|ever|old|aged?|\d{4}"
    r"|metres?|meters?|miles?|kilomet(?:re|er)s?|feet|pages?)\b",
    re.IGNORECASE,
)
"""What answers how long, how old or how often: a time, or a length."""
_NAME_ASKED = re.compile(
    r"who|(?:what|which)(?:'s)? (?:\w+ )?(?:name|person|people|city|country|state|company|agency"
    r"|organi[sz]ation|newspaper|paper|official|senator|president|author)\b",
    re.IGNORECASE,
)
_LOOSE_NUMBER = re.compile(
    r"\b(?:dozens?|hundreds?|thousands?|millions?|billions?|half|third|quarter|most|few|several"
    r"|all|none|no|one|two|once|twice|daily|weekly|monthly|yearly|today|yesterday|century|decades?"
    r"|years?|months?|weeks?|days?|hours?|indefinitely|during|after|before|until|\w+day"
    r"|january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for an answer, be it a model's claim or a document's own sentence."""

    cosine: float
    """Of the question with the sentence that would be cited, -1 to 1."""
    coverage: float
    """Weighted share of the question's words in that sentence and its heading, 0 to 1."""
    missing: float
    """1 where a name or number of the question does not stand near that sentence."""
    standing: float
    """Its score beside the best of the other sentences'; above 1 where it leads."""
    kind: float
    """1 where the answer is of the kind asked for: a number, a name, or something new."""
    found: float
    """Probability, by the model, that the excerpts state what is asked; 0 without a model."""
    agreed: float
    """1 where the evidence carries what the model drew from the sentence; 0 without a model."""


def of_claims(question: str, evidence: Evidence, draft: Draft) -> Signals | None:
    """What speaks for a model's draft; None where the evidence carries none of it."""
    carried = [claim for claim in draft.claims if claim.supported]
    if not carried:
        return None
    said = " ".join(claim.text for claim in carried)
    return _signals(question, said, carried[0].sentences, evidence, draft)


def to_quote(evidence: Evidence, draft: Draft | None) -> Sentence | None:
    """The sentence to quote: the one that a model's draft is drawn from, else the best."""
    if draft and draft.claims and draft.claims[0].nearest:
        return draft.claims[0].nearest
    return evidence.best


def of_quote(question: str, evidence: Evidence, draft: Draft | None) -> Signals | None:
    """What speaks for a document's own sentence, quoted; None where there is none."""
    sentence = to_quote(evidence, draft)
    return _signals(question, sentence.text, (sentence,), evidence, draft) if sentence else None


def _signals(
    question: str,
    said: str,
    cited: Sequence[Sentence],
    evidence: Evidence,
    draft: Draft | None,
) -> Signals:
    rest = {sentence for claim in draft.claims for sentence in claim.sentences} if draft else ()
    score = max(sentence.score for sentence in cited)
    others = max((each.score for each in evidence.ranked if each not in cited), default=0.0)
    return Signals(
        cosine=max(sentence.cosine for sentence in cited),
        coverage=max(sentence.coverage for sentence in cited),
        missing=_missing(question, cited, evidence),
        standing=min(score / others, 2.0) if others > 0 else 2.0,
        kind=float(is_of_the_kind(question, said)),
        found=draft.found if draft else 0.0,
        agreed=float(any(sentence in rest for sentence in cited)),
    )


def is_of_the_kind(question: str, said: str) -> bool:
    """Whether words hold what a question asks for, beside what the question holds itself.

    >>> is_of_the_kind("How many agents did it send?", "It sent agents.")
    False
    >>> is_of_the_kind("How many agents did it send?", "It sent 250 agents.")
    True
    """
    asked, found = specifics(question), specifics(said)
    first = _ASKS.search(question)
    opening = first.group() if first else ""
    if _TIME_ASKED.match(opening) and not _TIME.search(said):
        return False
    if _NUMBER_ASKED.match(opening):
        loose = {word.lower() for word in _LOOSE_NUMBER.findall(said)}
        known = {word.lower() for word in _LOOSE_NUMBER.findall(question)}
        return bool(found.numbers - asked.numbers or loose - known)
    if _NAME_ASKED.match(opening):
        known = {word.lower() for word in re.findall(r"\w+", question)}
        return bool((found.names | found.openers) - asked.names - known)
    return bool(set(stems(said)) - set(stems(question)))


def _missing(question: str, cited: Sequence[Sentence], evidence: Evidence) -> float:
    """Over the passages of the cited sentences, with their titles and headings."""
    asked = specifics(question)
    wanted = asked.numbers | asked.names
    if not wanted:
        return 0.0
    known = " ".join(sentence.text for sentence in evidence.sentences)
    shown = surroundings(cited, known=known)
    held = specifics(shown)
    words = set(stems(shown))
    lost = [
        each
        for each in wanted
        if each not in held.numbers | held.names and not set(stems(each)) <= words
    ]
    return float(bool(lost))


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression over the signals, in their order."""

    bias: float
    signals: tuple[float, ...]


def likelihood(seen: Signals | None, weights: Weights) -> float:
    """Estimated probability that an answer is right, 0 to 1; 0 for none, or one of a wrong kind."""
    if seen is None or not seen.kind:
        return 0.0
    value = weights.bias + sum(
        weight * signal for weight, signal in zip(weights.signals, astuple(seen), strict=True)
    )
    return 1 / (1 + math.exp(-value))


CLAIM = Weights(-1.15, (-0.07, 0.24, -0.80, 1.56, 0.0, 0.29, 0.0))
"""Of a believed model's claim."""
QUOTE = Weights(-3.12, (0.16, 0.29, -0.48, 1.46, 0.0, 0.94, 1.34))
"""Of a sentence, where a believed model has read the evidence."""
UNREAD = Weights(-1.37, (0.61, 1.12, -1.42, 0.42, 0.0, 0.0, 0.0))
"""Of a sentence, where none has.

All three were fitted to whether the answer was right, over 100 questions of SQuAD 2.0, 20 of
HotpotQA and 28 over the starter documents; SQuAD's unanswerable questions, which are made to
deceive, count a third. The biases are moved (by .2, .2 and -.25) so that `caution` at one half is
where fewer than a tenth of the answers to the starter questions were wrong. The kind of answer
has no weight: the wrong kind is no answer at all.
"""

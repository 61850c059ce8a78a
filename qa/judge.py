"""Whether to answer or to refuse: a decision with a threshold, not a hope in a prompt."""

import math
import re
from dataclasses import astuple, dataclass

from qa.draft import Draft
from qa.evidence import Evidence, Sentence
from qa.specifics import specifics
from qa.terms import stems

_ASKS = re.compile(
    r"\b(?:who|whom|whose|when|where|why|how(?: \w+)?|what(?:'s)?(?: \w+){0,2}|which(?: \w+){0,2})\b",
    re.IGNORECASE,
)
"""What a question begins to ask with; only the first counts."""
_NUMBER_ASKED = re.compile(
    r"when|how (?:many|much|long|old|large|big|high|far|tall|often)"
    r"|(?:what|which) (?:\w+ )?(?:number|share|percentage|percent|proportion|amount|year|date|day"
    r"|age|rate|sum)\b",
    re.IGNORECASE,
)
_NAME_ASKED = re.compile(
    r"who|(?:what|which)(?:'s)? (?:\w+ )?(?:name|person|people|city|country|state|company|agency"
    r"|organi[sz]ation|newspaper|paper|official|senator|president|author)\b",
    re.IGNORECASE,
)
_LOOSE_NUMBER = re.compile(
    r"\b(?:dozens?|hundreds?|thousands?|millions?|billions?|half|third|quarter|most|few|several"
    r"|all|none|no|one|two|once|twice|daily|weekly|monthly|yearly|today|yesterday|century|decades?"
    r"|years?|months?|weeks?|days?|hours?|indefinitely|during|after|before|until)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Signals:
    """What the decision rests on, all but the first between 0 and 1."""

    cosine: float
    """Of the question with the sentence that would be cited, -1 to 1."""
    coverage: float
    """Weighted share of the question's words in that sentence and its heading."""
    missing: float
    """Share of the question's names and numbers that do not stand near that sentence."""
    standing: float
    """That sentence's score beside the best sentence's, 1 where it is the best."""
    kind: float
    """1 where the answer is of the kind asked for: a number, a name, or something new."""
    found: float
    """Probability, by the model, that the excerpts state what is asked; 0 without a model."""
    carried: float
    """Share of the draft's claims that the evidence carries; 0 without a model."""


def signals(question: str, evidence: Evidence, draft: Draft | None = None) -> Signals:
    """What the evidence says, and what the model made of it where one has read it."""
    claims = draft.claims if draft else ()
    carried = [claim for claim in claims if claim.supported]
    cited = carried[0].sentences if carried else (evidence.best,) if evidence.best else ()
    best = evidence.best.score if evidence.best else 0.0
    said = " ".join(claim.text for claim in carried) or " ".join(each.text for each in cited)
    return Signals(
        cosine=max((each.cosine for each in cited), default=0.0),
        coverage=max((each.coverage for each in cited), default=0.0),
        missing=_missing(question, cited, evidence),
        standing=max((each.score for each in cited), default=0.0) / best if best > 0 else 0.0,
        kind=float(bool(cited) and is_of_the_kind(question, said)),
        found=draft.found if draft else 0.0,
        carried=len(carried) / len(claims) if claims else 0.0,
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
    if _NUMBER_ASKED.match(opening):
        loose = {word.lower() for word in _LOOSE_NUMBER.findall(said)}
        known = {word.lower() for word in _LOOSE_NUMBER.findall(question)}
        return bool(found.numbers - asked.numbers or loose - known)
    if _NAME_ASKED.match(opening):
        return bool(found.names - asked.names) or bool(_capitalised(said) - _capitalised(question))
    return bool(set(stems(said)) - set(stems(question)))


def _capitalised(text: str) -> set[str]:
    return {word.lower() for word in re.findall(r"\b[A-Z][\w'-]+", text)}


def _missing(question: str, cited: tuple[Sentence, ...], evidence: Evidence) -> float:
    """Over the cited sentences, their documents' other evidence, titles and headings."""
    asked = specifics(question)
    wanted = asked.numbers | asked.names
    if not wanted:
        return 0.0
    documents = {each.chunk.document_id for each in cited}
    near = [each for each in evidence.sentences if each.chunk.document_id in documents]
    shown = " ".join(
        f"{each.chunk.title}. {each.chunk.heading}. {each.text}" for each in (*cited, *near)
    )
    held = specifics(shown)
    words = set(stems(shown))
    lost = [
        each
        for each in wanted
        if each not in held.numbers | held.names and not set(stems(each)) <= words
    ]
    return len(lost) / len(wanted)


def confidence(seen: Signals, *, read: bool) -> float:
    """Estimated probability that the documents answer the question, 0 to 1.

    Args:
        seen: The signals.
        read: Whether a model that is believed has read the evidence.
    """
    bias, *weights = _WITH_MODEL if read else _WITHOUT
    value = bias + sum(w * x for w, x in zip(weights, astuple(seen), strict=True))
    return 1 / (1 + math.exp(-value))


_WITH_MODEL = (-5.0, 1.0, 2.0, -2.0, 0.0, 1.5, 3.0, 2.0)
_WITHOUT = (-3.0, 3.0, 2.0, -2.0, 0.0, 1.0, 0.0, 0.0)
"""Bias and weights of a logistic regression, in the order of the signals."""

"""How likely an answer is to be right: what speaks for it, and what that is worth."""

import math
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from qa.evidence import Evidence
from qa.sentence import Sentence
from qa.specifics import specifics
from qa.surroundings import surroundings
from qa.terms import stems

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


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
    stated: float
    """Log-odds, by the model, that the sentence states the answer; 0 without a model."""
    plausible: float
    """The same where the model does not see the sentence; speaks against what it says then."""
    sensed: float
    """Log-odds that the model's state adds; 0 where nobody can look into it or no probe was
    fitted to it."""


def signals(
    question: str,
    cited: Sequence[Sentence],
    evidence: Evidence,
    *,
    stated: float = 0.0,
    plausible: float = 0.0,
    sensed: float = 0.0,
) -> Signals:
    """What speaks for an answer.

    Args:
        question: Standing alone.
        cited: The sentences that carry it; at least one.
        evidence: All that was found.
        stated: What the model says of it, if one was asked.
        plausible: What it says without seeing the sentences.
        sensed: What its state tells.
    """
    score = max(sentence.score for sentence in cited)
    others = max((each.score for each in evidence.ranked if each not in cited), default=0.0)
    return Signals(
        cosine=max(sentence.cosine for sentence in cited),
        coverage=max(sentence.coverage for sentence in cited),
        missing=float(bool(missing(question, cited, evidence))),
        standing=min(score / others, 2.0) if others > 0 else 2.0,
        stated=stated,
        plausible=plausible,
        sensed=sensed,
    )


def is_of_another_year(question: str, cited: Sequence[Sentence], evidence: Evidence) -> bool:
    """Whether a question names years, and what would be cited stands under none of them."""
    years = set(_YEAR.findall(question))
    return bool(years) and not years & set(_YEAR.findall(_shown(cited, evidence)))


def _shown(cited: Sequence[Sentence], evidence: Evidence) -> str:
    return surroundings(cited, known=evidence.text)


def missing(question: str, cited: Sequence[Sentence], evidence: Evidence) -> frozenset[str]:
    """The names and numbers of a question that do not stand near sentences.

    Looked at are the sentences' passages, with their titles and headings.
    """
    asked = specifics(question)
    wanted = asked.numbers | asked.names
    if not wanted:
        return frozenset()
    shown = _shown(cited, evidence)
    held = specifics(shown)
    words = set(stems(shown))
    return frozenset(
        each
        for each in wanted
        if each not in held.numbers | held.names and not set(stems(each)) <= words
    )


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression over the signals, in their order."""

    bias: float
    signals: tuple[float, ...]


def likelihood(seen: Signals, weights: Weights) -> float:
    """Estimated probability that an answer is right, 0 to 1."""
    value = weights.bias + sum(
        weight * signal for weight, signal in zip(weights.signals, astuple(seen), strict=True)
    )
    return 1 / (1 + math.exp(-value))


CLAIM = Weights(-1.25, (0.0, 0.0, -0.89, 0.0, 1.26, -0.72, 1.0))
"""Of a model's claim that the evidence carries."""
QUOTE = Weights(-1.87, (0.0, 0.0, 0.0, 0.0, 0.82, 0.0, 1.0))
"""Of a sentence, where the model's claim is not the answer."""
UNREAD = Weights(-5.07, (4.5, 1.05, -0.96, 1.47, 0.0, 0.0, 0.0))
"""Of a sentence, where no model that is believed has read it.

The first two were fitted to whether the answer was right, over the 100 questions of SQuAD 2.0
with even places in the development set and the 63 starter questions with even places;
SQuAD's unanswerable questions, which are made to deceive, count half. The quotations were those
left after the claims were decided. What search found (cosine, coverage, standing) told nothing
beside the model's opinion and has no weight. Fitted anew with half of CLAPnq they answer the same
questions, less surely (`evals/README.md`). What the state adds comes as log-odds from its probe
(`qa.probe`), which was fitted after them, and counts as it is. The last one was fitted to the best
sentence of every second question of SQuAD 2.0, weighed as before, and of CLAPnq; over the rest of
both and three other sets .53 of what it lets pass are right, where it says .64.
"""

"""Whether to answer or to refuse: a decision with a threshold, not a hope in a prompt."""

from collections.abc import Iterator
from dataclasses import dataclass

from qa.check import plausible, stated
from qa.cite import Alignment
from qa.draft import Draft
from qa.evidence import Evidence, Sentence
from qa.judge import CLAIM, QUOTE, UNREAD, is_of_another_year, is_of_the_kind, likelihood, signals
from qa.language_model import LanguageModel

PROMISE = 0.25
"""Refused for good where no candidate is as likely as this: what the documents do not speak of.

Of 62 starter questions that the first evidence did not answer, 44 are read again, among them five
of the six that more of it answers rightly and one of the two that it answers wrongly.
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What might be the answer."""

    said: str
    cited: tuple[Sentence, ...]
    """The sentences that carry it."""
    claims: tuple[Alignment, ...] = ()
    """A model's own sentences; empty where it is a document's."""

    @property
    def quoted(self) -> bool:
        """Whether it is a document's own sentence rather than a model's."""
        return not self.claims


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be said."""

    answer: Candidate | None
    """None for a refusal."""
    likely: float
    """Estimated probability that it is right; of the likeliest candidate where all are refused."""
    promising: bool = True
    """Whether more evidence might give an answer where this gave none."""


def decide(
    question: str,
    evidence: Evidence,
    draft: Draft | None,
    model: LanguageModel | None,
    *,
    caution: float,
    again: bool = False,
) -> Decision:
    """The first candidate that is likely enough: what the model says, else a document's words.

    Args:
        question: Standing alone.
        evidence: What was found.
        draft: What the model made of it; None where no model is believed.
        model: Asked for a second opinion of what comes of its draft.
        caution: How likely an answer has to be, 0 to 1.
        again: Whether other evidence was refused before.

    Raises:
        ModelError: If the model cannot be run, or was cancelled.
    """
    most, unfit = 0.0, False
    asked = model if draft else None
    for candidate in _candidates(evidence, draft):
        if not _fits(question, candidate, evidence):
            unfit = True
            continue
        likely = _likely(question, candidate, evidence, asked, again=again)
        if likely >= caution:
            return Decision(candidate, likely)
        most = max(most, likely)
    return Decision(None, most, promising=unfit or most >= PROMISE)


def _candidates(evidence: Evidence, draft: Draft | None) -> Iterator[Candidate]:
    """One after the other, each only where those before it are refused."""
    if draft and (carried := [claim for claim in draft.claims if claim.supported]):
        said = " ".join(claim.text for claim in carried)
        yield Candidate(said, carried[0].sentences, draft.claims)
    if sentence := to_quote(evidence, draft):
        yield Candidate(sentence.text, (sentence,))


def to_quote(evidence: Evidence, draft: Draft | None) -> Sentence | None:
    """The sentence to quote: the one that a model's draft is drawn from, else the best."""
    if draft and draft.claims and draft.claims[0].nearest:
        return draft.claims[0].nearest
    return evidence.best


def _fits(question: str, candidate: Candidate, evidence: Evidence) -> bool:
    """Whether it is of the kind, and of the year, that is asked for."""
    return is_of_the_kind(question, candidate.said) and not is_of_another_year(
        question, candidate.cited, evidence
    )


def _likely(
    question: str,
    candidate: Candidate,
    evidence: Evidence,
    model: LanguageModel | None,
    *,
    again: bool,
) -> float:
    """How likely it is to be right."""
    said, cited = candidate.said, candidate.cited
    if model is None:
        return likelihood(signals(question, cited, evidence), UNREAD)
    opinion = stated(question, said, cited, model)
    if candidate.quoted:
        seen = signals(question, cited, evidence, stated=opinion)
        return likelihood(seen, QUOTE, far_fetched=again)
    looks = plausible(question, said, cited, model)
    seen = signals(question, cited, evidence, stated=opinion, plausible=looks)
    documents = {sentence.chunk.document_id for sentence in cited}
    return likelihood(seen, CLAIM, far_fetched=again or len(documents) > 1)

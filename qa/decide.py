"""Whether to answer or to refuse: a decision with a threshold, not a hope in a prompt."""

from collections.abc import Iterator
from dataclasses import dataclass

from qa.check import Opinion, opinion
from qa.draft import Draft
from qa.evidence import Evidence, Sentence
from qa.judge import CLAIM, QUOTE, UNREAD, is_of_another_year, is_of_the_kind, likelihood, signals
from qa.language_model import LanguageModel


@dataclass(frozen=True, slots=True)
class Candidate:
    """What might be the answer."""

    said: str
    cited: tuple[Sentence, ...]
    """The sentences that carry it."""
    quoted: bool
    """Whether it is a document's own sentence rather than a model's."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be said."""

    answer: Candidate | None
    """None for a refusal."""
    likely: float
    """Estimated probability that it is right; of the likeliest candidate where all are refused."""


def decide(
    question: str,
    evidence: Evidence,
    draft: Draft | None,
    model: LanguageModel | None,
    *,
    caution: float,
) -> Decision:
    """The first candidate that is likely enough: what the model says, else a document's words.

    Args:
        question: Standing alone.
        evidence: What was found.
        draft: What the model made of it; None where no model is believed.
        model: Asked for a second opinion of what comes of its draft.
        caution: How likely an answer has to be, 0 to 1.

    Raises:
        ModelError: If the model cannot be run, or was cancelled.
    """
    most = 0.0
    for candidate in _candidates(evidence, draft):
        if not is_of_the_kind(question, candidate.said) or is_of_another_year(
            question, candidate.cited, evidence
        ):
            continue
        said = (
            opinion(question, candidate.said, candidate.cited, model) if draft and model else None
        )
        likely = _likely(question, candidate, evidence, said)
        if likely >= caution:
            return Decision(candidate, likely)
        most = max(most, likely)
    return Decision(None, most)


def _candidates(evidence: Evidence, draft: Draft | None) -> Iterator[Candidate]:
    carried = [claim for claim in draft.claims if claim.supported] if draft else []
    if carried:
        said = " ".join(claim.text for claim in carried)
        yield Candidate(said, carried[0].sentences, quoted=False)
    if sentence := to_quote(evidence, draft):
        yield Candidate(sentence.text, (sentence,), quoted=True)


def to_quote(evidence: Evidence, draft: Draft | None) -> Sentence | None:
    """The sentence to quote: the one that a model's draft is drawn from, else the best."""
    if draft and draft.claims and draft.claims[0].nearest:
        return draft.claims[0].nearest
    return evidence.best


def _likely(question: str, candidate: Candidate, evidence: Evidence, said: Opinion | None) -> float:
    if said is None:
        return likelihood(signals(question, candidate.cited, evidence), UNREAD)
    seen = signals(
        question, candidate.cited, evidence, stated=said.stated, plausible=said.plausible
    )
    return likelihood(seen, QUOTE if candidate.quoted else CLAIM)

"""Whether to answer or to refuse: a decision with a threshold, not a hope in a prompt."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from qa.asked import asks_whether, may_answer
from qa.check import opinion, plausible
from qa.cite import Alignment
from qa.draft import Draft
from qa.evidence import Evidence
from qa.judge import CLAIM, QUOTE, UNREAD, is_of_another_year, likelihood, signals
from qa.language_model import LanguageModel
from qa.sentence import Sentence
from qa.whether import Whether

UNREAD_ODDS = 2 / 3
"""The odds that a document's sentence needs of those that `caution` asks of a model's words, where
no believed model has read it: it claims less, and its estimate comes to .7 for one in nine only."""

IN_OTHER_WORDS = 0.6
"""How likely a claim has to be at least, whatever `caution` says, that says in other words what its
sentence says: of 24 such claims 12 come to it, and none of 25 that say something else."""

DENIED = 0.25
"""How likely a further claim has to be whose words stand there, in another order or among others:
of 17 that say something else ("sold" for "bought", "safe" for "unsafe") 10 come to less, and
neither what the sentences do say does nor one of three further claims of real drafts."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What might be the answer."""

    said: str
    cited: tuple[Sentence, ...]
    """The sentences that carry it."""
    claims: tuple[Alignment, ...] = ()
    """A model's own sentences; empty where it is a document's."""
    leading: Alignment | None = None
    """The first of these that was carried; it is compared with what other documents say. None for
    a document's own sentence."""

    @property
    def quoted(self) -> bool:
        """Whether it is a document's own sentence rather than a model's."""
        return self.leading is None


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
        caution: How likely an answer has to be, 0 to 1; less where no believed model reads it.

    Raises:
        ModelError: If the model cannot be run, or was cancelled.
    """
    most = 0.0
    reader = _Reader(question, evidence, model if draft else None)
    least = caution if reader.model else _least_unread(caution)
    for candidate in _candidates(evidence, draft):
        likely = reader.likely(candidate)
        if likely >= _needed(candidate.leading, least):
            if reader.denies(candidate):
                continue
            told = reader.read_on(candidate, least)
            if not reader.may_be_right(told):
                continue
            return Decision(told, likely)
        most = max(most, likely)
    return Decision(None, most)


def _least_unread(caution: float) -> float:
    """How likely a sentence has to be that no believed model has read, 0 to 1.

    >>> [round(_least_unread(caution), 2) for caution in (0.0, 0.6, 1.0)]
    [0.0, 0.5, 1.0]
    """
    return UNREAD_ODDS * caution / (1 - caution + UNREAD_ODDS * caution)


def _needed(claim: Alignment | None, least: float) -> float:
    """How likely a claim, or a document's own sentence, has to be to be the answer, 0 to 1."""
    return max(least, IN_OTHER_WORDS) if claim and claim.reworded else least


def _candidates(evidence: Evidence, draft: Draft | None) -> Iterator[Candidate]:
    """One after the other, each only where those before it are refused."""
    claims = _carried(draft.claims) if draft else ()
    if leading := next((claim for claim in claims if claim.supported), None):
        yield _told(claims, leading)
    # A draft drawn from the wrong sentence does not speak against the best one.
    for sentence in dict.fromkeys((to_quote(evidence, draft), evidence.best)):
        if sentence and not sentence.is_bare:
            yield Candidate(sentence.says, (sentence,))


def _told(claims: tuple[Alignment, ...], leading: Alignment) -> Candidate:
    """A model's sentences: those that are carried, and what carries them."""
    carried = [claim for claim in claims if claim.supported]
    cited = dict.fromkeys(each for claim in carried for each in claim.sentences)
    return Candidate(" ".join(claim.text for claim in carried), tuple(cited), claims, leading)


def _carried(claims: tuple[Alignment, ...]) -> tuple[Alignment, ...]:
    """Claims, one of which is carried: where none is, the first that may be in other words."""
    if any(claim.supported for claim in claims):
        return claims
    first = next((claim for claim in claims if claim.reworded), None)
    return tuple(claim.by_nearest if claim is first else claim for claim in claims)


def to_quote(evidence: Evidence, draft: Draft | None) -> Sentence | None:
    """The sentence to quote: the one that a model's draft is drawn from, else the best."""
    if draft and draft.claims and draft.claims[0].nearest:
        return draft.claims[0].nearest
    return evidence.best


class _Reader:
    """What is made of candidates for the answer to one question, by a model where there is one."""

    def __init__(self, question: str, evidence: Evidence, model: LanguageModel | None) -> None:
        self.model = model
        self._question = question
        self._evidence = evidence
        self._whether = Whether(question, model) if model and asks_whether(question) else None

    def likely(self, candidate: Candidate) -> float:
        """How likely it is to be right; 0 where it cannot answer or is of another year."""
        if not self.may_be_right(candidate):
            return 0.0
        if self.model is None:
            found = signals(self._question, candidate.cited, self._evidence)
            return likelihood(found, UNREAD)
        return self._judged(candidate, self.model)

    def may_be_right(self, candidate: Candidate) -> bool:
        """Whether, at sight, it is an answer to the question, and of the year that it names."""
        question, said, cited = self._question, candidate.said, candidate.cited
        return may_answer(question, said) and not is_of_another_year(
            question, cited, self._evidence
        )

    def _judged(self, candidate: Candidate, model: LanguageModel) -> float:
        """How likely it is to be right, as the model finds beside the words that it rests on."""
        question, said, cited = self._question, candidate.said, candidate.cited
        seen = opinion(question, said, cited, model)
        looks = 0.0 if candidate.quoted else plausible(question, said, cited, model)
        found = signals(
            question, cited, self._evidence, stated=seen.stated, plausible=looks, sensed=seen.sensed
        )
        return likelihood(found, QUOTE if candidate.quoted else CLAIM)

    def denies(self, candidate: Candidate) -> bool:
        """Whether a claim says yes where the words that it cites say no, or the other way round.

        It may have nothing but the question's words, and these need no support ("Dogs are allowed
        on the beach", from "Dogs are forbidden on the sands").
        """
        if candidate.quoted or self._whether is None:
            return False
        cited = " ".join(sentence.says for sentence in candidate.cited)
        return self._whether.opposed(candidate.said, cited)

    def read_on(self, answer: Candidate, least: float) -> Candidate:
        """An answer with each further claim that is no copy read beside its own words.

        One that these do not state, as the model finds, is carried no more; one that they may
        state in other words is carried if it finds so.
        """
        if self.model is None or answer.leading is None:
            return answer
        read = (
            claim if claim is answer.leading else self._read(claim, self.model, least)
            for claim in answer.claims
        )
        return _told(tuple(read), answer.leading)

    def _read(self, claim: Alignment, model: LanguageModel, least: float) -> Alignment:
        if claim.is_verbatim or not (claim.supported or claim.reworded):
            return claim
        carried = claim if claim.supported else claim.by_nearest
        alone = _told((carried,), carried)
        needed = _needed(carried, least) if carried.reworded else DENIED
        stands = self._judged(alone, model) >= needed and not self.denies(alone)
        return carried if stands else replace(claim, sentences=(), reworded=False)

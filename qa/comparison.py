"""Whether another document answers a question as the one that was cited does."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from qa.asked import asks_for_one, asks_whether
from qa.check import stated
from qa.cite import Alignment, align
from qa.draft import reply
from qa.evidence import Evidence, excerpted
from qa.given import Given, agree, given
from qa.language_model import LanguageModel
from qa.prompts import ANSWER_BEGUN, answer_in, answer_messages
from qa.rival import Rival, claimed, quotation
from qa.sentence import Sentence
from qa.surroundings import surroundings
from qa.terms import stems
from qa.whether import Whether

LEAST_STATED = 2.5
"""Log-odds, by the model, that another document states its answer to what is asked. Over the
starter questions and both sets of contradictions, but for the unseen half, it was 2.6 and more for
what differs, and up to 2.4 for what does not, where every word of the question stood there."""

SURELY_STATED = 3.0
"""The same for a sentence that lacks a word of the question, or is quoted because it does not carry
what the model made of it. Over the starter questions and the set of contradictions it was up to 2.8
for values of another thing."""

ONE_AND_THE_SAME = 0.5
"""Log-odds, by the model, from which on one document states the other's answer too. Of nine pairs
that differ ("barley", "potatoes") eight came to .3 and less, six that do not to .9 and more."""

MOST_LACKING = 1
"""Words of the question that a sentence that says yes or no may lack."""

LEAST_DENIED = -0.25
"""Log-odds, by the model, that a sentence states "No". It hardly believes that: of those sentences
that say no nine of ten came to -.2 and more, 19 about something else to -.3 and less but one."""


class Comparison(Protocol):
    """Compares what other documents answer with the answer that was given."""

    def may_differ(self, sentences: Sequence[Sentence], /) -> bool:
        """Whether sentences may hold another answer, at sight."""
        ...

    def rival(self, sentences: Sequence[Sentence], /) -> Rival | None:
        """What the best sentences of a document answer, where that differs.

        Raises:
            ModelError: If the model cannot be run, or was cancelled.
        """
        ...


def comparison(
    question: str, cited: Alignment, evidence: Evidence, model: LanguageModel
) -> Comparison | None:
    """How other answers to a question are compared with one; None where they cannot be."""
    if asks_whether(question):
        return ByYesOrNo(question, cited, evidence, model, Whether(question, model))
    if own := given(question, cited.text, *(each.says for each in cited.sentences)):
        return ByWhatIsGiven(question, cited, own, evidence, model)
    return ByWhatIsSaid(question, cited, evidence, model) if asks_for_one(question) else None


def _lacking(
    question: str, sentences: Sequence[Sentence], cited: Alignment, evidence: Evidence
) -> set[str]:
    """The stems of a question that stand around what was cited, and not around sentences."""
    asked = set(stems(question))
    here, there = (
        set(stems(surroundings(each, known=evidence.text))) for each in (sentences, cited.sentences)
    )
    return asked & there - here


def _answered_from(
    sentences: Sequence[Sentence], question: str, model: LanguageModel
) -> list[Alignment]:
    """What the model answers from sentences alone."""
    asked = answer_messages(question, excerpted(sentences))
    draft = answer_in(reply(asked, model, max_tokens=60, begun=ANSWER_BEGUN))
    return list(align(draft, question, sentences))


@dataclass(frozen=True, slots=True)
class ByWhatIsGiven:
    """Compares values and names."""

    question: str
    cited: Alignment
    own: Given
    evidence: Evidence
    model: LanguageModel

    def may_differ(self, sentences: Sequence[Sentence], /) -> bool:
        return any(self._is_another(given(self.question, each.says)) for each in sentences)

    def rival(self, sentences: Sequence[Sentence], /) -> Rival | None:
        """What the model answers from the sentences alone; where they do not carry it, the one
        that it is drawn from: "special agents" may be what the question calls investigators.
        """
        for each in self._told(sentences):
            cited = each.claim.sentences
            lacking = _lacking(self.question, cited, self.cited, self.evidence)
            said = given(self.question, each.claim.text, *(one.says for one in cited))
            if not self._is_another(said) or self._counts_something_else(said, cited, lacking):
                continue
            least = SURELY_STATED if each.quoted or lacking else LEAST_STATED
            if stated(self.question, each.claim.text, cited, self.model) >= least:
                return each
        return None

    def _told(self, sentences: Sequence[Sentence]) -> Iterator[Rival]:
        claims = _answered_from(sentences, self.question, self.model)
        if claims and not any(claim.supported for claim in claims):
            source = claims[0].nearest or sentences[0]
            yield quotation(source, self.question, drafted=claims[0].text)
        yield from (claimed(claim, self.question) for claim in claims if claim.supported)

    def _is_another(self, said: Given) -> bool:
        return bool(said) and not agree(self.own, said)

    def _counts_something_else(
        self, said: Given, cited: Sequence[Sentence], lacking: set[str]
    ) -> bool:
        """Whether sentences count beds with a number where rooms are asked for."""
        told = given(self.question, " ".join(each.says for each in cited))
        return bool(told.counted_with(said)) and bool(self.own.counted & lacking)


@dataclass(frozen=True, slots=True)
class ByWhatIsSaid:
    """Compares what is neither a value nor a name, such as colours, by whether the model holds one
    document's answer for stated by the other.
    """

    question: str
    cited: Alignment
    evidence: Evidence
    model: LanguageModel

    def may_differ(self, sentences: Sequence[Sentence], /) -> bool:
        return not _lacking(self.question, sentences, self.cited, self.evidence)

    def rival(self, sentences: Sequence[Sentence], /) -> Rival | None:
        """What the model answers from the sentences alone, where neither document states both."""
        for claim in _answered_from(sentences, self.question, self.model):
            if claim.supported and self._is_another(claim):
                return claimed(claim, self.question)
        return None

    def _is_another(self, claim: Alignment) -> bool:
        own, other = self._adds(self.cited.text), self._adds(claim.text)
        if own <= other or other <= own:
            return False
        return (
            self._stated(claim, claim) >= LEAST_STATED
            and self._stated(self.cited, claim) < ONE_AND_THE_SAME
            and self._stated(claim, self.cited) < ONE_AND_THE_SAME
        )

    def _adds(self, said: str) -> set[str]:
        return set(stems(said)) - set(stems(self.question))

    def _stated(self, said: Alignment, cited: Alignment) -> float:
        return stated(self.question, said.text, cited.sentences, self.model)


@dataclass(frozen=True, slots=True)
class ByYesOrNo:
    """Compares what says yes with what says no."""

    question: str
    cited: Alignment
    evidence: Evidence
    model: LanguageModel
    whether: Whether

    def may_differ(self, sentences: Sequence[Sentence], /) -> bool:
        return any(self._is_about_it(each) for each in sentences)

    def rival(self, sentences: Sequence[Sentence], /) -> Rival | None:
        """The first sentence that says yes where the answer says no, or the other way round."""
        found = (each for each in sentences if self._is_about_it(each) and self._denies(each))
        return next((quotation(each, self.question) for each in found), None)

    def _is_about_it(self, sentence: Sentence) -> bool:
        lacking = _lacking(self.question, (sentence,), self.cited, self.evidence)
        return len(lacking) <= MOST_LACKING

    def _denies(self, sentence: Sentence) -> bool:
        own, said = self.cited.text, sentence.says
        if not self.whether.opposed(own, said):
            return False
        if self.whether.nearer_yes(said, own):
            return self._stated(said, sentence) >= LEAST_STATED
        return self._stated(_as_denial(said), sentence) >= LEAST_DENIED

    def _stated(self, said: str, sentence: Sentence) -> float:
        return stated(self.question, said, (sentence,), self.model)


def _as_denial(said: str) -> str:
    """A sentence as an answer that begins with "No".

    >>> _as_denial("Dogs are kept out."), _as_denial("No dog is let in.")
    ('No, dogs are kept out.', 'No dog is let in.')
    """
    if re.match(r"no\b", said, re.IGNORECASE):
        return said
    return f"No, {said if said[1:2].isupper() else said[:1].lower() + said[1:]}"

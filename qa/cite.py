"""Citations are found, not trusted: each sentence of a draft is aligned to the evidence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from index.sentences import sentences
from index.words import terms
from qa.entailment import SHARED_WORDS, added, carries, may_carry, shared
from qa.sentence import Sentence
from qa.specifics import specifics, unsupported
from qa.surroundings import surroundings
from qa.terms import stems

MARKER = re.compile(r"\s*\[\d+(?:\s*[,;-]\s*\d+)*\]")
"""A citation marker such as `[1]` or `[1, 2]`; what a model writes of these is dropped."""

RELEVANCE = 0.5
"""What a sentence's fitness for the question counts for beside the words of the claim."""

NEARLY_AS_FIT = 0.9
"""Of the sentences that carry a claim and are so nearly as fit as the fittest, the shortest is
cited."""

REACH = 200
"""Characters between two sentences that may carry a claim together."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """A claim with the sentences that carry it."""

    text: str
    sentences: tuple[Sentence, ...]
    """One, or two that carry it together; empty where nothing does."""
    missing: frozenset[str]
    """Numbers and names of the claim that no sentence holds."""
    nearest: Sentence | None = None
    """The sentence that the claim is likeliest drawn from, carried or not."""
    reworded: bool = False
    """Whether its words are others than those of `nearest`, which may say it: a reader can tell."""

    @property
    def supported(self) -> bool:
        return bool(self.sentences)

    @property
    def is_verbatim(self) -> bool:
        """Whether a sentence that carries it is the same, word for word."""
        return any(terms(self.text) == terms(each.says) for each in self.sentences)

    @property
    def by_nearest(self) -> "Alignment":
        """The same claim, carried by the sentence that says it in other words."""
        return replace(self, sentences=(self.nearest,) if self.nearest else ())


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
    known = " ".join(sentence.text for sentence in evidence)
    if carrier := _carrier(claim, question, ranked, known):
        return Alignment(claim, (carrier,), frozenset(), carrier)
    for pair in product(ranked[:3], ranked):
        if not _near(pair) or not _unmixed(pair, claim, question):
            continue
        if carries(pair, claim, question, known=known):
            return Alignment(claim, pair, frozenset(), pair[0])
    nearest = ranked[0] if ranked else None
    lacking = unsupported(claim, known, asked=question)
    return Alignment(claim, (), lacking, nearest, _may_reword(nearest, claim, question, known))


def _may_reword(nearest: Sentence | None, claim: str, question: str, known: str) -> bool:
    """Whether a sentence may say in other words what a claim adds to the question.

    What the claim takes up of the question must stand there, or in the passage before it: a bare
    "frozen lightning" could be another wording of anything.
    """
    if nearest is None or nearest.is_bare:
        return False
    new = added(claim, question)
    again = [stem for stem in stems(claim) if stem not in new]
    around = stems(surroundings((nearest,), known=known))
    return (
        bool(new and again)
        and shared(again, around) >= SHARED_WORDS
        and may_carry((nearest,), claim, question, known=known)
    )


def _carrier(claim: str, question: str, ranked: Sequence[Sentence], known: str) -> Sentence | None:
    """The shortest sentence that carries a claim, of those about as fit as the fittest that does.

    Args:
        claim: A sentence of an answer.
        question: Its words need no support.
        ranked: The fittest first.
        known: All the evidence.
    """
    found: Sentence | None = None
    least = 0.0
    for sentence in ranked:
        fitness = _fitness(claim, sentence)
        if found and fitness < least:
            break
        if not carries((sentence,), claim, question, known=known):
            continue
        if found is None:
            found, least = sentence, NEARLY_AS_FIT * fitness
        elif len(sentence.text) < len(found.text):
            found = sentence
    return found


def _near(pair: tuple[Sentence, Sentence]) -> bool:
    """Whether two sentences of a passage stand so close that "they" may lead to the other."""
    first, second = sorted(pair, key=lambda each: each.start)
    return first.chunk.id == second.chunk.id and 0 <= second.start - first.end <= REACH


def _unmixed(pair: Sequence[Sentence], claim: str, question: str) -> bool:
    """Whether what a claim adds stands, in its sentence, with a word that it has beside it.

    Two sentences may hold all of a claim's words and yet not say it: "built by Anna Holm in 1846"
    and "burned in the war" do not make "burned by Anna Holm", nor "burned in 1846".
    """
    words = claim.split()
    known = specifics(question)
    names = specifics(claim).names
    for at, word in enumerate(words):
        said = specifics(word)
        own = said.capitalised & names - known.capitalised
        if not (said.numbers or own):
            continue
        near = words[max(0, at - 3) : at] + words[at + 1 : at + 4]
        beside = set(
            stems(" ".join(each for each in near if not names & specifics(each).capitalised))
        )
        holders = [
            each
            for each in pair
            if said.numbers & specifics(each.says).numbers or own & specifics(each.says).capitalised
        ]
        if beside and holders and not any(beside & set(stems(each.says)) for each in holders):
            return False
    return True


def _fitness(claim: str, sentence: Sentence) -> float:
    return shared(stems(claim), stems(sentence.text)) + RELEVANCE * sentence.score

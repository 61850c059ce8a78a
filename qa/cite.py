"""Citations are found, not trusted: each sentence of a draft is aligned to the evidence."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from index.document import Chunk
from index.sentences import sentences
from qa.orders import orders_a_machine
from qa.sentence import Sentence
from qa.specifics import (
    SCALES,
    is_negated,
    specifics,
    spelled_out,
    starts_with_another,
    unsupported,
)
from qa.terms import stems

MARKER = re.compile(r"\s*\[\d+(?:\s*[,;-]\s*\d+)*\]")
"""A citation marker such as `[1]` or `[1, 2]`; what a model writes of these is dropped."""

_ISO_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")

_CURRENCIES = {"$": "dollars", "€": "euros", "£": "pounds"}
_CURRENCY = re.compile(r"(?P<sign>[$€£])(?P<amount>\d[\d.,]*\d|\d)(?=[\s.,;:)]|$)", re.IGNORECASE)

SHARED_WORDS = 0.6
"""Least share of a claim's telling words that its sentences must hold."""

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
    known = " ".join(sentence.text for sentence in evidence)
    if carrier := _carrier(claim, question, ranked, known):
        return Alignment(claim, (carrier,), frozenset(), carrier)
    for pair in product(ranked[:3], ranked):
        if not _near(pair) or not _unmixed(pair, claim, question):
            continue
        if carries(pair, claim, question, known=known):
            return Alignment(claim, pair, frozenset(), pair[0])
    nearest = ranked[0] if ranked else None
    return Alignment(claim, (), unsupported(claim, known, asked=question), nearest)


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
    return _shared(stems(claim), stems(sentence.text)) + RELEVANCE * sentence.score


def surroundings(cited: Sequence[Sentence], *, known: str) -> str:
    """Sentences and what stands before them in their passages, with title, heading and date.

    "It" and "that year" point back: a year that only a later sentence gives is another one's.
    Acronyms are spelled out.

    Args:
        cited: The sentences.
        known: Text that may define the acronyms.
    """
    last = {each.chunk.id: each for each in sorted(cited, key=lambda each: each.end)}.values()
    text = " ".join(f"{_standing_over(each.chunk)} {_up_to(each)}" for each in last)
    return spelled_out(_dates_written(text), known=known)


def _up_to(sentence: Sentence) -> str:
    return sentence.chunk.text[: sentence.end - sentence.chunk.start]


def _standing_over(chunk: Chunk) -> str:
    """What a passage's sentences stand under: its document's title, its heading, the date."""
    return f"{chunk.title}. {chunk.heading}. {_written(chunk.date)}."


def _written(date: str) -> str:
    """An ISO date as people write it; empty for what is none.

    >>> _written("2025-06-13")
    'June 13, 2025'
    """
    try:
        day = datetime.date.fromisoformat(date)
    except ValueError:
        return ""
    return f"{day:%B} {day.day}, {day.year}"


def _dates_written(text: str) -> str:
    """A text with its ISO dates followed by what people write for them.

    >>> _dates_written("Date: 2025-06-13")
    'Date: 2025-06-13 June 13, 2025'
    """
    return _ISO_DATE.sub(lambda found: f"{found.group()} {_written(found.group())}", text)


def carries(pair: Sequence[Sentence], claim: str, question: str, *, known: str = "") -> bool:
    """Whether sentences hold a claim's numbers and names, its negation, and most of its words.

    What the claim adds to the question must stand in the sentences, what it repeats from the
    question may stand in the passage around them. What a document asks itself is context, as a
    heading is, but gives no name. A passage that gives orders to a machine
    carries nothing that a model says: it can only be quoted.
    """
    if any(orders_a_machine(each.chunk.text) for each in pair):
        return False
    quoted = _dates_written(" ".join(sentence.says for sentence in pair))
    over = " ".join(_standing_over(each.chunk) for each in pair)
    context = " ".join([over, *(each.question for each in pair)])
    around = surroundings(pair, known=known)
    said = stems(claim)
    if not said or unsupported(claim, quoted, context=over, around=around, asked=question):
        return False
    asked = set(stems(question))
    own = [stem for stem in said if stem not in asked] or said
    if _denies(claim, own, quoted) or _miscounts(claim, quoted):
        return False
    if starts_with_another(quoted, known=f"{claim} {question} {context}"):
        return False
    # The context may complete what the sentences say, not say it.
    return (
        _shared(own, stems(f"{quoted} {context}")) >= SHARED_WORDS
        and _shared(own, stems(quoted)) >= SHARED_WORDS / 2
    )


def _denies(claim: str, own: Sequence[str], quoted: str) -> bool:
    """Whether the quoted words say no where a claim says yes, or yes where it says no.

    Args:
        claim: A sentence of an answer.
        own: The stems of it that are not the question's.
        quoted: What it is to rest on.
    """
    if is_negated(claim) != is_negated(_clause(claim, quoted)):
        return True
    if is_negated(claim):
        return False
    affirmed = " ".join(clause for clause in _clauses(quoted) if not is_negated(clause))
    told = set(own) & set(stems(quoted))
    return bool(told) and not told & set(stems(affirmed))


def _miscounts(claim: str, quoted: str) -> bool:
    """Whether a claim counts something else with a number than the quoted words do.

    "four states" is not what "four facilities" says. Where either number stands without a word
    behind it, or the claim has the quoted one's word elsewhere, nothing speaks against it.
    """
    said = set(stems(claim))
    here, there = _counted(claim), _counted(quoted)
    return any(
        here[number] and there[number] and not there[number] & (here[number] | said)
        for number in here.keys() & there.keys()
    )


def _counted(text: str) -> dict[str, set[str]]:
    """Each number of a text with the stems of the three words behind it, up to a mark."""
    found: dict[str, set[str]] = {}
    words = _CURRENCY.sub(_with_currency, text).split()
    for at, word in enumerate(words):
        for number in specifics(word.strip(".,;:()")).numbers:
            behind = [] if word[-1] in ".,;:)" else words[at + 1 : at + 4]
            end = next((i for i, each in enumerate(behind, 1) if each[-1] in ".,;:)"), len(behind))
            behind = [each for each in behind[:end] if each.lower().strip(".,;:)") not in SCALES]
            # "100 employees of IRS Criminal Investigation" counts employees.
            plain = stems(" ".join(each for each in behind if each.islower()))
            found.setdefault(number, set()).update(plain or stems(" ".join(behind)))
    return found


def _with_currency(amount: re.Match[str]) -> str:
    """An amount with what it is of behind it, as words have it: "$5" as "5 dollars"."""
    return f"{amount['amount']} {_CURRENCIES[amount['sign']]}"


def _clause(claim: str, quoted: str) -> str:
    """The clauses of the quoted words that a claim speaks of: a negation elsewhere is none of it.

    All of them where the claim is itself a denial, which may be spread over several.
    """
    if is_negated(claim):
        return quoted
    said = set(stems(claim))
    return max(_clauses(quoted), key=lambda clause: len(said & set(stems(clause))))


def _clauses(text: str) -> list[str]:
    return re.split(
        r"[,;:.]\s|[—–()]|\s(?:but|although|though|while|whereas|that|which|who|because|when)\s",
        text,
    )


def _shared(own: Sequence[str], held: Sequence[str]) -> float:
    """The share of `own` that stands in `held`, 0 to 1; 1 where there is nothing to find."""
    if not own:
        return 1.0
    among = set(held)
    return sum(stem in among for stem in own) / len(own)

"""What is said in the end: the model's checked words, a document's own sentence, or a refusal."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.answer import UNSUPPORTED, Claim, Disagreement
from qa.citations import Citations
from qa.cite import MARKER, Alignment
from qa.rival import Rival
from qa.sentence import Sentence

REFUSAL = "The documents do not answer this."
UNSURE = "The documents may answer this, but no answer is sure enough."
DIFFERS = "But another document differs:"
FURTHER = "In the documents' own words:"
NEAREST = "The nearest passage found:"

DOUBTED = 0.4
"""From this likelihood on a refusal does not deny that there is an answer: 49 of 76 such questions
had one, and 45 of the 199 below."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer's words and what they rest on."""

    text: str
    claims: tuple[Claim, ...]
    abstained: bool = False
    quoted: bool = False
    disagreements: tuple[Disagreement, ...] = ()
    notes: tuple[str, ...] = ()


def answered(claims: Sequence[Alignment], citations: Citations, *, strict: bool) -> Outcome:
    """The model's own sentences, each with its citations; at least one must be carried."""
    kept = [claim for claim in claims if claim.supported or not strict]
    made = tuple(_claim(claim, citations) for claim in kept)
    removed = len(claims) - len(kept)
    plural = "sentence" if removed == 1 else "sentences"
    note = (f"{removed} {plural} removed: no document carries what was said.",) if removed else ()
    return Outcome(" ".join(_marked(claim) for claim in made), made, notes=note)


def _claim(aligned: Alignment, citations: Citations) -> Claim:
    numbers = tuple(citations.cite(sentence).number for sentence in aligned.sentences)
    return Claim(aligned.text, numbers, aligned.supported)


def _marked(claim: Claim) -> str:
    marks = "".join(f"[{number}]" for number in claim.citations) or UNSUPPORTED
    return f"{claim.text} {marks}"


def quoted(sentence: Sentence, citations: Citations) -> Outcome:
    """A document's own sentence as the answer."""
    number = citations.cite(sentence).number
    claim = Claim(sentence.text, (number,), supported=True, quoted=True)
    return Outcome(f"“{_one_line(sentence.text)}” [{number}]", (claim,), quoted=True)


def extended(outcome: Outcome, more: Sequence[Sentence], citations: Citations) -> Outcome:
    """An answer with further sentences of the documents, each quoted and cited."""
    quotes = [quoted(sentence, citations) for sentence in more]
    lead = () if outcome.quoted or not quotes else (FURTHER,)
    text = " ".join([outcome.text, *lead, *(quote.text for quote in quotes)])
    claims = (*outcome.claims, *(claim for quote in quotes for claim in quote.claims))
    return replace(outcome, text=text, claims=claims)


def differing(
    outcome: Outcome, own: Rival, others: Sequence[Rival], citations: Citations
) -> Outcome:
    """An answer with what other documents say instead, and every value beside its document."""
    told = [_told(rival, citations) for rival in others]
    claims = tuple(claim for each in told for claim in each.claims)
    text = " ".join([outcome.text, DIFFERS, *(each.text for each in told)])
    disagreements = tuple(
        Disagreement(citation.document, each.value, citation.number)
        for each in (own, *others)
        for citation in [citations.cite(each.holder)]
    )
    return replace(
        outcome, text=text, claims=(*outcome.claims, *claims), disagreements=disagreements
    )


def _told(rival: Rival, citations: Citations) -> Outcome:
    if rival.quoted:
        return quoted(rival.holder, citations)
    return answered([rival.claim], citations, strict=False)


def refused(nearest: Sentence | None, citations: Citations, *, likely: float) -> Outcome:
    """A refusal, with the nearest thing that was found.

    Args:
        nearest: None where nothing was found at all.
        citations: Where it is cited.
        likely: Estimated probability that the likeliest answer was right, 0 to 1.
    """
    if nearest is None:
        return Outcome(REFUSAL, (), abstained=True)
    lead = UNSURE if likely >= DOUBTED else REFUSAL
    number = citations.cite(nearest).number
    text = f"{lead} {NEAREST} “{_one_line(nearest.text)}” [{number}]"
    return Outcome(text, (), abstained=True)


def _one_line(text: str) -> str:
    """A quotation in an answer's words: a document's own "[7]" would be taken for a citation.

    >>> _one_line("The tower is 42 metres high.[7]")
    'The tower is 42 metres high.'
    """
    return " ".join(MARKER.sub("", text).split())

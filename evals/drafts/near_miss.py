"""Questions that the documents nearly answer, and do not."""

import re
from collections.abc import Iterator
from itertools import islice

from evals.case import EvalCase
from evals.drafts.askable import Askable
from evals.drafts.draft_case import DraftCase, id_of, quotation
from evals.drafts.library import Library
from evals.drafts.name_swaps import NameSwaps, Swapped
from evals.drafts.wording_faults import fault
from evals.text_match import answer_match
from qa.cite import align
from qa.draft import reply
from qa.evidence import Evidence
from qa.language_model import LanguageModel
from qa.prompts import FACTS, QUESTION_BEGUN, ask_beyond_messages
from qa.sentence import Sentence

MOST_STATED = 0.0
"""Log-odds, by the model, that what it found to a question is an answer: above, it may be one."""

COVERED = 0.5
"""Weighted share of a changed question's words that no sentence with the new name may hold."""

MOST_SWAPS = 2
"""Changes of a question that are tried; each costs a search and an answer."""

NEAREST = 3
"""Sentences that are shown as evidence that nothing answers."""


def write_open_question(askable: Askable, fact: str, model: LanguageModel) -> str:
    """A question that the sentence leaves open, as the model writes it.

    Raises:
        ModelError: If the model cannot be run, or was cancelled.
    """
    asked = ask_beyond_messages(askable.sentence.text, askable.sentence.chunk, fact)
    return reply(asked, model, max_tokens=60, begun=QUESTION_BEGUN)


def facts_left_open(text: str) -> list[str]:
    """The kinds of fact of which a sentence states none.

    >>> facts_left_open("Ann Lund, 52, sold 48 boats in May.")
    ['how much it cost']
    """
    return [fact for fact in FACTS if not _GIVEN[fact].search(text)]


_TIME = re.compile(
    r"\b(?:(?:1[5-9]|20)\d\d|january|february|march|april|may|june|july|august|september|october"
    r"|november|december|\w+day|days?|weeks?|months?|years?|decades?|century|once|ago|since|until)\b",
    re.IGNORECASE,
)
_GIVEN = {
    "how many people": re.compile(r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten)\b", re.I),
    "how much it cost": re.compile(
        r"[$€£]|\b(?:dollars?|euros?|pounds?|crowns?|cents?|free)\b", re.I
    ),
    "since when": _TIME,
    "on which day": _TIME,
    "how long": _TIME,
    "how old": re.compile(r"\b(?:aged?|old|born|years?)\b|, \d\d,", re.I),
    "where": re.compile(r"\b(?:in|at|near|from) (?:the )?[A-Z]"),
}
"""Words by which a sentence may state each kind of fact."""


def left_open(askable: Askable, fact: str, question: str, library: Library) -> DraftCase | None:
    """The case of a question that is to be left open, unless something seems to answer it.

    Raises:
        ModelError: If the model cannot be run, or was cancelled.
    """
    chunk = askable.sentence.chunk
    if fault(question, asks_for=FACTS[fact], answers=(), source=chunk):
        return None
    found = library.search(question)
    return _near_miss(question, "left open", askable.sentence, found, library)


def changed(
    question: str, askable: Askable, swaps: NameSwaps, library: Library
) -> Iterator[DraftCase]:
    """Cases of a question that the documents answer, asked about something else.

    Raises:
        ModelError: If the model cannot be run, or was cancelled.
    """
    sentence = askable.sentence
    for swapped in islice(swaps.of(question, around=sentence.chunk.text), MOST_SWAPS):
        found = library.search(swapped.question)
        if not _is_spoken_of(swapped, found):
            made = _near_miss(swapped.question, swapped.kind, sentence, found, library)
            if made:
                yield made


def _is_spoken_of(swapped: Swapped, found: Evidence) -> bool:
    """Whether a sentence with the new name says much of what is asked."""
    return any(
        each.coverage >= COVERED and answer_match(each.text, [swapped.new]) for each in found.ranked
    )


def _near_miss(
    question: str, kind: str, sentence: Sentence, found: Evidence, library: Library
) -> DraftCase | None:
    if not found.excerpts or _seems_answered(question, found, library):
        return None
    case = EvalCase(
        id=id_of(question),
        question=question,
        answers=(),
        documents=(),
        answerable=False,
        draft=True,
    )
    shown = [sentence]
    for each in found.ranked:
        if len(shown) < NEAREST and each.text not in [other.text for other in shown]:
            shown.append(each)
    return DraftCase(case, kind, tuple(map(quotation, shown)))


def _seems_answered(question: str, found: Evidence, library: Library) -> bool:
    """Whether the model, given all that search found, says something and stands by it."""
    said = library.answer(question, found.excerpts)
    if not said:
        return False
    claims = align(said, question, found.sentences)
    for claim in claims:
        cited = claim.sentences or ((claim.nearest,) if claim.nearest else ())
        if cited and library.stated(question, claim.text, cited) > MOST_STATED:
            return True
    return False

"""Questions that the documents answer: written by a model, then doubted."""

from collections.abc import Sequence

from evals.case import EvalCase
from evals.drafts.askable import Askable
from evals.drafts.draft_case import DraftCase, id_of, quotation
from evals.drafts.library import Library
from evals.drafts.wording_faults import fault
from evals.drafts.wordings import wordings
from evals.text_match import answer_match
from qa.cite import Alignment
from qa.disagree import rivals
from qa.draft import reply
from qa.evidence import Evidence, Excerpt
from qa.language_model import LanguageModel
from qa.prompts import QUESTION_BEGUN, ask_for_messages
from qa.sentence import Sentence

LEAST_STATED = 2.0
"""Log-odds, by the model, that a sentence states an answer which it was asked about."""

LEAST_GAINED = 0.5
"""How much more of it the model believes with the sentence before it than without."""

NEARLY_AS_FIT = 0.7
"""A sentence of another document is asked about if it scores this share of the best."""


def write_question(askable: Askable, model: LanguageModel) -> str:
    """A question that the sentence is to answer, as the model writes it.

    Raises:
        ModelError: If the model cannot be run, or was cancelled.
    """
    asked = ask_for_messages(askable.sentence.text, askable.sentence.chunk, askable.answer.text)
    return reply(asked, model, max_tokens=60, begun=QUESTION_BEGUN)


def answerable(askable: Askable, question: str, library: Library) -> DraftCase | None:
    """The case of a question, unless something speaks against it.

    The model is asked the question anew with nothing but the sentence before it (round-trip
    consistency, Alberti et al. 2019), whether the sentence states what it then says, and whether
    other documents state the same or something else. A question that documents answer
    differently needs a person to write it.

    Raises:
        ModelError: If the model cannot be run, or was cancelled.
    """
    sentence = askable.sentence
    answers = wordings(askable.answer, person=question.lower().startswith("who"))
    if fault(question, asks_for=askable.answer.kind, answers=answers, source=sentence.chunk):
        return None
    said = library.answer(question, [Excerpt(1, sentence.chunk, (sentence,))])
    if not answer_match(said, answers) or not _is_stated(question, said, sentence, library):
        return None
    found = library.search(question)
    if _others_differ(question, said, sentence, found, library.model):
        return None
    also = _also_stated(question, answers, sentence, found, library)
    case = EvalCase(
        id=id_of(question),
        question=question,
        answers=answers,
        documents=tuple(each.chunk.document for each in (sentence, *also)),
        answerable=True,
        draft=True,
    )
    return DraftCase(case, askable.answer.kind, tuple(map(quotation, (sentence, *also))))


def _is_stated(question: str, said: str, sentence: Sentence, library: Library) -> bool:
    seen = library.stated(question, said, (sentence,))
    if seen < LEAST_STATED:
        return False
    return seen - library.plausible(question, said, (sentence,)) >= LEAST_GAINED


def _others_differ(
    question: str, said: str, sentence: Sentence, found: Evidence, model: LanguageModel
) -> bool:
    own = [each for each in found.ranked if _is_at(each, sentence)]
    if not own:
        return False
    claim = Alignment(said, (own[0],), frozenset())
    return next(rivals(question, claim, found, model), None) is not None


def _is_at(found: Sentence, sentence: Sentence) -> bool:
    same = found.chunk.document_id == sentence.chunk.document_id
    return same and found.start < sentence.end and sentence.start < found.end


def _also_stated(
    question: str,
    answers: Sequence[str],
    sentence: Sentence,
    found: Evidence,
    library: Library,
) -> list[Sentence]:
    """The best sentence of each other document that states the answer too."""
    also: dict[int, Sentence] = {}
    for each in found.ranked:
        key = each.chunk.document_id
        if key == sentence.chunk.document_id or key in also:
            continue
        fits = each.score >= NEARLY_AS_FIT * found.ranked[0].score
        if fits and answer_match(each.text, answers):
            said = library.answer(question, [Excerpt(1, each.chunk, (each,))])
            if (
                answer_match(said, answers)
                and library.stated(question, said, (each,)) >= LEAST_STATED
            ):
                also[key] = each
    return list(also.values())

"""Answers and cases made by hand."""

from evals.case import CaseResult, EvalCase
from index.document import Chunk
from qa.answer import Answer, Citation, Claim, Passage, Timings

TEXT = "In 2025 the agency had 2,290 agents. It hired 250 more."


def case(id_="1", *, answers=("2290",), documents=("a.md",), answerable=True, **more):
    return EvalCase(id_, "How many agents?", tuple(answers), tuple(documents), answerable, **more)


def unanswerable(id_="u"):
    return case(id_, answers=(), documents=(), answerable=False)


def passage(document, score=1.0):
    return Passage(Chunk(1, 1, document, document, 0, 5, TEXT[:5]), score)


def citation(number=1, *, document="a.md", start=8, end=36, quote=None):
    words = TEXT[start:end] if quote is None else quote
    return Citation(number, document, "A", words, start, end, document_id=1)


CLAIMS = (Claim("There were 2,290.", (1,), True),)
CITATIONS = (citation(),)
PASSAGES = (passage("a.md"),)


def answer(
    text="There were 2,290 [1].",
    *,
    abstained=False,
    claims=CLAIMS,
    citations=CITATIONS,
    passages=PASSAGES,
    first_token=0.5,
    prompt_tokens=100,
    model="scripted",
):
    return Answer(
        question="How many agents?",
        text=text,
        abstained=abstained,
        model=model,
        claims=claims,
        citations=citations,
        passages=passages,
        timings=Timings(0.1, first_token, 1.0),
        prompt_tokens=prompt_tokens,
    )


REFUSAL = answer("The documents do not say.", abstained=True, claims=(), citations=())


def text_of(document_id):
    return {1: TEXT}[document_id]


def result(scores, *, of=None, reply=None, seconds=1.0, error=None):
    return CaseResult(of or case(), reply, scores, seconds, error)

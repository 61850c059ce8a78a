"""A case that was drafted and that a person has yet to read."""

import hashlib
import json
from dataclasses import dataclass

from evals.case import EvalCase
from qa.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a document to judge a case by; `quote` is the document's text there, exactly."""

    document: str
    """Path relative to its source folder."""
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class DraftCase:
    """A case, how it came about and what it is to be judged by."""

    case: EvalCase
    kind: str
    """`number`, `date` or `name`: what is asked for. Where nothing answers: `another name`,
    `another year` or `left open`, the way in which it misses what the documents say."""
    evidence: tuple[Quotation, ...]
    """Where the documents answer, the words that do; else the nearest that they say."""


def id_of(question: str) -> str:
    """An id that is the same in every file, so that files can be joined.

    >>> id_of("Who opened the bridge at Arle?") == id_of("Who opened the bridge at Arle?")
    True
    """
    return hashlib.sha256(question.encode()).hexdigest()[:8]


def quotation(sentence: Sentence) -> Quotation:
    """A sentence as evidence."""
    return Quotation(sentence.chunk.document, sentence.start, sentence.end, sentence.text)


def as_line(draft: DraftCase) -> str:
    """The case as a line of a case file, what a person changes first."""
    case = draft.case
    fields = {
        "draft": case.draft,
        "id": case.id,
        "kind": draft.kind,
        "question": case.question,
        "answers": case.answers,
        "answerable": case.answerable,
        "documents": case.documents,
        "evidence": [
            {"document": each.document, "start": each.start, "end": each.end, "quote": each.quote}
            for each in draft.evidence
        ],
    }
    return json.dumps(fields, ensure_ascii=False) + "\n"

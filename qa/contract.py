"""The JSON that others script against; fields may be added, never changed."""

from collections.abc import Iterable
from dataclasses import asdict

from qa.answer import Answer, Citation, Passage
from qa.session import KeptTurn, Session


def as_json(answer: Answer) -> dict[str, object]:
    """What `lectern ask --json` prints."""
    return {
        "question": answer.question,
        "answer": answer.text,
        "abstained": answer.abstained,
        "model": answer.model,
        "claims": [
            {
                "text": claim.text,
                "citations": list(claim.citations),
                "supported": claim.supported,
                "quoted": claim.quoted,
            }
            for claim in answer.claims
        ],
        "citations": [_citation(citation) for citation in answer.citations],
        "disagreements": [asdict(each) for each in answer.disagreements],
        "passages": passages_as_json(answer.passages),
        "timings": asdict(answer.timings),
        "prompt_tokens": answer.prompt_tokens,
        "completion_tokens": answer.completion_tokens,
        "rewritten": answer.rewritten,
        "quoted": answer.quoted,
        "confidence": round(answer.confidence, 4),
        "notes": list(answer.notes),
    }


def _citation(citation: Citation) -> dict[str, object]:
    return {
        "number": citation.number,
        "document": citation.document,
        "title": citation.title,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "page": citation.page,
        "lines": list(citation.lines) if citation.lines else None,
        "date": citation.date or None,
        "copies": list(citation.copies),
    }


def passages_as_json(passages: tuple[Passage, ...]) -> list[dict[str, object]]:
    """Passages as `ask` and `search` print them."""
    return [
        {
            "document": passage.chunk.document,
            "start": passage.chunk.start,
            "end": passage.chunk.end,
            "text": passage.chunk.text,
            "score": round(passage.score, 6),
            "page": passage.chunk.page,
        }
        for passage in passages
    ]


def turns_as_json(turns: Iterable[KeptTurn]) -> list[dict[str, object]]:
    """What `lectern export` prints: what `ask` printed, and when it was asked."""
    return [{**as_json(turn.answer), "asked": turn.asked.isoformat()} for turn in turns]


def session_as_json(session: Session) -> dict[str, object]:
    """A conversation as `lectern export --list` prints it."""
    return {
        "session": session.id,
        "title": session.title,
        "created": session.created.isoformat(),
        "updated": session.updated.isoformat(),
        "questions": session.questions,
    }

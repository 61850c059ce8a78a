"""A conversation as Markdown with footnotes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from index.harmless import harmless_text, one_line
from qa.answer import Answer, Citation, Disagreement, Passage
from qa.footnotes import UNSUPPORTED, mark_unsupported, origin
from qa.markdown_text import plain, tame
from qa.session import KeptTurn

_MARKER = re.compile(r"\[(\d{1,4})\]")
_NEAREST = 3
"""Passages shown with a refusal that cites none."""


def as_markdown(title: str, turns: Sequence[KeptTurn]) -> str:
    """The conversation, each turn a section, each quote a footnote."""
    sections = [f"# {_words(title)}"]
    for number, turn in enumerate(turns, start=1):
        sections.extend(part for part in _section(number, turn) if part)
    return "\n\n".join(sections) + "\n"


def _section(number: int, turn: KeptTurn) -> Iterator[str]:
    answer = turn.answer
    yield f"## {_words(answer.question)}"
    yield _facts(turn.asked, answer)
    if answer.abstained:
        yield "**Not answered.**"
    yield _text(number, answer)
    if answer.disagreements:
        yield "**The documents disagree:**"
        yield _list(_said(number, each, answer.citations) for each in answer.disagreements)
    if answer.abstained and not answer.citations and answer.passages:
        yield "Nearest in the documents:"
        yield _list(_nearest(each) for each in answer.passages[:_NEAREST])
    yield _list(f"*{_words(note)}*" for note in answer.notes)
    yield "\n".join(
        f"[^{number}-{each.number}]: “{_words(each.quote)}” — {_words(origin(each))}"
        for each in answer.citations
    )


def _facts(asked: datetime, answer: Answer) -> str:
    facts = [f"Asked {asked.astimezone():%Y-%m-%d %H:%M}", f"model {_words(answer.model)}"]
    if answer.rewritten:
        facts.append(f"understood as “{_words(answer.rewritten)}”")
    return f"*{' · '.join(facts)}*"


def _text(number: int, answer: Answer) -> str:
    write = plain if answer.quoted or answer.abstained else tame
    text = write(harmless_text(answer.text)).strip()
    if not answer.abstained:
        claims = (replace(claim, text=write(harmless_text(claim.text))) for claim in answer.claims)
        text = mark_unsupported(text, tuple(claims), f"**({UNSUPPORTED})**")
    numbers = {citation.number for citation in answer.citations}

    def note(marker: re.Match[str]) -> str:
        known = int(marker[1]) in numbers
        return f"[^{number}-{int(marker[1])}]" if known else f"\\[{marker[1]}\\]"

    return _MARKER.sub(note, text)


def _said(number: int, said: Disagreement, citations: Iterable[Citation]) -> str:
    titles = {citation.number: citation.title for citation in citations}
    source = titles.get(said.citation) or said.document
    note = f" [^{number}-{said.citation}]" if said.citation in titles else ""
    return f"{_words(said.value)} — {_words(source)}{note}"


def _nearest(passage: Passage) -> str:
    chunk = passage.chunk
    return f"“{_words(chunk.text)}” — {_words(chunk.title or chunk.document)}"


def _list(entries: Iterable[str]) -> str:
    return "\n".join(f"- {entry}" for entry in entries)


def _words(text: str) -> str:
    # A citation's marker would be a link where the reader's own text defines one.
    return _MARKER.sub(r"\\[\1\\]", plain(one_line(text)))

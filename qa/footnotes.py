"""An answer as plain text, for the clipboard and for a file."""

from index.harmless import harmless_text, one_line
from qa.answer import UNSUPPORTED as WARNING
from qa.answer import Answer, Citation, Claim

SUPPORTED = "✓"
UNSUPPORTED = "⚠ unsupported"
_COPIES = 3
"""Copies of a document that are named; more are counted."""


def place(citation: Citation) -> str:
    """Where in its document a quote stands, as far as that is known.

    >>> place(Citation(1, "a.txt", "A", "x", 0, 1, document_id=1, lines=(3, 3)))
    'line 3'
    """
    if citation.page is not None:
        return f"p. {citation.page}"
    if citation.lines is None:
        return ""
    first, last = citation.lines
    return f"line {first}" if first == last else f"lines {first}–{last}"


def also(citation: Citation) -> str:
    """Under which names the quoted document is there besides; empty where it has but one.

    >>> also(Citation(1, "a", "A", "x", 0, 1, document_id=1, copies=("b", "c", "d", "e", "f")))
    'also b, c, d and 2 more'
    """
    names, more = citation.copies[:_COPIES], len(citation.copies) - _COPIES
    told = ", ".join(names) + (f" and {more} more" if more > 0 else "")
    return f"also {told}" if told else ""


def origin(citation: Citation) -> str:
    """A quote's title, path, place and date, on one line."""
    parts = [citation.title, citation.document, place(citation), citation.date, also(citation)]
    shown = [one_line(part) for part in dict.fromkeys(parts) if part]
    return " · ".join(shown)


def mark_unsupported(text: str, claims: tuple[Claim, ...], mark: str) -> str:
    """The answer's text with a mark after each claim that nothing supports.

    A claim that does not stand in the text word for word is marked on a line of its own, so
    that no warning is lost.
    """
    after, lost = 0, []
    for claim in claims:
        at = text.find(claim.text, after) if claim.text else -1
        if at >= 0:
            after = at + len(claim.text)
        if claim.supported:
            continue
        if at >= 0:
            text = f"{text[:after]} {mark}{text[after:].removeprefix(f' {WARNING}')}"
            after += len(mark) + 1
        else:
            lost.append(f"{mark}: {claim.text}")
    return "\n\n".join([text, *lost])


def cited_words(citation: Citation) -> str:
    """A quote and where it stands."""
    return f"“{one_line(citation.quote)}” — {origin(citation)}"


def footnoted(answer: Answer) -> str:
    """The answer, its warnings, and below it the words that each citation stands for."""
    text = (
        answer.text
        if answer.abstained
        else mark_unsupported(answer.text, answer.claims, f"({UNSUPPORTED})")
    )
    notes = [f"[{citation.number}] {cited_words(citation)}" for citation in answer.citations]
    return "\n\n".join(part for part in (harmless_text(text).strip(), "\n".join(notes)) if part)

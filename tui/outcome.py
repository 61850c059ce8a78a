"""The parts of a finished answer, each a widget."""

from collections.abc import Iterator
from dataclasses import replace

from textual.containers import ItemGrid
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from index.errors import LecternError
from index.harmless import harmless_text, one_line
from qa.answer import Answer
from qa.footnotes import UNSUPPORTED, mark_unsupported
from qa.markdown_text import escaped
from tui.prose import Prose
from tui.quotation import Quotation
from tui.sources import citations_to_show


def outcome(answer: Answer) -> Iterator[Widget]:
    """What an answer shows, from top to bottom."""
    if answer.abstained:
        yield from _refusal(answer)
    else:
        numbers = [citation.number for citation in answer.citations]
        yield Prose(_markdown(answer), citations=numbers, classes="answer")
    if answer.disagreements:
        yield Static("≠ The documents disagree", classes="heading", markup=False)
        yield _disagreements(answer)
    for note in answer.notes:
        yield Static(f"· {harmless_text(note)}", classes="note", markup=False)


def failure(error: LecternError) -> Widget:
    """What happened instead of an answer, and what to do about it."""
    message = Content.assemble(("✖ ", "bold"), (harmless_text(str(error)), "bold"))
    if error.hint:
        message = Content.assemble(message, f"\n{harmless_text(error.hint)}")
    return Static(message, classes="failure", markup=False)


def _refusal(answer: Answer) -> Iterator[Widget]:
    text = Content.assemble(("○ Not answered", "bold"), f"\n{harmless_text(answer.text)}")
    yield Static(text, classes="refusal", markup=False)
    if nearest := citations_to_show(answer):
        yield Static("Nearest in your documents", classes="nearest", markup=False)
        yield Quotation(nearest[0])


def _markdown(answer: Answer) -> str:
    # A quoted answer is a document's text, and shows letter for letter.
    write = escaped if answer.quoted else str
    text = harmless_text(write(answer.text))
    claims = tuple(replace(claim, text=harmless_text(write(claim.text))) for claim in answer.claims)
    return mark_unsupported(text, claims, f"`{UNSUPPORTED}`")


def _disagreements(answer: Answer) -> Widget:
    titles = {citation.number: citation.title for citation in answer.citations}
    cards = [
        Static(
            Content.assemble(
                (f"{one_line(said.value)}\n", "bold"),
                (one_line(titles.get(said.citation) or said.document), "dim"),
                (f" [{said.citation}]", "dim"),
            ),
            classes="value",
            markup=False,
        )
        for said in answer.disagreements
    ]
    return ItemGrid(*cards, min_column_width=22, classes="values")

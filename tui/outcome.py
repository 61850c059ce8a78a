"""The parts of a finished answer, each a widget."""

from collections.abc import Iterator

from textual.containers import ItemGrid
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from index.errors import LecternError
from index.harmless import harmless_text, one_line
from qa.answer import Answer, Citation
from tui.claim_view import ClaimView
from tui.quotation import Quotation
from tui.quoted_view import QuotedView
from tui.sources import citations_to_show
from tui.statements import statements
from tui.value_card import ValueCard
from tui.verdict import verdict


def outcome(answer: Answer) -> Iterator[Widget]:
    """What an answer shows, from top to bottom."""
    if answer.abstained:
        yield from _refusal(answer)
    else:
        yield from _claims(answer)
    if checked := verdict(answer):
        yield Static(checked, classes="verdict", markup=False)
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


def _claims(answer: Answer) -> Iterator[Widget]:
    if answer.quoted:
        yield Static("In the documents' own words", classes="own-words", markup=False)
    numbers = [citation.number for citation in answer.citations]
    for statement in statements(answer.text, answer.claims):
        if statement.quoted:
            yield QuotedView(statement.text, numbers)
        else:
            yield ClaimView(statement, numbers)


def _refusal(answer: Answer) -> Iterator[Widget]:
    nearest = citations_to_show(answer)
    text = _before_quote(answer.text, nearest)
    message = Content.assemble(("○ Not answered", "bold"), f"\n{harmless_text(text)}")
    yield Static(message, classes="refusal", markup=False)
    if nearest:
        yield Static("Nearest in your documents", classes="nearest", markup=False)
        yield Quotation(nearest[0])


def _before_quote(text: str, nearest: tuple[Citation, ...]) -> str:
    """The refusal without the sentence that introduces a quote, where the quote stands below."""
    quote = f"“{one_line(nearest[0].quote)}”" if nearest else ""
    at = one_line(text).find(quote) if quote else -1
    if at < 0:
        return text
    before, stop, _ = one_line(text)[:at].rpartition(". ")
    return f"{before}{stop}".strip() or text


def _disagreements(answer: Answer) -> Widget:
    by_number = {citation.number: citation for citation in answer.citations}
    cards = [
        ValueCard(said.value, by_number.get(said.citation), said.document)
        for said in answer.disagreements
    ]
    return ItemGrid(*cards, min_column_width=22, classes="values")

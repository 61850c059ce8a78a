"""A document's own words."""

from textual.content import Content
from textual.widgets import Static

from index.harmless import one_line
from qa.answer import Citation
from qa.footnotes import place


class Quotation(Static):
    """A quote and where it comes from; never read as markup."""

    def __init__(self, citation: Citation) -> None:
        source = " · ".join(
            one_line(part)
            for part in (citation.title or citation.document, place(citation), citation.date)
            if part
        )
        super().__init__(
            Content.assemble(f"“{one_line(citation.quote)}”\n", (f"— {source}", "dim")),
            markup=False,
        )

"""A draft: what is asked, and what is to be right."""

from collections.abc import Iterator

from textual.content import Content
from textual.widgets import Static

from index.harmless import one_line
from qa.evaluating import Draft


class DraftView(Static):
    """The draft as it stands in the file."""

    def __init__(self) -> None:
        super().__init__(id="draft", markup=False)

    def show_draft(self, draft: Draft) -> None:
        """Show a draft."""
        self.update(Content.assemble(*_parts(draft)))


def _parts(draft: Draft) -> Iterator[str | tuple[str, str]]:
    yield one_line(draft.question), "bold"
    yield "\n\n"
    right = " | ".join(map(one_line, draft.answers)) if draft.answerable else "a refusal"
    yield "right is  ", "dim"
    yield f"{right or 'any document below; only search is measured'}\n"
    if draft.documents:
        yield "it is in  ", "dim"
        yield f"{', '.join(map(one_line, draft.documents))}\n"
    yield f"{_about(draft)}", "dim"


def _about(draft: Draft) -> str:
    asks = "It asks for a" if draft.answerable else "Nothing should answer it"
    kind = one_line(draft.kind)
    if not kind:
        return ""
    return f"{asks} {kind}." if draft.answerable else f"{asks}: {kind}."

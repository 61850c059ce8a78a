"""How an answer differs from the one that the same question got before."""

from collections.abc import Iterator

from textual.content import Content
from textual.widgets import Static

from index.harmless import one_line
from qa.answer import Answer, Citation
from qa.difference import Difference, difference
from qa.footnotes import place

_STYLES = {"=": "dim", "-": "$text-error", "+": "$text-success"}


class DifferenceView(Static):
    """Says whether an answer is the same as before; else shows what went and what came."""

    def __init__(self, earlier: Answer, later: Answer) -> None:
        found = difference(earlier, later)
        super().__init__(
            Content("\n").join([_heading(found, earlier, later), *_changes(found)]),
            classes="difference -same" if found.same else "difference",
            markup=False,
        )


def _heading(found: Difference, earlier: Answer, later: Answer) -> Content:
    if found.same:
        said = "= The same answer as before"
    elif earlier.abstained and later.abstained:
        said = "≠ Not answered before either, for other reasons"
    elif earlier.abstained:
        said = "≠ Answered now, not before"
    elif later.abstained:
        said = "≠ Not answered any more"
    elif found.same_text:
        said = "≠ The same words, from other sources"
    else:
        said = "≠ Another answer than before"
    models = one_line(later.model)
    if earlier.model != later.model:
        models = f"{one_line(earlier.model)} → {models}"
    return Content.assemble((said, "bold"), (f"  {models}", "dim"))


def _changes(found: Difference) -> Iterator[Content]:
    if not found.same_text:
        for sign, line in found.lines:
            yield _line(sign, one_line(line))
    for citation in found.went:
        yield _line("-", f"source: {_source(citation)}")
    for citation in found.came:
        yield _line("+", f"source: {_source(citation)}")


def _line(sign: str, text: str) -> Content:
    shown = " " if sign == "=" else sign
    return Content.styled(f"{shown} {text}", _STYLES[sign])


def _source(citation: Citation) -> str:
    title = one_line(citation.title or citation.document)
    where = f", {place(citation)}" if place(citation) else ""
    return f"{title}{where} “{one_line(citation.quote)}”"

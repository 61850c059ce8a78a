"""A line of an answer: its emphasis, and its citation markers as links."""

import re
from collections.abc import Collection

from markdown_it.token import Token
from textual.content import Content, Span
from textual.style import Style

from tui.prose import harmless_parser

MARKER = re.compile(r"\[(\d{1,4})\]")
_STYLES = {
    "strong_open": "bold",
    "em_open": "italic",
    "s_open": "strike",
}


def written(text: str, citations: Collection[int]) -> Content:
    """A model's words, whose emphasis is shown; the markers of `citations` can be clicked."""
    (line,) = harmless_parser().parseInline(text)
    return _linked(_styled(line.children or []), citations)


def copied(text: str, citations: Collection[int]) -> Content:
    """A document's words letter for letter; the markers of `citations` can be clicked."""
    return _linked(Content(text), citations)


def marked(content: Content, number: int) -> Content:
    """The text with the markers of one citation standing out."""
    for match in MARKER.finditer(content.plain):
        if int(match[1]) == number:
            content = content.stylize("reverse", *match.span())
    return content


def _styled(tokens: list[Token]) -> Content:
    said, spans = "", []
    open_styles: list[tuple[str, int]] = []
    for token in tokens:
        if token.type in _STYLES:
            open_styles.append((_STYLES[token.type], len(said)))
        elif token.type.endswith("_close"):
            style, start = open_styles.pop()
            spans.append(Span(start, len(said), style))
        elif token.type == "code_inline":
            spans.append(Span(len(said), len(said) + len(token.content), "bold dim"))
            said += token.content
        else:
            said += "\n" if token.type in ("softbreak", "hardbreak") else token.content
    return Content(said, spans)


def _linked(content: Content, citations: Collection[int]) -> Content:
    for match in MARKER.finditer(content.plain):
        number = int(match[1])
        if number in citations:
            link = Style.from_meta({"@click": f"open_citation({number})"})
            content = content.stylize(link, *match.span())
    return content

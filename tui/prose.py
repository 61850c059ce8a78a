"""A model's words as Markdown, with nothing in it that acts."""

import re
from collections.abc import Collection
from functools import partial

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from textual.widgets import Markdown

_MARKER = re.compile(r"\[(\d{1,4})\]")
_SCHEME = "citation:"


class Prose(Markdown):
    """Markdown without HTML, links, images or entities: they show as they are written.

    The one thing that can be clicked is a citation's marker.
    """

    def __init__(
        self, text: str = "", *, citations: Collection[int] = (), classes: str | None = None
    ) -> None:
        """Show `text`.

        Args:
            text: The Markdown to begin with.
            citations: The numbers whose markers, such as `[1]`, can be clicked.
            classes: CSS classes.
        """
        super().__init__(
            text, classes=classes, parser_factory=partial(_parser, citations), open_links=False
        )


def cited(clicked: Markdown.LinkClicked) -> int:
    """The number of the citation whose marker was clicked."""
    return int(clicked.href.removeprefix(_SCHEME))


def _parser(citations: Collection[int]) -> MarkdownIt:
    parser = MarkdownIt("gfm-like", {"html": False, "linkify": False})
    parser.disable(["link", "image", "autolink", "linkify", "entity", "reference"])
    parser.inline.ruler.before("escape", "citation", partial(_read_marker, citations))
    return parser


def _read_marker(citations: Collection[int], state: StateInline, silent: bool) -> bool:
    match = _MARKER.match(state.src, state.pos)
    if match is None or int(match[1]) not in citations:
        return False
    if not silent:
        state.push("link_open", "a", 1).attrs = {"href": f"{_SCHEME}{match[1]}"}
        state.push("text", "", 0).content = match[0]
        state.push("link_close", "a", -1)
    state.pos = match.end()
    return True

"""A model's words as Markdown, with nothing in it that acts."""

from markdown_it import MarkdownIt
from textual.widgets import Markdown


class Prose(Markdown):
    """Markdown without HTML, links, images or entities: they show as they are written."""

    def __init__(self, *, classes: str | None = None) -> None:
        super().__init__(classes=classes, parser_factory=harmless_parser, open_links=False)


def harmless_parser() -> MarkdownIt:
    """Reads Markdown without what could act or hide."""
    parser = MarkdownIt("gfm-like", {"html": False, "linkify": False})
    return parser.disable(["link", "image", "autolink", "linkify", "entity", "reference"])

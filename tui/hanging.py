"""Text with a sign in its margin, as one thing to lay out."""

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

_MARGIN = 2
"""Cells."""


class Hanging(Visual):
    """The sign stands before the first line, and nothing before the others."""

    def __init__(self, sign: Content, body: Content) -> None:
        """Hang `body` beside `sign`, which is one cell wide."""
        self._sign = sign
        self._body = body

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        lines = self._body.render_strips(max(1, width - _MARGIN), height, style, options)
        margins = self._sign.render_strips(_MARGIN, 1, style, options)
        blank = Strip.blank(_MARGIN, style.rich_style)
        margins += [blank] * (len(lines) - len(margins))
        return [
            Strip.join([margin.extend_cell_length(_MARGIN, style.rich_style), line])
            for margin, line in zip(margins, lines, strict=True)
        ]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return self._body.get_optimal_width(rules, container_width) + _MARGIN

    def get_minimal_width(self, rules: RulesMap) -> int:
        return self._body.get_minimal_width(rules) + _MARGIN

    def get_height(self, rules: RulesMap, width: int) -> int:
        return self._body.get_height(rules, max(1, width - _MARGIN))

"""Every key of where one is, and what stands there."""

from collections.abc import Iterable
from inspect import cleandoc
from typing import ClassVar, Self

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.widgets import Markdown, Static

from tui.keys import keys_of, own_keys

Keys = Iterable[tuple[DOMNode, Binding]]
_MARGIN = 14
"""Cells for the keys, before what they do."""


class Help(ModalScreen[None]):
    """Scrolls with the keys that scroll anything; the one that opened it closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,question_mark", "dismiss", "Close"),
    ]

    def __init__(self, about: str, keys: Content) -> None:
        """Show what is said about a place, as Markdown, and the keys that it has."""
        super().__init__()
        self._about = about
        self._keys = keys

    @classmethod
    def of(cls, screen: Screen[object]) -> Self:
        """The help for a screen, and for what has the focus there."""
        nodes = screen.focused.ancestors_with_self if screen.focused else [screen]
        about = next((node.HELP for node in nodes if node.HELP), None) or ""
        here, anywhere = _rows(keys_of(screen)), _rows(own_keys(screen.app))
        heading = ("\nEverywhere\n", "bold $text-primary")
        return cls(cleandoc(about), Content.assemble(*here, heading, *anywhere))

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="help") as page:
            page.border_title = "Help"
            page.border_subtitle = "Escape closes it"
            yield Markdown(self._about)
            yield Static(self._keys)


def _rows(keys: Keys) -> Iterable[Content]:
    """A line for each thing that can be done, with the keys that do it."""
    does: dict[str, tuple[Binding, list[str]]] = {}
    for node, binding in keys:
        if binding.description and not binding.system:
            shown = does.setdefault(binding.action, (binding, []))[1]
            key = node.app.get_key_display(binding)
            shown.extend([key] if key not in shown else [])
    for binding, shown in does.values():
        yield Content.assemble(
            (f"{' '.join(shown):>{_MARGIN}}", "bold $text-accent"),
            f"  {binding.description}",
            (f"  {binding.tooltip}" if binding.tooltip else "", "dim"),
            "\n",
        )

"""The keys that Lectern gave a place, without those that Textual's own widgets add."""

from collections.abc import Iterator

from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen


def keys_of(screen: Screen[object]) -> Iterator[tuple[DOMNode, Binding]]:
    """Those of the screen and of what has the focus there, innermost first, each with its owner."""
    focused = screen.focused
    for node in focused.ancestors_with_self if focused else (screen,):
        if node is screen.app:
            return
        yield from own_keys(node)


def own_keys(node: DOMNode) -> Iterator[tuple[DOMNode, Binding]]:
    """Those that one node declares."""
    owners = (each for each in type(node).__mro__ if each.__module__.startswith("tui."))
    for declared in (each for owner in owners for each in vars(owner).get("BINDINGS", ())):
        if isinstance(declared, Binding):
            for binding in Binding.make_bindings([declared]):
                yield node, binding

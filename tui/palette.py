"""What the keys do where one is, as commands of the palette."""

from collections.abc import Iterator
from functools import partial

from textual.actions import parse
from textual.app import SystemCommand
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen

from tui.keys import keys_of


def commands_of(screen: Screen[object]) -> Iterator[SystemCommand]:
    """All that has a key there and can be done at present.

    Keys that an input would take for letters are offered too. Left out is what Textual's own
    widgets add, and what the app offers on every screen.
    """
    said: set[str] = set()
    for node, binding in keys_of(screen):
        # A digit by itself says nothing in a list of commands.
        if binding.description in said | {""} or binding.key.isdigit() or not _can(node, binding):
            continue
        said.add(binding.description)
        shown = screen.app.get_key_display(binding)
        about = f"{binding.tooltip}  ({shown})" if binding.tooltip else f"Key: {shown}"
        run = partial(screen.app.run_action, binding.action, node)
        yield SystemCommand(binding.description, about, run)


def _can(node: DOMNode, binding: Binding) -> bool:
    """Whether the action may run now; what names another node than its own is left out."""
    owner, name, parameters = parse(binding.action)
    return not owner and bool(node.check_action(name, parameters))

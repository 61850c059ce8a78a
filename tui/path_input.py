"""Where a path is typed."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from tui.path_completion import pasted


class PathInput(Input):
    """One line that asks to be completed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "Complete"),
        Binding("down", "choose(1)", "Choose", key_display="↓"),
        Binding("up", "choose(-1)", "Choose", show=False),
    ]

    @dataclass
    class Complete(Message):
        """What is typed should be completed."""

    @dataclass
    class Choose(Message):
        """Another of the completions should be chosen."""

        by: int

    def __init__(self) -> None:
        super().__init__(placeholder="~/Documents", id="path", select_on_focus=False)

    def put(self, path: str) -> None:
        """Replace what is typed."""
        self.value = path
        self.cursor_position = len(path)

    def action_complete(self) -> None:
        self.post_message(self.Complete())

    def action_choose(self, by: int) -> None:
        self.post_message(self.Choose(by))

    def action_cursor_right(self, select: bool = False) -> None:
        """At the end of the line, complete it."""
        if self.cursor_at_end and not select:
            self.action_complete()
        else:
            super().action_cursor_right(select)

    def on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.insert_text_at_cursor(pasted(event.text))

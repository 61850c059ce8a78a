"""What is to be run, and how."""

from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Input, Label

from index.harmless import one_line
from qa.evaluating import Order
from tui.evaluation.messages import MakeWanted, ReviewChosen, RunOrdered
from tui.evaluation.tick import Tick


class OrderForm(VerticalScroll):
    """The fields of an order; Enter in any of them runs it."""

    BORDER_TITLE = "Run"
    HELP = """\
    **Enter** runs the set. Without a folder a set that comes with Lectern is asked over the
    documents it brings along, and any other one over your shelf.
    """

    def __init__(self) -> None:
        super().__init__(id="order", can_focus=False)
        self._set = Input("seeds", placeholder="a set's name, or a .jsonl file", id="set")
        self._folder = Input(placeholder="the set's own, or your shelf", id="folder")
        self._limit = Input(placeholder="all", type="integer", id="limit")
        self._search = Tick("Search only, no model", id="search-only", compact=True)
        self._drafts = Tick("Ask drafts too", id="ask-drafts", compact=True)

    def compose(self) -> ComposeResult:
        fields = (("Set", self._set), ("Folder", self._folder), ("First N cases", self._limit))
        for name, field in fields:
            with Horizontal(classes="field"):
                yield Label(name)
                yield field
        with Horizontal(classes="field"):
            yield self._search
            yield self._drafts
        with Horizontal(classes="buttons"):
            yield Button("Run", id="run-it", compact=True, variant="primary")
            yield Button("Review drafts", id="review-it", compact=True)
            yield Button("Draft a set …", id="make-it", compact=True)

    def name_set(self, name: str) -> None:
        """Put a set's name in."""
        self._set.value = name

    def order(self) -> Order:
        """What the fields say."""
        folder, limit = self._folder.value.strip(), self._limit.value
        return Order(
            set=self._set.value.strip(),
            documents=Path(folder).expanduser() if folder else None,
            limit=int(limit) if limit.lstrip("+-").isdecimal() else None,
            retrieval_only=self._search.value,
            drafts=self._drafts.value,
        )

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(RunOrdered(self.order()))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        if event.button.id == "run-it":
            self.post_message(RunOrdered(self.order()))
        elif event.button.id == "make-it":
            self.post_message(MakeWanted())
        elif name := self._set.value.strip():
            self.post_message(ReviewChosen(name))

    def on_paste(self) -> None:
        self._set.value = one_line(self._set.value)

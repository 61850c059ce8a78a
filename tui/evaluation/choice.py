"""What to do: run a set, look through an earlier evaluation, go through drafts."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from index.errors import LecternError
from index.harmless import harmless_text
from qa.evaluating import Listing
from tui.evaluation.messages import MakeWanted, RunOrdered
from tui.evaluation.order_form import OrderForm
from tui.evaluation.record_list import RecordList
from tui.evaluation.set_list import SetList


class ChoicePane(Vertical):
    """The sets with the order beside them, and the earlier evaluations below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r", "run", "Run", show=False),
        Binding("g", "make", "Draft a set"),
    ]

    def __init__(self) -> None:
        super().__init__(id="choice")
        self._sets = SetList()
        self._form = OrderForm()
        self._records = RecordList()
        self._said = Static(id="choice-said", markup=False)

    def compose(self) -> ComposeResult:
        yield self._said
        with Horizontal(classes="beside"):
            yield self._sets
            yield self._form
        yield self._records

    def on_mount(self) -> None:
        self.say("")

    def enter(self) -> None:
        """Take the focus."""
        self._sets.focus()

    def put(self, listing: Listing) -> None:
        """Show what there is to choose from."""
        self._sets.put(listing.sets)
        self._records.put(listing)

    def say(self, text: str) -> None:
        """Say something above the lists; nothing where it is empty."""
        self._said.update(harmless_text(text))
        self._said.display = bool(text)

    def fail(self, error: LecternError) -> None:
        """Say what could not be done, and the way out."""
        self.say(f"✖ {error}\n{error.hint}".strip())

    def on_set_list_named(self, message: SetList.Named) -> None:
        self._form.name_set(message.name)

    def on_set_list_ordered(self) -> None:
        self._form.name_set(self._sets.named)
        self.action_run()

    def action_run(self) -> None:
        self.post_message(RunOrdered(self._form.order()))

    def action_make(self) -> None:
        self.post_message(MakeWanted())

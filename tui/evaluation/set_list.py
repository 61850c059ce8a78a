"""The sets that can be run."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from index.harmless import one_line
from qa.evaluating import CaseSet
from tui.evaluation.messages import ReviewChosen


class SetList(OptionList):
    """The highlighted set is what the order names."""

    BORDER_TITLE = "Sets"
    HELP = "**Enter** runs the set as ordered beside it; **d** goes through its drafts."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "order", "Run"),
        Binding("d", "review", "Drafts"),
    ]

    class Named(Message):
        """A set was chosen by moving to it."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    class Ordered(Message):
        """The highlighted set should be run."""

    def __init__(self) -> None:
        super().__init__(Option("Looking for sets …", disabled=True), id="sets", markup=False)
        self._sets: tuple[CaseSet, ...] = ()

    def put(self, sets: Sequence[CaseSet]) -> None:
        """Replace the sets; the same one stays highlighted."""
        named = self.named
        self._sets = tuple(sets)
        self.set_options(Option(_entry(one)) for one in sets)
        names = [one.name for one in sets]
        self.highlighted = names.index(named) if named in names else 0 if names else None

    @property
    def named(self) -> str:
        """Name of the highlighted set; empty where there is none."""
        at = self.highlighted
        return self._sets[at].name if at is not None and at < len(self._sets) else ""

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        # What was typed meanwhile is not written over by a list that is only filled.
        if self.has_focus:
            self.post_message(self.Named(self.named))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        # A click only moves there: a run takes minutes, and nobody asked for one.
        event.stop()

    def action_order(self) -> None:
        if self.named:
            self.post_message(self.Ordered())

    def action_review(self) -> None:
        if self.named:
            self.post_message(ReviewChosen(self.named))


def _entry(one: CaseSet) -> Content:
    path = Path(one.name)
    name = one_line(path.name)
    if one.fault:
        return Content.assemble((f"{name}  ", "bold"), (f"✖ {one_line(one.fault)}", "dim"))
    drafts = f", {one.drafts} of them drafts" if one.drafts else ""
    folder = f"  {one_line(str(path.parent))}" if path.is_absolute() else ""
    return Content.assemble((name, "bold"), f"  {one.cases} cases{drafts}", (folder, "dim"))

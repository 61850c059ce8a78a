"""A set being drafted: how it goes, and the questions so far."""

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, ProgressBar, Static
from textual.widgets.option_list import Option

from index.errors import LecternError
from index.harmless import harmless_text, one_line
from qa.drafting import Drafted, DraftEvent, DraftOrder, DraftsKept
from qa.evaluating import Preparing
from tui.evaluation.messages import ReviewChosen

_NONE = "No case came of these documents: too few sentences state a number, a date or a name."


class MakingPane(Vertical):
    """The bar, a line, and the drafts as they come."""

    HELP = "Drafts are made from your documents; none counts before you have accepted it."
    BINDINGS: ClassVar[list[BindingType]] = [Binding("d", "review", "Go through the drafts")]

    def __init__(self) -> None:
        super().__init__(id="making")
        self._made: Path | None = None
        self._stopped = False
        self._bar = ProgressBar(show_eta=False, show_percentage=False)
        self._said = Static(classes="said", markup=False)
        self._list = OptionList(id="made", markup=False)
        self._list.border_title = "Drafts"

    def compose(self) -> ComposeResult:
        with Vertical(classes="progress"):
            yield self._bar
            yield self._said
        yield self._list

    def enter(self) -> None:
        """Take the focus."""
        self._list.focus()

    def begin(self, order: DraftOrder) -> None:
        """A set is about to be drafted."""
        self._made, self._stopped = None, False
        self._list.clear_options()
        self._list.border_subtitle = ""
        self._bar.update(total=order.count, progress=0)
        self._say("", "Beginning …")

    def follow(self, event: DraftEvent) -> None:
        """It got a step further."""
        match event:
            case Preparing(line):
                if not self._stopped:
                    self._say("", f"{one_line(line)} …")
            case Drafted():
                self._bar.update(total=event.total, progress=event.number)
                self._list.add_option(Option(_entry(event)))
                self._list.border_subtitle = f"{event.number} of {event.total}"
            case DraftsKept():
                self._finish(event)

    def stopping(self) -> None:
        """The person has asked for no more."""
        self._stopped = True
        self._say("Stopping …", "")

    def fail(self, error: LecternError) -> None:
        """It came to a bad end; what was made by then is in the file."""
        self._say(f"✖ {error}", error.hint)

    def _finish(self, kept: DraftsKept) -> None:
        if not kept.cases:
            self._say(_NONE, "")
            return
        self._made = kept.path
        made = "1 draft" if kept.cases == 1 else f"{kept.cases:,} drafts"
        few = f" of the {kept.wanted:,} that were wanted" if kept.cases < kept.wanted else ""
        where = f"in {one_line(str(kept.path))}; d goes through them."
        self._say(f"{made}{few}", where)
        self.refresh_bindings()

    def _say(self, strong: str, weak: str) -> None:
        between = "  " if strong and weak else ""
        said = ((harmless_text(strong), "bold"), between, (one_line(weak), "dim"))
        self._said.update(Content.assemble(*said))

    def action_review(self) -> None:
        if self._made is not None:
            self.post_message(ReviewChosen(str(self._made)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to go through before it is over."""
        if action == "review":
            return self._made is not None
        return super().check_action(action, parameters)


def _entry(made: Drafted) -> Content:
    return Content.assemble(one_line(made.question), (f"  {one_line(made.kind)}", "dim"))

"""Going through the drafts of a case file, each beside its evidence."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from index.errors import LecternError
from index.harmless import harmless_text, one_line
from qa.answer import Citation
from qa.evaluating import Draft
from tui.evaluation.decisions import Decisions, TextOf
from tui.evaluation.draft_form import DraftForm
from tui.evaluation.draft_view import DraftView
from tui.evaluation.evaluations import Review
from tui.evaluation.messages import Decided, ErrandFailed, EvidenceRead
from tui.source_view import SourceView
from tui.top_bar import TopBar

NO_TEXT = LecternError(
    "The document is in no index here, so only the quoted words can be shown.",
    hint="Index its folder (F3, or `lectern index FOLDER`) to see them in their surroundings.",
)
DONE = "No drafts are left in this file."


class ReviewScreen(Screen[None]):
    """The drafts that are left, one of them with its evidence; each decision is kept at once."""

    AUTO_FOCUS = "#drafts"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012  (Textual's own type)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "accept", "Accept"),
        Binding("e", "edit", "Edit"),
        Binding("d", "delete", "Delete"),
        Binding("s", "skip", "Skip"),
        Binding("u", "undo", "Undo"),
        Binding("n", "evidence(1)", "Next evidence"),
        Binding("p", "evidence(-1)", "Evidence before", show=False),
        Binding("escape", "back", "Back"),
    ]

    def __init__(self, review: Review, drafts: tuple[Draft, ...], text_of: TextOf) -> None:
        """Make the screen.

        Args:
            review: Takes the decisions.
            drafts: What it has to be decided on.
            text_of: The text that a citation stands in; may take a while.
        """
        super().__init__()
        self._decisions = Decisions(review, text_of, self.post_message)
        self._drafts = drafts
        self._deciding = False
        self._leaving = ""
        """Id of the draft that is being accepted or deleted: who goes on means the next one."""
        self._saved: DraftForm.Saved | None = None
        self._to_delete = ""
        self._evidence = 0
        self._counted = Static(markup=False)
        self._list = OptionList(id="drafts", markup=False)
        self._view = DraftView()
        self._form = DraftForm()
        self._source = SourceView()
        self._said = Static(id="said", markup=False)

    def compose(self) -> ComposeResult:
        yield TopBar(f"Drafts · {self._decisions.path.name}", self._counted)
        with Horizontal(classes="beside"):
            yield self._list
            with Vertical(id="draft-beside"):
                yield self._view
                yield self._form
                yield self._source
        yield self._said
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self._form.display = False
        self._fill(0)

    @property
    def draft(self) -> Draft | None:
        """The one that is looked at."""
        at = self._list.highlighted
        return self._drafts[at] if at is not None and at < len(self._drafts) else None

    def _fill(self, at: int) -> None:
        left = len(self._drafts)
        self._counted.update(f"{left} left to decide on")
        self._list.set_options(Option(one_line(draft.question)) for draft in self._drafts)
        self._list.highlighted = min(at, left - 1) if left else None
        for widget in (self._list, self._source):
            widget.display = bool(left)
        if left:
            self._show()
        else:
            self._view.update(f"{DONE} Escape goes back; the set can be run now.")

    def _show(self) -> None:
        if (draft := self.draft) is not None:
            self._view.show_draft(draft)
            self._evidence = 0
            self._show_evidence()

    def _show_evidence(self) -> None:
        quotes = self.draft.evidence if self.draft else ()
        number = f" {self._evidence + 1} of {len(quotes)}" if len(quotes) > 1 else ""
        self._source.border_title = f"Evidence{number}"
        if quotes:
            self._read(quotes[self._evidence])
        else:
            self._source.clear()

    # What is done in threads

    @work(thread=True, exclusive=True, group="reading")
    def _read(self, citation: Citation) -> None:
        self._decisions.read(citation)

    @work(thread=True, group="deciding")
    def _keep(self, decision: Callable[[], None]) -> None:
        decision()

    def _decide(self, decision: Callable[[], None], *, leaving: str = "") -> None:
        if not self._deciding:
            self._deciding, self._leaving = True, leaving
            self._keep(decision)

    # What came of it

    def on_evidence_read(self, message: EvidenceRead) -> None:
        if self.draft is None or message.citation not in self.draft.evidence:
            return
        if message.text is None:
            self._source.open_failed(message.citation, NO_TEXT)
        else:
            self._source.open_source(message.citation, message.text)

    def on_decided(self, message: Decided) -> None:
        self._deciding, self._leaving = False, ""
        at = self._list.highlighted or 0
        self._drafts = message.drafts
        ids = [draft.id for draft in self._drafts]
        edited = self._edited()
        self._saved = None
        if edited in ids:
            at = ids.index(edited)
        elif message.back and message.id in ids:
            at = ids.index(message.id)
        self._fill(at)
        if edited not in ids:
            self._close_form()
        elif self.draft is not None:
            self._form.draft = self.draft
        self._tell(message.said)

    def _edited(self) -> str:
        """Id of the draft in whose fields there are words that are in no file yet."""
        if self._form.draft is None:
            return ""
        saved = self._saved is not None and self._saved.words == self._form.words
        return "" if saved else self._form.draft.id

    def on_errand_failed(self, message: ErrandFailed) -> None:
        self._deciding, self._leaving, self._saved = False, "", None
        self._tell(f"✖ {message.error} {message.error.hint}")

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._keep_all()
        self._show()

    def on_draft_form_saved(self, message: DraftForm.Saved) -> None:
        if not self._deciding:
            self._saved = message
        self._decide(partial(self._decisions.change, message.draft.id, *message.words))

    def on_draft_form_discarded(self) -> None:
        self._close_form()

    # Keys

    def action_accept(self) -> None:
        if (draft := self.draft) is not None:
            self._decide(partial(self._decisions.accept, draft.id), leaving=draft.id)

    def action_edit(self) -> None:
        self._keep_all()
        if self._leaving:
            self.action_skip()
        draft = self.draft
        if draft is not None and draft.id != self._leaving:
            self._view.display, self._form.display = False, True
            self._form.edit(draft)

    def action_delete(self) -> None:
        if (draft := self.draft) is None:
            return
        if self._to_delete != draft.id:
            self._tell("Delete this draft? d again deletes it.")
            self._to_delete = draft.id
            return

        self._decide(partial(self._decisions.delete, draft.id), leaving=draft.id)

    def action_undo(self) -> None:
        self._decide(self._decisions.undo)

    def action_skip(self) -> None:
        if self._drafts:
            self._list.highlighted = ((self._list.highlighted or 0) + 1) % len(self._drafts)

    def action_evidence(self, by: int) -> None:
        self._keep_all()
        if self.draft and self.draft.evidence:
            self._evidence = (self._evidence + by) % len(self.draft.evidence)
            self._show_evidence()

    def action_back(self) -> None:
        self.dismiss()

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """While a draft is put in other words, its own keys are off."""
        own = {"accept", "edit", "delete", "skip", "undo", "evidence", "back"}
        return not (self._form.display and action in own)

    def _close_form(self) -> None:
        self._form.draft = None
        self._view.display, self._form.display = True, False
        self._list.focus()

    def _keep_all(self) -> None:
        if self._to_delete:
            self._tell("")

    def _tell(self, said: str) -> None:
        self._to_delete = ""
        self._said.update(harmless_text(said))

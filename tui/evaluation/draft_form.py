"""The fields to put a draft in other words."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Label, TextArea

from index.harmless import one_line
from qa.evaluating import Draft


class DraftForm(Vertical):
    """The question, and the accepted answers with a line for each."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save"),
        Binding("escape", "discard", "Discard"),
    ]

    class Saved(Message):
        """The draft should be put so."""

        def __init__(self, draft: Draft, words: tuple[str, tuple[str, ...]]) -> None:
            super().__init__()
            self.draft = draft
            self.words = words
            """The question, and the accepted answers."""

    class Discarded(Message):
        """The draft should stay as it is."""

    def __init__(self) -> None:
        super().__init__(id="draft-form")
        self.draft: Draft | None = None
        """The one in the fields; None where there is none."""
        self._question = Input(id="draft-question", select_on_focus=False)
        self._answers = TextArea(id="draft-answers", tab_behavior="focus", show_line_numbers=False)

    def compose(self) -> ComposeResult:
        yield Label("Question")
        yield self._question
        yield Label("Accepted answers, a line for each; none where a refusal is right")
        yield self._answers

    def edit(self, draft: Draft) -> None:
        """Put a draft into the fields."""
        self.draft = draft
        self._question.value = one_line(draft.question)
        self._answers.text = "\n".join(map(one_line, draft.answers))
        self._question.cursor_position = len(self._question.value)
        self._answers.move_cursor(self._answers.document.end)
        self._question.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_save()

    @property
    def words(self) -> tuple[str, tuple[str, ...]]:
        """The question and the answers as the fields have them.

        What was not touched is as it was, with whatever the fields could not show.
        """
        lines = [line for line in map(one_line, self._answers.text.split("\n")) if line]
        question = one_line(self._question.value)
        if (draft := self.draft) is None:
            return question, tuple(lines)
        answers = {one_line(answer): answer for answer in draft.answers}
        kept = tuple(answers.get(line, line) for line in lines)
        return draft.question if question == one_line(draft.question) else question, kept

    def action_save(self) -> None:
        if (draft := self.draft) is not None:
            self.post_message(self.Saved(draft, self.words))

    def action_discard(self) -> None:
        self.post_message(self.Discarded())

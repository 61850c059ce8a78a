"""A draft: what is asked, and what is to be right; or the fields to put it in other words."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Label, Static, TextArea

from index.harmless import one_line
from qa.evaluating import Draft


class DraftView(Static):
    """The draft as it stands in the file."""

    def __init__(self) -> None:
        super().__init__(id="draft", markup=False)

    def show_draft(self, draft: Draft) -> None:
        """Show a draft."""
        self.update(Content.assemble(*_parts(draft)))


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


def _parts(draft: Draft) -> Iterator[str | tuple[str, str]]:
    yield one_line(draft.question), "bold"
    yield "\n\n"
    right = " | ".join(map(one_line, draft.answers)) if draft.answerable else "a refusal"
    yield "right is  ", "dim"
    yield f"{right or 'any document below; only search is measured'}\n"
    if draft.documents:
        yield "it is in  ", "dim"
        yield f"{', '.join(map(one_line, draft.documents))}\n"
    yield f"{_about(draft)}", "dim"


def _about(draft: Draft) -> str:
    asks = "It asks for a" if draft.answerable else "Nothing should answer it"
    kind = one_line(draft.kind)
    if not kind:
        return ""
    return f"{asks} {kind}." if draft.answerable else f"{asks}: {kind}."

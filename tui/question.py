"""Where a question is typed."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input

from index.harmless import one_line


class QuestionInput(Input):
    """One line, which remembers the questions asked before."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "recall(-1)", "Earlier question", show=False),
        Binding("down", "recall(1)", "Later question", show=False),
        # An input would scroll itself.
        Binding("pageup", "screen.page(-1)", "Scroll up", show=False),
        Binding("pagedown", "screen.page(1)", "Scroll down", show=False),
    ]
    HELP = """\
    Type a question and press **Enter**.

    The answer's sources are listed beside it: **Ctrl+N** and **Ctrl+P** open the next and the
    one before. While an answer is in progress, the next question waits for it; **Escape** takes
    it back, and then stops the answer. **Ctrl+R** puts the last question here again, in the words
    that it was searched for with.

    Elsewhere than here (**Tab** goes on), letters are keys: digits open a source by its number,
    **n** and **p** the next and the one before, **o** opens its file in your editor or viewer,
    **y** copies the answer, **c** the quote.
    """

    def __init__(self) -> None:
        super().__init__(placeholder="Ask your documents …", id="question")
        self._asked: list[str] = []
        self._at = 0
        self._unsent = ""

    def take(self) -> str:
        """The question as typed, remembered and cleared away."""
        question = one_line(self.value)
        if question:
            self._asked = [*(asked for asked in self._asked if asked != question), question]
        self._at = len(self._asked)
        self._unsent = ""
        self.clear()
        return question

    def put(self, question: str) -> None:
        """Replace what is typed."""
        self.value = question
        self.cursor_position = len(question)

    def action_recall(self, step: int) -> None:
        """Go through the earlier questions; past the last stands what was not sent yet."""
        if self._at == len(self._asked):
            self._unsent = self.value
        self._at = min(max(self._at + step, 0), len(self._asked))
        self.put([*self._asked, self._unsent][self._at])

    async def on_key(self, event: events.Key) -> None:
        """No question begins with its mark, which asks for help there; within one it is a letter.

        Not a binding: one of priority would be looked at before what was typed just now is here.
        """
        if event.character == "?" and not self.value:
            event.prevent_default()
            event.stop()
            await self.run_action("app.help")

    def on_paste(self, event: events.Paste) -> None:
        """Take all lines of a pasted text, where an input would take the first."""
        event.prevent_default()
        event.stop()
        self.insert_text_at_cursor(one_line(event.text))

"""Questions to begin with."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from index.harmless import one_line


@dataclass
class Suggested(Message):
    """A suggested question should be asked."""

    question: str


class Suggestions(OptionList):
    """A list of questions, one of them marked; Enter or a click asks one."""

    HELP = "Questions to begin with. **Up** and **Down** mark one, **Enter** or a click asks it."

    def __init__(self) -> None:
        super().__init__(id="suggestions", markup=False)
        self._questions: tuple[str, ...] = ()

    def suggest(self, questions: Sequence[str]) -> None:
        """Replace the list; without questions it is not shown."""
        if tuple(questions) == self._questions:
            return
        self._questions = tuple(questions)
        self.clear_options()
        self.add_options(Option(_entry(question)) for question in questions)
        self.highlighted = 0 if questions else None
        self.display = bool(questions)

    @property
    def marked(self) -> str:
        """The question that Enter asks; empty where there is none."""
        return "" if self.highlighted is None else self._questions[self.highlighted]

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        for at, question in enumerate(self._questions):
            entry = _entry(question, marked=at == self.highlighted)
            self.replace_option_prompt_at_index(at, entry)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(Suggested(self._questions[event.option_index]))


def _entry(question: str, *, marked: bool = False) -> str:
    return f"{'▸' if marked else ' '} {one_line(question)}"

"""The models of which one can be asked, to choose from."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from index.harmless import one_line


class ModelChoice(ModalScreen[str | None]):
    """Ends with the name of the chosen model; None where none was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Back")]

    def __init__(self, names: Sequence[str]) -> None:
        """Show these, in their order."""
        super().__init__()
        self._names = tuple(names)

    def compose(self) -> ComposeResult:
        options = [Option(Content(one_line(name))) for name in self._names]
        choice = OptionList(*options, id="model-choice", markup=False)
        choice.border_title = "Ask again with"
        yield choice

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._names[event.option_index])

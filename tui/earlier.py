"""The line above a conversation of which only the end is laid out."""

from textual.widgets import Static

from tui.messages import EarlierWanted


class Earlier(Static):
    """Says how many turns stand above; a click lays some of them out."""

    def __init__(self) -> None:
        super().__init__(id="earlier", markup=False)
        self.display = False

    def count(self, turns: int) -> None:
        """Say how many there are; nothing where there is none."""
        self.display = bool(turns)
        questions = "1 earlier question" if turns == 1 else f"{turns:,} earlier questions"
        self.update(f"↑ {questions}: Ctrl+Up, or a click")

    def on_click(self) -> None:
        self.post_message(EarlierWanted())

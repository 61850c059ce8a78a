"""A choice between yes and no."""

from textual.widgets import Checkbox


class Tick(Checkbox):
    """A checkbox whose state is a sign, where a plain one has a colour."""

    BUTTON_LEFT, BUTTON_INNER, BUTTON_RIGHT = "[", " ", "]"

    def watch_value(self) -> None:
        self.BUTTON_INNER = "✓" if self.value else " "
        super().watch_value()

"""What has come of the last thing that was done to a model."""

from textual.content import Content
from textual.widgets import Static

from index.errors import LecternError
from index.harmless import harmless_text


class ModelStatus(Static):
    """A line or two; told as a notification too where another screen is in front."""

    def __init__(self) -> None:
        super().__init__(id="model-status", markup=False)

    def say(self, text: str) -> None:
        """Say this; an empty text takes away what stood there."""
        self._show(Content(harmless_text(text)), failed=False)
        if text and not self.screen.is_current:
            self.app.notify(harmless_text(text), markup=False)

    def fail(self, error: LecternError) -> None:
        """Say what went wrong, and what to do about it."""
        text, hint = harmless_text(str(error)), harmless_text(error.hint)
        self._show(
            Content.assemble((f"✖ {text}", "bold"), f"\n{hint}" if hint else ""), failed=True
        )
        if not self.screen.is_current:
            self.app.notify(text, severity="error", markup=False)

    def _show(self, content: Content, *, failed: bool) -> None:
        self.update(content)
        self.display = bool(content.plain)
        self.set_class(failed, "-failed")

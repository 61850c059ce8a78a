"""What stands in the conversation's place before the first question."""

from textual.content import Content
from textual.widgets import Static

from index.errors import LecternError
from index.harmless import harmless_text
from tui.assistant import Assistant, Facts

_TRY = (
    ("Enter", "asks; the exact words an answer rests on open beside it"),
    ("Ctrl+N  Ctrl+P", "next and previous source"),
    ("Ctrl+Y", "copies the answer with its footnotes"),
    ("F1", "shows every key"),
)


class Welcome(Static):
    """Says what is being loaded, what went wrong with that, or how to begin."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(id="welcome", markup=False)
        self._facts = facts

    def on_mount(self) -> None:
        self.opening()

    def opening(self) -> None:
        """The index and the model are being loaded."""
        model = f"the model {self._facts.model}" if self._facts.model else "the answering model"
        lines = [f"Opening the index and {model} …"]
        if self._facts.home:
            lines.append(self._facts.home)
        self._say(
            "\n".join(lines), "\n\nType your question meanwhile; it is asked once they are open."
        )

    def ready(self, assistant: Assistant) -> None:
        """A question can be answered."""
        count = assistant.document_count
        documents = "1 document is" if count == 1 else f"{count:,} documents are"
        keys = "".join(f"\n{key:<16}{does}" for key, does in _TRY)
        self._say(f"{documents} on your shelf. What would you like to know?\n", keys)

    def failed(self, error: LecternError, *, starter: bool) -> None:
        """Say what stands in the way, and what Enter does about it.

        Args:
            error: What was raised when the desk was opened.
            starter: Whether Enter indexes the starter documents.
        """
        if starter:
            offer = "Or press Enter here to index the starter documents and try it on them."
        else:
            offer = "Press Enter here to try again."
        self._say(f"{error}\n{error.hint}".strip(), f"\n\n{offer}")

    def indexing(self, progress: str) -> None:
        """The starter documents are being indexed."""
        self._say("Indexing the starter documents …", f"\n\n{progress}")

    def _say(self, text: str, more: str) -> None:
        heading = ("The reading desk\n\n", "bold $text-primary")
        self.update(Content.assemble(heading, harmless_text(text), (harmless_text(more), "dim")))

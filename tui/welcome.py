"""What stands in the conversation's place before the first question."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from index.errors import LecternError, ModelMissing, NoIndex, UnknownModel
from index.harmless import harmless_text, one_line
from qa.beginning import Beginning
from tui.assistant import Assistant, Facts
from tui.suggestions import Suggestions

_ABOUT = "Ask your own documents; every answer shows the exact words it rests on."
_TRY = (
    ("Enter", "asks; the exact words an answer rests on open beside it"),
    ("Ctrl+N  Ctrl+P", "next and previous source"),
    ("Ctrl+Y", "copies the answer and its footnotes"),
    ("F2 F3 F4 F5", "history, shelf, models, evaluation"),
    ("F1", "shows every key"),
)
_TAKE = (
    ("Enter", "takes the five starter documents, to try it on"),
    ("F3", "adds a folder of your own (or: lectern index PATH)"),
)
_FETCH = (("F4", "fetches one; until then answers are quoted evidence"),)
_ASK = (
    ("Enter", "asks the marked one, as a click does"),
    ("Tab", "goes to the list; Up, Down move in it"),
)


class Welcome(Vertical):
    """Says what is being loaded, what is missing or went wrong, and how to begin."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(id="welcome")
        self._facts = facts
        self._beginning: Beginning | None = None
        self._assistant: Assistant | None = None
        self._failed: tuple[LecternError, bool] | None = None
        self._said = Static(markup=False)
        self._suggestions = Suggestions()

    def compose(self) -> ComposeResult:
        yield self._said
        yield self._suggestions

    def on_mount(self) -> None:
        self.opening()

    @property
    def marked(self) -> str:
        """The suggested question that Enter asks; empty where there is none."""
        return self._suggestions.marked if self.display else ""

    def opening(self) -> None:
        """The index and the model are being loaded."""
        model = f"the model {self._facts.model}" if self._facts.model else "the answering model"
        lines = [f"Opening the index and {model} …"]
        if self._facts.home:
            lines.append(self._facts.home)
        self._assistant = self._failed = None
        self._say(
            "\n".join(lines), "\n\nType your question meanwhile; it is asked once they are open."
        )

    def begin(self, beginning: Beginning) -> None:
        """Take in what is here."""
        self._beginning = beginning
        if self._assistant is not None:
            self.ready(self._assistant)
        elif self._failed is not None:
            error, starter = self._failed
            self.failed(error, starter=starter)

    def ready(self, assistant: Assistant) -> None:
        """A question can be answered."""
        self._assistant = assistant
        count = assistant.document_count
        documents = "1 document is" if count == 1 else f"{count:,} documents are"
        questions = self._beginning.suggestions if self._beginning else ()
        keys = [*(_ASK if questions else ()), *_TRY[1 if questions else 0 :]]
        self._say(
            f"{documents} on your shelf. What would you like to know?\n",
            self._model_step(),
            f"\n{_keys(keys)}",
            "\n\nTo begin with:" if questions else "",
            questions=questions,
        )

    def failed(self, error: LecternError, *, starter: bool) -> None:
        """Say what stands in the way, and what Enter does about it.

        Args:
            error: What was raised when the desk was opened.
            starter: Whether Enter indexes the starter documents.
        """
        self._failed = (error, starter)
        if starter:
            self._first_steps(f"○ 1  Documents: {error}", _ways(_TAKE))
        else:
            ways = [("Enter", "tries again")]
            if isinstance(error, NoIndex):
                ways.append(("F3", "adds a folder of your own"))
            if isinstance(error, ModelMissing | UnknownModel):
                ways.append(("F4", "fetches or chooses another"))
            self._say(f"{error}\n{error.hint}".strip(), f"\n\n{_ways(ways)}")

    def indexing(self, progress: str) -> None:
        """The starter documents are being indexed."""
        self._failed = None
        self._first_steps("… 1  Documents: indexing the starter documents", f"     {progress}")

    def _first_steps(self, documents: str, more: str) -> None:
        model = self._model_step() or "○ 2  Answering model\n"
        self._say(f"{_ABOUT}\n\n{documents}", f"\n{more}\n\n{model}", "\n○ 3  Your first question")

    def _model_step(self) -> str:
        if self._beginning is None:
            return ""
        if model := self._beginning.model:
            return "" if self._assistant else f"✓ 2  Answering model: {one_line(model)}\n"
        number = "" if self._assistant else "2  "
        return f"○ {number}There is no answering model yet.\n{_ways(_FETCH)}\n"

    def _say(self, text: str, *more: str, questions: Iterable[str] = ()) -> None:
        heading = ("The reading desk\n\n", "bold $text-primary")
        rest = harmless_text("".join(more))
        self._said.update(Content.assemble(heading, harmless_text(text), (rest, "dim")))
        self._suggestions.suggest(tuple(questions))


def _keys(keys: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{key:<16}{does}" for key, does in keys)


def _ways(keys: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"     {key:<7}{does}" for key, does in keys)

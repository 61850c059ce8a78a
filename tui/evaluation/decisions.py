"""The decisions on drafts: what they do in threads comes back as messages."""

from collections.abc import Callable
from pathlib import Path

from textual.message import Message

from index.errors import LecternError
from qa.answer import Citation
from tui.evaluation.evaluations import Review
from tui.evaluation.messages import Decided, ErrandFailed, EvidenceRead

TextOf = Callable[[Citation], str | None]


class Decisions:
    """Every method blocks until the file is written, and may be called from any thread."""

    def __init__(self, review: Review, text_of: TextOf, post: Callable[[Message], bool]) -> None:
        """Decide nothing yet.

        Args:
            review: The drafts.
            text_of: The text that a citation stands in; may take a while.
            post: Takes the messages, from any thread.
        """
        self._review = review
        self._text_of = text_of
        self._post = post

    @property
    def path(self) -> Path:
        """The file that they are written to."""
        return self._review.path

    def accept(self, id_: str) -> None:
        """Let a case count from now on."""
        said = "Accepted: it counts from now on. u takes that back."
        self._keep(lambda: self._review.accept(id_), said, id_)

    def delete(self, id_: str) -> None:
        """Take a case out of the file."""
        self._keep(lambda: self._review.delete(id_), "Deleted. u brings it back.", id_)

    def change(self, id_: str, question: str, answers: tuple[str, ...]) -> None:
        """Put a case in other words."""
        said = "Changed; a accepts it, u takes the change back."
        self._keep(lambda: self._review.change(id_, question, answers), said, id_, back=True)

    def undo(self) -> None:
        """Take the last decision back."""
        try:
            id_ = self._review.undo()
        except LecternError as error:
            self._post(ErrandFailed(error))
        else:
            said = "Taken back." if id_ else "There is nothing to take back."
            self._post(Decided(said, id_ or "", self._review.drafts, back=True))

    def read(self, citation: Citation) -> None:
        """Look for the text that a draft's evidence stands in."""
        try:
            text = self._text_of(citation)
        except LecternError:
            text = None
        self._post(EvidenceRead(citation, text))

    def _keep(self, decide: Callable[[], None], said: str, id_: str, *, back: bool = False) -> None:
        try:
            decide()
        except LecternError as error:
            self._post(ErrandFailed(error))
        else:
            self._post(Decided(said, id_, self._review.drafts, back=back))

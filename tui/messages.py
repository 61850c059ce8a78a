"""What the parts of the screen, and the threads behind it, tell each other."""

from dataclasses import dataclass
from pathlib import Path

from textual.message import Message

from index.errors import LecternError
from qa.answer import Citation, Event
from qa.beginning import Beginning


@dataclass
class DeskOpened(Message):
    """The index and the model are loaded."""


@dataclass
class DeskFailed(Message):
    """They could not be loaded."""

    error: LecternError


@dataclass
class LookedAround(Message):
    """What a person who has just started finds here is known."""

    beginning: Beginning


@dataclass
class OpenAgain(Message):
    """Whatever kept the desk from opening should be tried again, or done something about."""


@dataclass
class Indexing(Message):
    """The starter documents are being indexed."""

    progress: str
    """One line."""


@dataclass
class Indexed(Message):
    """The starter documents are on the shelf."""


@dataclass
class ShelfSeen(Message):
    """The assistant knows how many documents there are by now."""


@dataclass
class Crashed(Message):
    """A bug ended a thread that is not a worker; the app ends with its traceback."""

    bug: Exception


@dataclass
class TurnEvent(Message):
    """The assistant got a step further."""

    turn: int
    """Whose step it is: a cancelled turn's late steps are known by it, and dropped."""
    event: Event


@dataclass
class TurnFailed(Message):
    """The assistant gave up."""

    turn: int
    error: LecternError


@dataclass
class ModelsNamed(Message):
    """The models that a question can be asked of besides the one in use."""

    names: tuple[str, ...]
    error: LecternError | None = None
    """Why they are not known."""


@dataclass
class TurnSelected(Message):
    """A turn was chosen, to see its sources."""

    turn: int
    citation: int | None = None
    """The one to open; the first by default."""


@dataclass
class EarlierWanted(Message):
    """Turns should be laid out that stand above the first that is."""


@dataclass
class CitationOpened(Message):
    """A citation of a turn was chosen where it stands; the turn adds which one it is."""

    number: int


@dataclass
class QuestionEdited(Message):
    """A question should be put into the input, to be changed and asked again."""

    question: str


@dataclass
class CitationSelected(Message):
    """A source was chosen, to be read."""

    citation: Citation


@dataclass
class SourceRead(Message):
    """A chosen source's text is there."""

    citation: Citation
    text: str


@dataclass
class FileFound(Message):
    """The file that a citation was read from is where it was."""

    citation: Citation
    path: Path


@dataclass
class FileMissing(Message):
    """A citation's file cannot be opened."""

    error: LecternError


@dataclass
class SourceFailed(Message):
    """A chosen source's text could not be read."""

    citation: Citation
    error: LecternError

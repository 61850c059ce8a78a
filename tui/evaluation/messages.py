"""What the parts of the screen, and the threads behind it, tell each other."""

from dataclasses import dataclass
from pathlib import Path

from textual.message import Message

from index.errors import LecternError
from qa.answer import Citation
from qa.drafting import DraftEvent, DraftOrder
from qa.evaluated import AskedCase, Compared, Evaluated, Outcome, TurnedCase
from qa.evaluating import Draft, Listing, Order, RunEvent
from tui.evaluation.evaluations import Review


@dataclass
class Listed(Message):
    """What there is to choose from is known."""

    listing: Listing


@dataclass
class RunOrdered(Message):
    """An evaluation should be run."""

    order: Order


@dataclass
class RunStep(Message):
    """The run got a step further."""

    event: RunEvent


@dataclass
class RunOver(Message):
    """The run has ended."""

    error: LecternError | None
    """Why it ended early."""


@dataclass
class MakeWanted(Message):
    """A set should be drafted; it is not said yet of what."""


@dataclass
class MakeOrdered(Message):
    """A set should be drafted."""

    order: DraftOrder


@dataclass
class MakeStep(Message):
    """The drafting got a step further."""

    event: DraftEvent


@dataclass
class MakeOver(Message):
    """The drafting has ended."""

    error: LecternError | None
    """Why it ended early."""


@dataclass
class PageWanted(Message):
    """The page of an evaluation should be written."""

    path: Path
    """Of its record."""


@dataclass
class PageWritten(Message):
    """It is written."""

    page: Path


@dataclass
class RecordChosen(Message):
    """An earlier evaluation should be opened."""

    path: Path


@dataclass
class RecordsChosen(Message):
    """Two earlier evaluations should be compared."""

    before: Path
    now: Path


@dataclass
class ReviewChosen(Message):
    """The drafts of a set should be gone through."""

    name: str


@dataclass
class RecordOpened(Message):
    """An earlier evaluation has been read."""

    evaluated: Evaluated


@dataclass
class RecordsCompared(Message):
    """Two earlier evaluations stand side by side."""

    compared: Compared


@dataclass
class ReviewOpened(Message):
    """The drafts of a set have been read."""

    review: Review
    drafts: tuple[Draft, ...]


@dataclass
class ErrandFailed(Message):
    """What was asked for cannot be had."""

    error: LecternError


@dataclass
class CaseChosen(Message):
    """A case should be shown."""

    case: AskedCase


@dataclass
class TurnChosen(Message):
    """A case that turned should be shown, as it was and as it is."""

    turned: TurnedCase


@dataclass
class FilterChosen(Message):
    """Only the cases of which this came should be listed; all where it is None."""

    outcome: Outcome | None


@dataclass
class Decided(Message):
    """A decision on a draft is in the file."""

    said: str
    """What was done, in a sentence."""
    id: str
    """The case that it was about."""
    drafts: tuple[Draft, ...]
    """What is left to decide on."""
    back: bool = False
    """Whether the case is to be seen again."""


@dataclass
class EvidenceRead(Message):
    """The text that a draft's evidence stands in has been looked for."""

    citation: Citation
    text: str | None

"""What the screen needs of the evaluations beneath it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from qa.answer import Citation
from qa.drafting import DraftEvent, DraftOrder
from qa.evaluated import Compared, Evaluated
from qa.evaluating import Draft, Listing, Order, RunEvent


class Run(Protocol):
    """An evaluation, which begins when it is iterated over, by one thread."""

    def __iter__(self) -> Iterator[RunEvent]:
        """What happens, until `Evaluated`; what Lectern raises comes after that."""

    def stop(self) -> None:
        """Ask no more cases; what is done is summed up. From any thread, at any time."""


class Making(Protocol):
    """Drafts being made, from when it is iterated over, by one thread."""

    def __iter__(self) -> Iterator[DraftEvent]:
        """What happens, until `DraftsKept`; what Lectern raises comes after that."""

    def stop(self) -> None:
        """Draft no more cases; those that are made are kept. From any thread, at any time."""


class Review(Protocol):
    """The drafts of a case file. Every method blocks until the file is written."""

    @property
    def path(self) -> Path:
        """The file."""

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """What is still to be decided on, in the file's order."""

    def accept(self, id_: str) -> None:
        """Let the case count from now on."""

    def change(self, id_: str, question: str, answers: Sequence[str]) -> None:
        """Put it in other words; it stays a draft."""

    def delete(self, id_: str) -> None:
        """Take the case out of the file."""

    def undo(self) -> str | None:
        """Take the last decision back: the id of its case, None where there is none."""


class Evaluations(Protocol):
    """Runs, records and drafts. All but `run` and `make` block; any may raise `LecternError`."""

    def listing(self) -> Listing:
        """What there is to run and to look through."""

    def run(self, order: Order) -> Run:
        """An evaluation that has not begun."""

    def make(self, order: DraftOrder) -> Making:
        """A set to be drafted, which has not begun."""

    def open(self, path: Path) -> Evaluated:
        """An earlier evaluation."""

    def compare(self, before: Path, now: Path) -> Compared:
        """Two earlier evaluations side by side."""

    def write_page(self, path: Path) -> Path:
        """Write the page of an earlier evaluation into the working folder; the page's file."""

    def review(self, name: str) -> Review:
        """The drafts of a set, which is named as a run names it."""

    def text_of(self, citation: Citation) -> str | None:
        """The text in which a citation's words stand where it says; None where it is not here."""

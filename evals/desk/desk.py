"""All that a screen can ask of evaluations."""

from collections.abc import Callable
from pathlib import Path

from evals.cases import find_set
from evals.desk.drafting import Drafting
from evals.desk.jobs import Comparing, Paging
from evals.desk.listing import listing
from evals.desk.reading import read
from evals.desk.running import Running, record_folder
from evals.review import Review
from index.texts import texts_of
from qa.answer import Citation
from qa.apart import run_apart
from qa.drafting import DraftOrder
from qa.evaluated import Compared, Evaluated
from qa.evaluating import Listing, Order
from qa.settings import Settings


class EvaluationDesk:
    """Evaluations under the person's settings. Every method but `run` and `make` blocks."""

    def __init__(self, settings: Callable[[], Settings]) -> None:
        """Read nothing yet.

        Args:
            settings: Those in force, asked for anew each time: another model may be chosen.
        """
        self._settings = settings

    def listing(self) -> Listing:
        """What there is to run and to look through."""
        return listing(record_folder(self._settings()), Path.cwd())

    def run(self, order: Order) -> Running:
        """An evaluation, which begins when it is iterated over."""
        return Running(order, self._settings)

    def make(self, order: DraftOrder) -> Drafting:
        """A set to be drafted, which begins when it is iterated over."""
        return Drafting(order, self._settings)

    def open(self, path: Path) -> Evaluated:
        """An earlier evaluation.

        Raises:
            SettingsError: If the file keeps none.
        """
        return read(path)

    def compare(self, before: Path, now: Path) -> Compared:
        """Two earlier evaluations side by side.

        Raises:
            SettingsError: If a file keeps none.
            ProcessDied: If the comparing came to a bad end.
        """
        with run_apart(Comparing(before, now)) as comparisons:
            (compared,) = comparisons
        return compared

    def write_page(self, path: Path) -> Path:
        """Write the page of an earlier evaluation into the working folder; the page's file.

        Raises:
            SettingsError: If the file keeps no evaluation, or the page cannot be written.
            ProcessDied: If the writing came to a bad end.
        """
        with run_apart(Paging(path, Path.cwd() / f"{path.stem}.html")) as pages:
            (page,) = pages
        return page

    def review(self, name: str) -> Review:
        """The drafts of a set, which is named as a run names it.

        Raises:
            CaseFileError: If there is none.
        """
        return Review(find_set(name))

    def text_of(self, citation: Citation) -> str | None:
        """The text of a document in which the citation's words stand where it says.

        It is looked for on the shelf and in the indexes of evaluations; None where none has it.
        """
        settings = self._settings()
        folder = record_folder(settings)
        own = sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
        for home in (settings.home, *own):
            for text in texts_of(home, citation.document):
                if text[citation.start : citation.end] == citation.quote:
                    return text
        return None

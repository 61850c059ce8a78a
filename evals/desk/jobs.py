"""What is done in a process of its own: asking the cases, and the figures, which load scipy."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast

from evals import comparison, record, runner
from evals.case import CaseResult
from evals.desk.indexing import indexing
from evals.desk.reading import evaluated, read
from evals.desk.turning import compared
from evals.record_form import RecordForm
from evals.selection import Selection
from index.errors import LecternError
from index.places import make_private
from qa.evaluated import Compared, Evaluated
from qa.evaluating import Begun, Preparing
from qa.settings import Settings


@dataclass(frozen=True, slots=True)
class Asking:
    """The cases of a selection, one after the other."""

    selection: Selection
    settings: Settings

    def run(self) -> Iterator[Preparing | Begun | CaseResult]:
        """Ask; see `runner.run`.

        Raises:
            LecternError: If the index or the model cannot be used.
        """
        asked, home = self.selection, None
        if asked.folder:
            yield Preparing("Indexing")
            home = yield from indexing(asked.folder, self.settings)
        yield Preparing("Opening the index" if asked.retrieval_only else "Loading the model")
        from qa import wiring  # the models and the index: seconds

        opened = wiring.open_assistant(
            self.settings, index_home=home, retrieval_only=asked.retrieval_only
        )
        with closing(opened) as assistant:
            for number, case in enumerate(asked.cases, 1):
                yield Begun(number, len(asked.cases), case.question)
                yield from runner.run([case], assistant, retrieval_only=asked.retrieval_only)


@dataclass(frozen=True, slots=True)
class Summing:
    """The record of what was asked, and its figures."""

    name: str
    results: tuple[CaseResult, ...]
    settings: Settings
    started: datetime
    path: Path
    """The file that is to keep it."""

    def run(self) -> Iterator[Evaluated]:
        """Compute the figures and write the record; figures are told though it is not written."""
        report = record.report_of(
            self.name, self.results, settings=self.settings, started=self.started
        )
        kept = record.as_json(report)
        yield evaluated(kept, self.path, fault=self._write(kept))

    def _write(self, kept: RecordForm) -> str:
        try:
            make_private(self.path.parent)
            record.write(record.as_text(kept), self.path)
            self.path.chmod(0o600)  # it quotes the person's documents
        except (OSError, LecternError) as error:
            return f"The record could not be kept: {error}"
        return ""


@dataclass(frozen=True, slots=True)
class Comparing:
    """Two records side by side."""

    before: Path
    now: Path

    def run(self) -> Iterator[Compared]:
        """Compare; see `comparison.compare`.

        Raises:
            SettingsError: If a file is no record of an evaluation.
        """
        before, now = read(self.before), read(self.now)
        yield compared(
            comparison.compare(
                before.path.stem, comparison.read(before.path), comparison.read(now.path)
            ),
            before,
            now,
        )


@dataclass(frozen=True, slots=True)
class Paging:
    """The page of a record, as `lectern eval --html` writes it."""

    kept: Path
    file: Path
    """The page to write."""

    def run(self) -> Iterator[Path]:
        """Write the page, and tell its file.

        Raises:
            SettingsError: If the file is no record of an evaluation, or the page cannot be written.
        """
        from evals import page

        read(self.kept)  # refuses what is no record
        whole = {"started": "", "commit": ""} | json.loads(self.kept.read_text("utf-8"))
        record.write(page.render(cast("RecordForm", whole)), self.file)
        yield self.file

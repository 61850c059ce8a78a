"""A finished evaluation, and the JSON record that keeps it: enough to run it again."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import cast

from evals.case import CaseResult
from evals.metrics import Measured, aggregate
from evals.record_form import AnswerForm, CaseForm, RecordForm
from index.errors import SettingsError
from qa.settings import Settings


@dataclass(frozen=True, slots=True)
class EvalReport:
    """What came of an evaluation."""

    set: str
    """The set's name or file, as it was asked for."""
    results: tuple[CaseResult, ...]
    metrics: Mapping[str, Measured]
    settings: Settings
    models: tuple[str, ...]
    """Models that wrote answers, in order of appearance; empty where only search was measured."""
    commit: str
    """Commit of the checkout that ran, `+dirty` where files differ from it; empty for none."""
    started: datetime


def report_of(
    name: str, results: Sequence[CaseResult], *, settings: Settings, started: datetime
) -> EvalReport:
    """Put the results of a set together."""
    models = dict.fromkeys(result.answer.model for result in results if result.answer)
    return EvalReport(
        set=name,
        results=tuple(results),
        metrics=aggregate(results),
        settings=settings,
        models=tuple(models),
        commit=checkout_commit(),
        started=started,
    )


def checkout_commit(root: Path = Path(__file__).parents[1]) -> str:
    """The commit of a git checkout, `+dirty` where tracked files differ; empty where it is none."""
    if not (root / ".git").exists():
        return ""
    # Without any tag to go by, describe falls back on the full hash.
    options = ["describe", "--always", "--exclude=*", "--abbrev=40", "--dirty=+dirty"]
    command = ["git", "--no-optional-locks", "-C", str(root), *options]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()


def as_json(report: EvalReport) -> RecordForm:
    """The record, in the form that `lectern eval --json` promises."""
    return {
        "set": report.set,
        "model": ", ".join(report.models),
        "commit": report.commit,
        "started": report.started.isoformat(timespec="seconds"),
        "settings": asdict(report.settings) | {"home": str(report.settings.home)},
        "metrics": {name: asdict(measured) for name, measured in report.metrics.items()},
        "cases": [case_as_json(result) for result in report.results],
    }


def case_as_json(result: CaseResult) -> CaseForm:
    """A case of the record."""
    from qa import contract

    answer = contract.as_json(result.answer) if result.answer else None
    return {
        "case": asdict(result.case),
        "answer": cast("AnswerForm | None", answer),
        "scores": result.scores,
        "seconds": result.seconds,
        "error": result.error,
    }


def as_text(record: Mapping[str, object]) -> str:
    """The record as JSON text, one object that ends with a line break."""
    return json.dumps(record, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def write(text: str, path: Path) -> None:
    """Put text into a file that is either the old one or whole, never half of it.

    Raises:
        SettingsError: If the file cannot be written.
    """
    path = path.resolve()
    whole = path.is_file() or not path.exists()
    # A device or a pipe cannot be replaced, only written to.
    draft = path.with_name(f".{path.name}.{os.getpid()}") if whole else path
    try:
        with draft.open("w", encoding="utf-8") as file:
            file.write(text)
            if whole:
                file.flush()
                os.fsync(file.fileno())
        if path.is_file() and whole:
            shutil.copymode(path, draft)
        if whole:
            draft.replace(path)
    except OSError as error:
        raise SettingsError(f"{path} could not be written: {error.strerror or error}.") from error
    finally:
        if whole:
            draft.unlink(missing_ok=True)

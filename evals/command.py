"""`lectern eval`: how far the answers can be trusted, measured."""

import argparse
import sys
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from evals import cases, comparison, floors, own_index, record, report, runner, selection
from evals.case import CaseResult
from evals.progress import Progress
from evals.record import EvalReport
from evals.record_form import RecordForm
from evals.selection import DEFAULT_SET, Selection
from index.errors import SettingsError
from qa.evaluating import Order
from qa.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console

STDOUT = "-"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add what `lectern eval` takes."""
    add = parser.add_argument
    add("set", nargs="?", default=DEFAULT_SET, metavar="SET|FILE.jsonl",
        help="a set that comes with Lectern, or a case file (default: %(default)s)")  # fmt: skip
    add("--documents", type=Path, metavar="DIR",
        help="evaluate over this folder, in an index of its own")  # fmt: skip
    add("--retrieval-only", action="store_true", help="search only; no language model is loaded")
    add("--limit", type=int, metavar="N", help="only the first N cases, in the file's order")
    add("--drafts", action="store_true",
        help="ask the drafts too; without it a case that is still a draft is left out")  # fmt: skip
    add("--json", metavar="FILE", help="write the record to this file; - for standard output")
    add("--html", metavar="FILE",
        help="write a page of figures and cases to this file; - for standard output")  # fmt: skip
    add("--compare", type=Path, metavar="FILE", help="show what changed since an earlier record")
    add("--fail-under", action="append", default=[], metavar="METRIC=VALUE",
        help="exit with 1 where a metric is below this value; can be repeated")  # fmt: skip
    add("--model", metavar="NAME", help="answering model")
    parser.epilog = (
        "`lectern eval make` drafts a case file from your own documents; a set of that name would "
        "have to be given as a file. See `lectern eval make --help`."
    )


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is asked for, checked before the first question: a run may take an hour."""

    asked: Selection
    floors: dict[str, float]
    json: str | None
    html: str | None
    compare: Path | None
    earlier: comparison.Recorded


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Evaluate, show the metrics on standard error, write the record where it is asked for.

    Returns:
        0; 1 where a floor was missed or every case failed; 130 where the person interrupted,
        with the finished cases reported.
    """
    from rich.console import Console

    if arguments.model:
        settings = replace(settings, model=arguments.model)
    plan = _plan(arguments)
    console = Console(stderr=True)
    _say_of_drafts(plan.asked, console)
    started = datetime.now(UTC)
    results, interrupted = _evaluate(plan.asked, settings, console)
    finished = record.report_of(plan.asked.name, results, settings=settings, started=started)
    _hand_over(plan, finished, console)
    if interrupted:
        console.print(f"Interrupted after {len(results)} of {len(plan.asked.cases)} cases.")
        return 130
    return _exit_code(plan, finished, console)


def _plan(arguments: argparse.Namespace) -> _Plan:
    if arguments.json is not None and arguments.json == arguments.html:
        raise SettingsError(f"--json and --html both name {arguments.json!r}.")
    asked = selection.select(
        Order(
            set=arguments.set,
            documents=arguments.documents,
            limit=arguments.limit,
            retrieval_only=arguments.retrieval_only,
            drafts=arguments.drafts,
        )
    )
    return _Plan(
        asked=asked,
        floors=floors.parse(arguments.fail_under),
        json=_writable("--json", arguments.json),
        html=_writable("--html", arguments.html),
        compare=arguments.compare,
        earlier=comparison.read(arguments.compare) if arguments.compare else {},
    )


def _say_of_drafts(asked: Selection, console: "Console") -> None:
    drafts = sum(case.draft for case in asked.cases)
    if asked.left_out:
        line = f"Left out, being drafts still: {asked.left_out} cases. {cases.HOW_TO_ACCEPT}"
    elif drafts:
        line = f"Drafts that nobody has accepted yet: {drafts} of {len(asked.cases)} cases."
    else:
        return
    console.print(line, style="yellow", markup=False, highlight=False)


def _writable(flag: str, file: str | None) -> str | None:
    if file is None or file == STDOUT:
        return file
    path = Path(file).absolute()
    if path.is_dir():
        raise SettingsError(f"{flag} names {file!r}, which is a folder.")
    if not path.parent.is_dir():
        raise SettingsError(f"{flag} names {file!r}, whose folder does not exist.")
    return file


def _evaluate(
    asked: Selection, settings: Settings, console: "Console"
) -> tuple[list[CaseResult], bool]:
    """The results, and whether the person interrupted before the last case."""
    from qa import wiring

    home = own_index.prepare([asked.folder], settings, console) if asked.folder else None
    results: list[CaseResult] = []
    metric = "recall@5" if asked.retrieval_only else "accuracy"
    bar = Progress(len(asked.cases), metric=metric, console=console)
    opened = wiring.open_assistant(settings, index_home=home, retrieval_only=asked.retrieval_only)
    with closing(opened) as assistant, bar:
        try:
            for result in runner.run(
                asked.cases,
                assistant,
                retrieval_only=asked.retrieval_only,
                progress=bar.begin,
            ):
                results.append(result)
                bar.finish(result)
        except KeyboardInterrupt:
            return results, True
    return results, False


def _hand_over(plan: _Plan, finished: EvalReport, console: "Console") -> None:
    kept = record.as_json(finished)
    # Last in, first out; each is done though another fails: a full disk costs no figures.
    with ExitStack() as stack:
        if plan.compare:
            stack.callback(_show_comparison, str(plan.compare), plan.earlier, kept, console)
        stack.callback(report.show, finished, console)
        if plan.html is not None:
            stack.callback(_write_page, plan.html, kept)
        if plan.json is not None:
            stack.callback(_write, plan.json, record.as_text(kept))


def _show_comparison(
    name: str, earlier: comparison.Recorded, kept: RecordForm, console: "Console"
) -> None:
    compared = comparison.compare(name, earlier, comparison.recorded(kept))
    report.show_comparison(compared, console)


def _write_page(file: str, kept: RecordForm) -> None:
    from evals import page

    _write(file, page.render(kept))


def _write(file: str, text: str) -> None:
    if file == STDOUT:
        sys.stdout.write(text)
    else:
        record.write(text, Path(file))


def _exit_code(plan: _Plan, finished: EvalReport, console: "Console") -> int:
    missed = floors.missed(finished.metrics, plan.floors)
    for line in missed:
        console.print(line, style="bold red", highlight=False)
    crashed = all(result.error is not None for result in finished.results)
    return 1 if missed or crashed else 0

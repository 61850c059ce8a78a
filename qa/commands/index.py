"""`lectern index`: add folders or files, and bring the index up to date."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from index.errors import NoIndex, StoreError
from index.harmless import harmless, json_line
from index.places import Places
from index.report import IndexReport, Progress, silent
from index.shelf import Shelf
from index.sources import kept_list
from index.starter import starter_documents
from qa.settings import Settings
from qa.upkeep import STAGES, bring_up, kept_up

if TYPE_CHECKING:
    from index.embedder import Embedder

_SHOWN = 20
"""Skipped files that are listed; `lectern sources` lists all."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "paths",
        nargs="*",
        type=_path,
        metavar="PATH",
        help="folders or files to add; without any, all that are known are brought up to date",
    )
    parser.add_argument(
        "--rebuild",
        action="store_true",
        help="build everything anew; the old index works till then",
    )
    parser.add_argument(
        "--watch",
        action="store_true",
        help="go on, and take in what changes within seconds; Ctrl-C ends it",
    )
    parser.add_argument(
        "--no-wait",
        dest="wait",
        action="store_false",
        help="give up at once where another process is writing the index",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _path(word: str) -> Path:
    if not word:  # as from a shell's variable that was never set; pathlib takes it for this folder
        raise argparse.ArgumentTypeError("a path is empty")
    return Path(word)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Synchronise, and report what has changed; with `--watch` again and again."""
    from index.embedder import Embedder

    embedder = Embedder(settings.embedder, home=settings.home)
    paths = _paths(arguments.paths, settings, rebuild=arguments.rebuild)
    report = _synchronise(paths, settings, embedder, rebuild=arguments.rebuild, wait=arguments.wait)
    write = _as_json if arguments.json else _as_text
    _say(write(report))
    if arguments.watch:
        note("Watching for changes; Ctrl-C ends it.")

        def again() -> IndexReport:
            return _synchronise(paths, settings, embedder)

        for changed in kept_up(paths, settings, again, note, skipped=report.skipped):
            _say(write(changed))
    return 0


def _synchronise(
    paths: Sequence[Path],
    settings: Settings,
    embedder: "Embedder",
    *,
    rebuild: bool = False,
    wait: bool = True,
) -> IndexReport:
    with progress_bar(sys.stderr) as progress:
        return bring_up(
            paths, settings, embedder, rebuild=rebuild, wait=wait, progress=progress, notice=note
        )


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()  # who watches reads it now


def _paths(given: list[Path], settings: Settings, *, rebuild: bool) -> list[Path]:
    """What was named; else nothing, which stands for all sources; else the starter documents."""
    if given:
        return given
    try:
        with Shelf.open(settings.home, chroma=settings.chroma) as shelf:
            known = bool(shelf.sources())
    except NoIndex:
        known = bool(kept_list(Places(settings.home)))
    except StoreError:
        if not rebuild:
            raise
        known = True  # by a catalogue that is damaged, whose sources are saved as it is replaced
    return [] if known else [starter_documents()]


def note(sentence: str) -> None:
    """Tell the person on stderr."""
    sys.stderr.write(harmless(sentence) + "\n")


@contextmanager
def progress_bar(stream: TextIO) -> Iterator[Progress]:
    """A bar on a terminal, nothing elsewhere."""
    if not stream.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    label = TextColumn("{task.description}", markup=False)
    columns = (label, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=Console(file=stream), transient=True) as bars:
        tasks = {stage: bars.add_task(stage, visible=False) for stage in STAGES}

        def show(stage: str, done: int, total: int, label: str) -> None:
            text = f"{STAGES[stage]} {harmless(label)[:40]}"
            bars.update(
                tasks[stage], completed=done, total=total, description=text, visible=done < total
            )

        yield show


def _as_json(report: IndexReport) -> str:
    fields = asdict(report)
    contract = ("added", "changed", "unchanged", "removed", "documents", "skipped", "seconds")
    return json_line({name: fields[name] for name in contract})


def _as_text(report: IndexReport) -> str:
    chunks = sum(document.chunks for document in report.documents)
    lines = [
        f"{len(report.documents)} documents, {chunks} passages: {report.added} added,"
        f" {report.changed} changed, {report.unchanged} unchanged, {report.removed} removed"
        f" ({report.seconds:.1f} s)."
    ]
    if report.repaired:
        lines.append(f"{report.repaired} vectors were missing or left over, and have been mended.")
    if report.skipped:
        lines.append(f"Skipped {len(report.skipped)}:")
        lines += [f"  {harmless(s.path)}: {harmless(s.reason)}" for s in report.skipped[:_SHOWN]]
    if len(report.skipped) > _SHOWN:
        lines.append(f"  and {len(report.skipped) - _SHOWN} more; `lectern sources` lists them.")
    return "\n".join(lines) + "\n"

"""`lectern sources`: what is on the shelf, and what is not and why."""

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

from index.errors import SettingsError
from index.harmless import harmless, json_line
from index.shelf import Shelf
from index.shelved import Source
from index.sync import remove_source
from qa.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "action", nargs="?", choices=("list", "remove"), default="list", help="default: list"
    )
    parser.add_argument(
        "path",
        nargs="?",
        type=Path,
        metavar="PATH",
        help="source to remove, with its documents' text and vectors; its files stay",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """List the sources, or remove one."""
    if arguments.action == "remove":
        if arguments.path is None:
            raise SettingsError(
                "No source was named.", hint="Name one: lectern sources remove PATH"
            )
        return _remove(arguments, settings)
    with Shelf.open(settings.home, chroma=settings.chroma) as shelf:
        sources = shelf.sources()
    sys.stdout.write(_as_json(sources) if arguments.json else _as_text(sources))
    return 0


def _remove(arguments: argparse.Namespace, settings: Settings) -> int:
    def note(sentence: str) -> None:
        sys.stderr.write(harmless(sentence) + "\n")

    removed = remove_source(settings.home, arguments.path, chroma=settings.chroma, notice=note)
    path = str(arguments.path)
    if arguments.json:
        outcome = {"removed": path, "documents": removed}
        sys.stdout.write(json_line(outcome))
    else:
        sys.stdout.write(f"Removed {harmless(path)} with {removed} documents.\n")
    return 0


def _as_json(sources: list[Source]) -> str:
    listed = [{**asdict(source), "path": str(source.path)} for source in sources]
    return json_line({"sources": listed})


def _as_text(sources: list[Source]) -> str:
    lines = []
    for source in sources:
        lines.append(harmless(str(source.path)))
        lines.append(
            f"  {source.documents} documents, {source.chunks} passages,"
            f" {source.characters:,} characters"
        )
        lines += [f"  skipped {harmless(s.path)}: {harmless(s.reason)}" for s in source.skipped]
    return "\n".join(lines) + "\n" if lines else "No sources.\n"

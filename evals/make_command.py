"""`lectern eval make`: a draft of an evaluation set, from a person's own documents."""

import argparse
import shlex
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from evals import own_index
from evals.drafts.case_file import STDOUT, CaseFile
from index.errors import SettingsError
from index.harmless import harmless
from qa.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console

    from evals.drafts.library import Library
    from qa.wiring import Parts

DEFAULT_FILE = "drafts.jsonl"
DEFAULT_COUNT = 20


def configure(parser: argparse.ArgumentParser) -> None:
    """Add what `lectern eval make` takes."""
    add = parser.add_argument
    add("paths", nargs="*", type=Path, metavar="PATH",
        help="folders or files to ask about (default: the shelf)")  # fmt: skip
    add("--count", type=int, default=DEFAULT_COUNT, metavar="N",
        help="cases to draft; two in five have no answer (default: %(default)s)")  # fmt: skip
    add("--output", default=DEFAULT_FILE, metavar="FILE.jsonl",
        help="where to write them; - for standard output (default: %(default)s)")  # fmt: skip
    add("--force", action="store_true", help="write over a file that is there")
    add("--seed", type=int, default=0, metavar="N",
        help="another seed asks about other sentences (default: %(default)s)")  # fmt: skip
    add("--model", metavar="NAME", help="the model that writes and checks the questions")
    parser.epilog = (
        "A draft does not count: `lectern eval FILE` leaves it out until you have read it and set "
        'its "draft" to false.'
    )


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Draft cases and write each as soon as it is made.

    Returns:
        0; 1 where the documents gave none; 130 where the person interrupted, with the cases made
        so far in the file.
    """
    from rich.console import Console

    if arguments.model:
        settings = replace(settings, model=arguments.model)
    console = Console(stderr=True)
    out = CaseFile(arguments.output, force=arguments.force)
    paths = _checked(arguments.paths, arguments.count)
    home = own_index.prepare(paths, settings, console) if paths else None
    with closing(_opened(settings, home)) as parts, closing(out):
        from evals.drafts.library import library_of

        library = library_of(parts)
        interrupted = _draft(library, arguments.count, arguments.seed, out, console)
    _say_what_next(out, arguments, console, interrupted=interrupted)
    if interrupted:
        return 130
    return 0 if out.written else 1


def _checked(paths: Sequence[Path], count: int) -> tuple[Path, ...]:
    if count < 1:
        raise SettingsError(f"--count is {count}, which is not at least 1.")
    found = tuple(path.expanduser() for path in paths)
    for path in found:
        if not path.exists():
            raise SettingsError(f"There is no {str(path)!r} to ask about.")
    return found


def _opened(settings: Settings, home: Path | None) -> "Parts":
    from qa import wiring

    return wiring.open_parts(settings, index_home=home)


def _draft(library: "Library", count: int, seed: int, out: CaseFile, console: "Console") -> bool:
    """Whether the person interrupted."""
    from rich.text import Text

    from evals.drafts.drafting import draft

    with console.status("Choosing sentences") as status:

        def show(doing: str) -> None:
            # As text: what stands in square brackets in a file's name is no markup.
            status.update(Text(harmless(f"{out.written} of {count}: {doing}")))

        try:
            for made in draft(library, count=count, seed=seed, progress=show):
                out.write(made)
                line = f"{out.written} of {count}  {made.kind}: {harmless(made.case.question)}"
                console.print(line, markup=False, highlight=False)
        except KeyboardInterrupt:
            return True
    return False


def _say_what_next(
    out: CaseFile, arguments: argparse.Namespace, console: "Console", *, interrupted: bool
) -> None:
    from evals.cases import HOW_TO_ACCEPT

    def say(line: str) -> None:
        console.print(line, markup=False, highlight=False)

    if interrupted:
        say(f"Interrupted after {out.written} of {arguments.count} cases.")
    elif 0 < out.written < arguments.count:
        say(f"The documents gave {out.written} of {arguments.count} cases.")
    if not out.written and interrupted:
        return
    if not out.written:
        say("No case came of these documents: too few sentences state a number, a date or a name.")
        return
    say(f"{HOW_TO_ACCEPT}\nThen: {_evaluation(out.name, arguments.paths)}")


def _evaluation(name: str, paths: Sequence[Path]) -> str:
    """The command that asks the cases over the documents they were made of."""
    file = "FILE.jsonl" if name == STDOUT else shlex.quote(name)
    if not paths:
        return f"lectern eval {file}"
    if len(paths) == 1 and paths[0].is_dir():
        return f"lectern eval {file} --documents {shlex.quote(str(paths[0]))}"
    return f"lectern eval {file} --documents FOLDER, with the same documents in that folder"

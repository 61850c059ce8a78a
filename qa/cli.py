"""The command line: the one place that turns errors into words and exit codes.

Sub-commands are named as strings and imported when they run, so that `--help` loads nothing
heavy. Exit codes: 0 done, 1 failed, 2 usage or settings, 3 no index yet, 4 abstained (only with
`--strict-exit`), 130 interrupted.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from importlib import metadata
from types import ModuleType

from index.errors import Cancelled, LecternError, NoIndex, SettingsError
from index.harmless import harmless_text

COMMANDS: dict[str, tuple[str, str]] = {
    "index": ("qa.commands.index", "add documents and bring the index up to date"),
    "sources": ("qa.commands.sources", "what is on the shelf, and what was skipped"),
    "search": ("qa.commands.search", "find passages, without a language model"),
    "ask": ("qa.commands.ask", "answer a question, with its citations"),
    "export": ("qa.commands.export", "a kept conversation, as Markdown or as JSON"),
    "why": ("qa.commands.why", "at which stage an expected document was lost"),
    "eval": ("evals.command", "measure how far the answers can be trusted"),
    "models": ("qa.commands.models", "list, fetch and choose models"),
    "serve": ("tui.serve_command", "show the terminal app in a browser"),
    "doctor": ("qa.commands.doctor", "find what is wrong, and mend it"),
}
OF_TWO_WORDS: dict[str, tuple[str, str]] = {
    "eval make": ("evals.make_command", "draft an evaluation set from your own documents"),
}
"""Commands that the help of their first word speaks of."""
_KNOWN = COMMANDS | OF_TWO_WORDS
TERMINAL_APP = "tui.command"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    given = _joined(list(sys.argv[1:] if arguments is None else arguments))
    try:
        code = _run(given)
        sys.stdout.flush()  # here, so that a reader who has gone is noticed here
        return code
    except (KeyboardInterrupt, Cancelled):
        _say("Interrupted.")
        return 130
    except BrokenPipeError:
        # Whoever read the output has gone; what is left of it goes nowhere, without complaint.
        _forget_stdout()
        return 1
    except LecternError as error:
        _say(f"{error}\n{error.hint}" if error.hint else str(error))
        return _exit_code(error)
    except OSError as error:
        _give_up_what_cannot_be_written()
        _say(_refused(error))
        return 1


def _joined(given: list[str]) -> list[str]:
    """The words, a command of two words in one.

    >>> _joined(["eval", "make", "papers"])
    ['eval make', 'papers']
    """
    two = " ".join(given[:2])
    return [two, *given[2:]] if len(given) > 1 and two in OF_TWO_WORDS else given


def _refused(error: OSError) -> str:
    """What the system did not let be done: no room, no right, no such place.

    >>> _refused(OSError(28, "No space left on device"))
    'The system refuses: No space left on device.'
    """
    where = f" ({error.filename})" if error.filename else ""
    return f"The system refuses: {error.strerror or error}{where}."


def _give_up_what_cannot_be_written() -> None:
    """Write out what stdout still holds; Python would complain of it at the very end."""
    try:
        sys.stdout.flush()
    except OSError:
        _forget_stdout()


def _forget_stdout() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _exit_code(error: LecternError) -> int:
    if isinstance(error, NoIndex):
        return 3
    return 2 if isinstance(error, SettingsError) else 1


def _run(given: list[str]) -> int:
    from qa import settings

    parser, command = _parser(given)
    arguments = parser.parse_args(given)
    if command is None:
        command = importlib.import_module(TERMINAL_APP)
    flags = {"model": getattr(arguments, "model", None)}
    return int(command.run(arguments, settings.load(flags)))


def _parser(given: list[str]) -> tuple[argparse.ArgumentParser, ModuleType | None]:
    """The parser, with the options of the one command that is called."""
    parser = argparse.ArgumentParser(
        prog="lectern",
        description="Answers questions over your own documents, on this machine, and proves "
        "each answer with the exact words it rests on. Without a command: the terminal app.",
    )
    parser.add_argument("--version", action="version", version=metadata.version("lectern"))
    commands = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND")
    called = next((word for word in given if not word.startswith("-")), None)
    described = {name: f"{summary.capitalize()}." for name, (_, summary) in _KNOWN.items()}
    subs = {
        name: commands.add_parser(name, help=summary, description=described[name])
        for name, (_, summary) in COMMANDS.items()
    }
    if called not in _KNOWN:
        return parser, None
    sub = subs.get(called) or commands.add_parser(called, description=described[called])
    module = importlib.import_module(_KNOWN[called][0])
    module.configure(sub)
    return parser, module


def _say(text: str) -> None:
    print(harmless_text(text), file=sys.stderr)  # noqa: T201  # the command line speaks


if __name__ == "__main__":
    sys.exit(main())

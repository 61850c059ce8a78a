"""`lectern export`: a kept conversation, to be read or worked with elsewhere."""

import argparse
import sys
from pathlib import Path

from index.errors import SessionsError, SettingsError
from index.harmless import harmless, json_line
from qa.contract import session_as_json, turns_as_json
from qa.session import Session
from qa.session_markdown import as_markdown
from qa.sessions import SessionStore
from qa.settings import Settings

_NONE_YET = "No conversation has been kept yet."


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "session",
        nargs="?",
        type=int,
        metavar="SESSION",
        help="number of a conversation; default: the one that was held last",
    )
    parser.add_argument(
        "--format", choices=("markdown", "json"), default="markdown", help="default: markdown"
    )
    parser.add_argument("--json", action="store_true", help="the same as --format json")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write to FILE, not to stdout")
    parser.add_argument("--list", action="store_true", help="list the conversations instead")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write one conversation, or the list of all."""
    store = SessionStore(settings.home, origin="ask")
    as_json = arguments.json or arguments.format == "json"
    if arguments.list:
        kept = store.sessions()
        text = _listed_as_json(kept) if as_json else "".join(_line(each) for each in kept)
        if not kept:
            sys.stderr.write(f"{_NONE_YET}\n")
    else:
        session = _chosen(store, arguments.session)
        turns = store.turns(session.id)
        text = _json(turns_as_json(turns)) if as_json else as_markdown(session.title, turns)
    _write(text, arguments.output)
    return 0


def _chosen(store: SessionStore, number: int | None) -> Session:
    if number is not None:
        return store.session(number)
    if kept := store.sessions():
        return kept[0]
    raise SessionsError(_NONE_YET, hint='Ask something: lectern ask "Who wrote it?"')


def _listed_as_json(kept: tuple[Session, ...]) -> str:
    return _json({"sessions": [session_as_json(each) for each in kept]})


def _line(session: Session) -> str:
    questions = "1 question" if session.questions == 1 else f"{session.questions} questions"
    when = f"{session.updated.astimezone():%Y-%m-%d %H:%M}"
    return f"{session.id:>5}  {when}  {questions:>12}  {harmless(session.title)}\n"


def _json(value: object) -> str:
    text = json_line(value)
    # A file's name may hold what is not to be had in UTF-8; JSON has the same escape for it.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _write(text: str, path: Path | None) -> None:
    if path is None:
        sys.stdout.write(text)
        return
    try:
        path.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise SettingsError(f"{path} could not be written: {error.strerror}.") from error
    sys.stderr.write(f"Written to {harmless(str(path))}.\n")

"""`lectern ask`: one question, answered with its citations."""

import argparse
import io
import sys
from collections.abc import Iterator
from contextlib import closing

from index.errors import LecternError, SessionsError, SettingsError
from index.harmless import harmless, harmless_text, json_line, one_line
from qa.answer import Answer, Citation, Finished, Found, Rewritten, Turn
from qa.contract import as_json
from qa.footnotes import also
from qa.question import stripped
from qa.session import just_answered, messages
from qa.sessions import SessionStore
from qa.settings import Settings

LONGEST_INPUT = 100_000
"""Characters taken from stdin; a question is shorter."""

ABSTAINED = 4
MOST_TURNS = 5
"""Turns that a follow-up is understood by; older ones no longer help."""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("question", metavar="QUESTION", help="the question; `-` reads stdin")
    parser.add_argument("--strict", action="store_true", help="remove what no evidence carries")
    parser.add_argument("--model", metavar="NAME", help="the answering model")
    parser.add_argument("--in", dest="within", metavar="GLOB", help="only documents so named")
    parser.add_argument(
        "--continue", dest="follow", action="store_true", help="follow up on the last question"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--strict-exit", action="store_true", help="exit with 4 where the documents do not say"
    )


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    question = stripped(_question(arguments.question))
    store = SessionStore(settings.home, origin="ask")
    latest = store.latest() if arguments.follow else None
    history = messages(store.turns(latest.id)[-MOST_TURNS:]) if latest else ()
    answer = _asked(question, history, arguments, settings)
    if arguments.json:
        sys.stdout.write(json_line(as_json(answer)))
    else:
        sys.stdout.writelines(f"{line}\n" for line in shown(answer))
    for note in answer.notes:
        _tell(note)
    try:
        store.keep(just_answered(answer), session=latest.id if latest else None)
    except SessionsError as error:
        _tell(f"{error} `--continue` will not know of this question. {error.hint}")
    return ABSTAINED if answer.abstained and arguments.strict_exit else 0


def _question(given: str) -> str:
    if given != "-":
        return harmless_text(given)
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    sent = sys.stdin.read(LONGEST_INPUT + 1)
    if len(sent) > LONGEST_INPUT:
        raise SettingsError(f"The question is longer than {LONGEST_INPUT:,} characters.")
    return harmless_text(sent)


def _asked(
    question: str, history: tuple[Turn, ...], arguments: argparse.Namespace, settings: Settings
) -> Answer:
    from qa.wiring import open_assistant

    assistant = open_assistant(settings)
    try:
        events = assistant.ask(
            question, history=history, strict=arguments.strict, within=arguments.within
        )
        with closing(events):
            for event in events:
                if isinstance(event, Finished):
                    return event.answer
                if isinstance(event, Rewritten):
                    _tell(f"Asked as: {event.question}")
                if isinstance(event, Found) and event.best and sys.stderr.isatty():
                    _tell(f"Nearest so far: “{one_line(event.best.quote)}”")
    finally:
        assistant.close()
    raise LecternError("The question ended without an answer.")


def shown(answer: Answer) -> Iterator[str]:
    """The answer and its sources, as lines for a person."""
    yield harmless(answer.text)
    for each in answer.disagreements:
        yield f"The documents differ: {harmless(each.value)} [{each.citation}]"
    if answer.citations:
        yield ""
    for citation in answer.citations:
        yield f"[{citation.number}] {harmless(citation.title)} ({_place(citation)})"
        yield f"    “{one_line(citation.quote)}”"


def _place(citation: Citation) -> str:
    parts = [harmless(citation.document)]
    if citation.date:
        parts.append(citation.date)
    if citation.page:
        parts.append(f"page {citation.page}")
    if citation.lines:
        first, last = citation.lines
        parts.append(f"line {first}" if first == last else f"lines {first}-{last}")
    if copies := also(citation):
        parts.append(harmless(copies))
    return ", ".join(parts)


def _tell(text: str) -> None:
    sys.stderr.write(f"{harmless(text)}\n")

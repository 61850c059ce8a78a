"""`lectern search`: passages only, no language model."""

import argparse
import sys
import time

from index.harmless import harmless, harmless_text, json_line
from qa.answer import Passage
from qa.contract import passages_as_json
from qa.question import stripped
from qa.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("question", metavar="QUERY", help="what to look for")
    parser.add_argument("-k", type=_positive, default=5, metavar="N", help="passages (default 5)")
    parser.add_argument("--in", dest="within", metavar="GLOB", help="only documents so named")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _positive(text: str) -> int:
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    from qa.wiring import open_assistant  # with Chroma and numpy

    question = stripped(harmless_text(arguments.question))
    assistant = open_assistant(settings, retrieval_only=True)
    try:
        started = time.perf_counter()
        passages = assistant.search(arguments.question, limit=arguments.k, within=arguments.within)
        seconds = time.perf_counter() - started
    finally:
        assistant.close()
    if arguments.json:
        record = {
            "question": question,
            "passages": passages_as_json(passages),
            "timings": {"retrieve": seconds, "first_token": None, "total": seconds},
        }
        sys.stdout.write(json_line(record))
    else:
        sys.stdout.write(_shown(passages))
    return 0


def _shown(passages: tuple[Passage, ...]) -> str:
    if not passages:
        return "Nothing was found.\n"
    return "\n".join(
        f"{number}. {harmless(passage.chunk.title)}  ({harmless(passage.chunk.document)})\n"
        f"   {harmless(passage.chunk.text)}\n"
        for number, passage in enumerate(passages, start=1)
    )

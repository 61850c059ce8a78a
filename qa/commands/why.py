"""`lectern why`: at which stage a document that should have been found was lost."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict

from index.errors import LecternError
from index.harmless import harmless, harmless_text, json_line
from index.shelf import Shelf
from index.shelved import ShelvedDocument
from qa.answer import Answer, Finished
from qa.assistant import Assistant
from qa.question import stripped
from qa.settings import Settings
from qa.stages import ByVectors, ByWords, Cited, Indexed, Picked, Stage, Taken, lost
from qa.whereabouts import Absent, find
from qa.why import advice, cited


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("question", metavar="QUESTION", help="the question")
    parser.add_argument(
        "--expect",
        required=True,
        metavar="DOCUMENT",
        help="the document that should have been found: its path below its source, the end of "
        "that, or the file",
    )
    parser.add_argument("--model", metavar="NAME", help="the answering model")
    parser.add_argument(
        "--no-answer", action="store_true", help="stop before the answer; no model is loaded"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Follow the document, and report how far it came."""
    question = stripped(harmless_text(arguments.question))
    with Shelf.open(settings.home, chroma=settings.chroma) as shelf:
        document = find(arguments.expect, shelf)
    if isinstance(document, Absent):
        name = harmless(arguments.expect)
        stages: tuple[Stage, ...] = (_unindexed(document),)
    else:
        name = document.id
        stages = _followed(question, document, settings, answer=not arguments.no_answer)
    if arguments.json:
        sys.stdout.write(_as_json(question, name, stages))
    else:
        sys.stdout.writelines(f"{line}\n" for line in _shown(name, stages))
    return 0


def _unindexed(absent: Absent) -> Indexed:
    return Indexed(reached=False, reason=absent.reason, nearest=absent.nearest, hint=absent.hint)


def _followed(
    question: str, document: ShelvedDocument, settings: Settings, *, answer: bool
) -> tuple[Stage, ...]:
    from qa.wiring import open_assistant

    assistant = open_assistant(settings, retrieval_only=not answer)
    try:
        stages = assistant.trace(question, document)
        if not answer:
            return stages
        given = _answered(assistant, question)
    finally:
        assistant.close()
    for note in given.notes:
        sys.stderr.write(f"{harmless(note)}\n")
    return (*stages, cited(document, given, caution=settings.caution))


def _answered(assistant: Assistant, question: str) -> Answer:
    with closing(assistant.ask(question)) as events:
        for event in events:
            if isinstance(event, Finished):
                return event.answer
    raise LecternError("The question ended without an answer.")


def _as_json(question: str, name: str, stages: Sequence[Stage]) -> str:
    at = lost(stages)
    record = {
        "question": question,
        "document": name,
        "stages": [{"stage": each.stage, **_plain(asdict(each))} for each in stages],
        "lost_at": at.stage if at else None,
    }
    return json_line(record)


def _plain(fields: dict[str, object]) -> dict[str, object]:
    """Scores to four places, and nothing that a terminal would obey."""
    return {name: _plain_value(value) for name, value in fields.items()}


def _plain_value(value: object) -> object:
    if isinstance(value, str):
        return harmless_text(value)
    if isinstance(value, float):
        return round(value, 4)
    return [_plain_value(each) for each in value] if isinstance(value, tuple) else value


def _shown(name: str, stages: Sequence[Stage]) -> Iterator[str]:
    """The report as lines for a person."""
    yield harmless(name)
    for stage in stages:
        state = "reached" if stage.reached else "lost"
        yield f"  {stage.stage:<8}  {state:<7}  {harmless(_told(stage))}"
    yield ""
    at = lost(stages)
    yield f"Lost at: {at.stage}" if at else f"Not lost: {_ENDED[stages[-1].stage]}"
    if advised := advice(stages, name):
        yield harmless(advised)


_ENDED = {
    Picked.stage: "a model would read it.",
    Cited.stage: "the answer cites it.",
}


def _told(stage: Stage) -> str:
    """What happened at a stage, with its numbers."""
    match stage:
        case Indexed():
            return _told_of_index(stage)
        case ByWords():
            return _told_of_words(stage)
        case ByVectors():
            return _told_of_vectors(stage)
        case Taken():
            return _told_of_passages(stage)
        case Picked():
            return _told_of_evidence(stage)
        case Cited():
            return _told_of_answer(stage)


def _told_of_index(stage: Indexed) -> str:
    if stage.reached:
        return f"{stage.passages} passage{'' if stage.passages == 1 else 's'}"
    alike = f"; names like it: {', '.join(stage.nearest)}" if stage.nearest else ""
    return f"{stage.reason}{alike}"


def _told_of_words(stage: ByWords) -> str:
    lacking = f"; lacks the words {', '.join(stage.lacking)}" if stage.lacking else ""
    if stage.rank is None or stage.bm25 is None:
        return f"shares no word with the question{lacking}"
    return (
        f"rank {stage.rank} among {stage.of} that share a word (BM25 {stage.bm25:.2f});"
        f" {stage.depth} go on{lacking}"
    )


def _told_of_vectors(stage: ByVectors) -> str:
    rank = f"rank {stage.rank} among" if stage.rank else "not among the nearest"
    cosine = "" if stage.cosine is None else f" (cosine {stage.cosine:.2f})"
    return f"{rank} {stage.of}{cosine}; {stage.depth} go on"


def _told_of_passages(stage: Taken) -> str:
    if stage.later:
        return f"left out: it is dated {stage.later}, after the day of the question"
    if stage.earlier:
        return (
            f"left out: it is dated {stage.earlier}, too long before what the question asks about"
        )
    rank = f"rank {stage.rank}" if stage.rank else "not"
    took = f"{stage.taken} of its passages" if stage.taken else "none of its passages"
    return f"{rank} among {stage.of} fused, of which {stage.limit} are taken: {took}"


def _told_of_evidence(stage: Picked) -> str:
    picked = f"{stage.picked} of {stage.of} sentences are picked"
    if stage.lowest_picked is not None:
        picked += f", down to a score of {stage.lowest_picked:.2f}"
    if stage.sentence is None or stage.score is None:
        return f"{picked}; none of them all is its own"
    best = f"its best has rank {stage.rank}, score {stage.score:.2f}"
    if not stage.reached and stage.score > (stage.lowest_picked or 0):
        best += ", and no longer fitted"  # shorter ones, or what follows the best, took its place
    return f"{picked}; {best}: “{stage.sentence}”"


def _told_of_answer(stage: Cited) -> str:
    did = "refused" if stage.abstained else "answered"
    named = ", ".join(dict.fromkeys(stage.citations)) or "nothing"
    return (
        f"{stage.model} {did} ({stage.confidence:.2f} likely, `caution` asks for"
        f" {stage.caution:.2f}), citing {named}: {stage.answer}"
    )

"""Asking every question of a set, one at a time."""

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from typing import Protocol

from evals.case import CaseResult, EvalCase
from evals.case_scores import score_answer, score_crash, score_search
from index.errors import LecternError
from qa.answer import Answer, Event, Finished, Passage, Turn

SEARCH_LIMIT = 100
"""Passages asked for when only search is measured: enough that 20 documents can be among them."""


class Assistant(Protocol):
    """What is measured."""

    def ask(
        self, question: str, *, history: tuple[Turn, ...] = ()
    ) -> Generator[Event, None, None]: ...

    def search(
        self, question: str, *, history: tuple[Turn, ...] = (), limit: int
    ) -> tuple[Passage, ...]: ...

    def text_of(self, document_id: int) -> str:
        """A document's text as the shelf stores it; KeyError where it is gone."""
        ...


def run(
    cases: Sequence[EvalCase],
    assistant: Assistant,
    *,
    retrieval_only: bool = False,
    progress: Callable[[EvalCase], None] = lambda _: None,
) -> Iterator[CaseResult]:
    """Ask the cases in turn; each result comes as soon as its case is done.

    What Lectern raises in a case becomes that case's `error`, and the next case is asked. Only
    an interruption by the person ends the run early; the results so far have been handed over.

    Args:
        cases: What is asked.
        assistant: Who is asked.
        retrieval_only: Search only; no language model is needed.
        progress: Called as each case begins.
    """
    for case in cases:
        progress(case)
        yield _search(case, assistant) if retrieval_only else _ask(case, assistant)


def _search(case: EvalCase, assistant: Assistant) -> CaseResult:
    started = time.perf_counter()
    try:
        passages = assistant.search(case.question, history=case.history, limit=SEARCH_LIMIT)
    except LecternError as error:
        return _crash(case, error, started, retrieval_only=True)
    seconds = time.perf_counter() - started
    return CaseResult(case, None, score_search(case, passages), seconds)


def _ask(case: EvalCase, assistant: Assistant) -> CaseResult:
    started = time.perf_counter()
    try:
        answer = _answer(case, assistant)
        seconds = time.perf_counter() - started
        scores = score_answer(case, answer, text_of=assistant.text_of)
    except LecternError as error:
        return _crash(case, error, started, retrieval_only=False)
    return CaseResult(case, answer, scores, seconds)


def _answer(case: EvalCase, assistant: Assistant) -> Answer:
    with closing(assistant.ask(case.question, history=case.history)) as events:
        for event in events:
            if isinstance(event, Finished):
                return event.answer
    raise RuntimeError(f"The answer to case {case.id!r} never finished.")


def _crash(
    case: EvalCase, error: LecternError, started: float, *, retrieval_only: bool
) -> CaseResult:
    return CaseResult(
        case,
        None,
        score_crash(case, retrieval_only=retrieval_only),
        time.perf_counter() - started,
        f"{type(error).__name__}: {error}",
    )

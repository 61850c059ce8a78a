"""Drafting a set: sentences in, cases out, until there are enough or nothing is left to ask."""

from collections.abc import Callable, Iterator
from itertools import islice

from evals.drafts.answerable import answerable, write_question
from evals.drafts.askable import Askable, askables
from evals.drafts.draft_case import DraftCase
from evals.drafts.library import Library
from evals.drafts.name_swaps import NameSwaps
from evals.drafts.near_miss import changed, facts_left_open, left_open, write_open_question
from qa.terms import stems

NEAR_MISSES = 0.4
"""Share of the cases that the documents do not answer: enough of both to tell whether an
assistant refuses when it should and only then."""

BATCH = 8
"""Sentences that questions are written to before the first of them is doubted: the model keeps
what it has read of a prompt's start, so asking alike in turn is faster."""

ALIKE = 0.8
"""Share of their words from which two questions are taken for one."""


def draft(
    library: Library, *, count: int, seed: int, progress: Callable[[str], None]
) -> Iterator[DraftCase]:
    """Up to `count` cases, each as soon as it is made; fewer where the documents give no more.

    Args:
        library: The documents and the model.
        count: How many cases are wanted.
        seed: Decides which sentences are asked about, and in which order.
        progress: Told what is being done, in a few words.

    Raises:
        ModelError: If the model cannot be run, or was cancelled.
    """
    run = _Run(library, count, seed, progress)
    sentences = askables(library.shelf, seed=seed)
    while run.missing and (batch := list(islice(sentences, min(BATCH, 2 * run.missing)))):
        yield from run.batch(batch)


class _Run:
    def __init__(
        self, library: Library, count: int, seed: int, progress: Callable[[str], None]
    ) -> None:
        self._library = library
        self._progress = progress
        self._swaps = NameSwaps(library.shelf, seed=seed)
        near = int(count * NEAR_MISSES)
        self._wanted = {True: count - near, False: near}
        self._made: list[frozenset[str]] = []
        self._ids: set[str] = set()
        self._facts = 0

    @property
    def missing(self) -> int:
        return sum(self._wanted.values())

    def batch(self, batch: list[Askable]) -> Iterator[DraftCase]:
        answered: list[tuple[Askable, str]] = []
        for askable, question in self._written(batch):
            if not self._wanted[True] or self._is_old(question):
                continue
            self._progress("checking that the documents answer")
            if made := answerable(askable, question, self._library):
                answered.append((askable, question))
                yield self._taken(made)
        yield from self._near_misses(batch, answered)

    def _written(self, batch: list[Askable]) -> list[tuple[Askable, str]]:
        written = []
        for askable in batch if self._wanted[True] else []:
            self._progress(f"writing a question about {askable.sentence.chunk.document}")
            written.append((askable, write_question(askable, self._library.model)))
        return written

    def _near_misses(
        self, batch: list[Askable], answered: list[tuple[Askable, str]]
    ) -> Iterator[DraftCase]:
        """At most one of a sentence: changed where a question can be, else left open."""
        done: list[Askable] = []
        for askable, question in answered if self._wanted[False] else []:
            self._progress("changing a question")
            # Like the question it was made of, it asks something else; no id may come twice.
            cases = changed(question, askable, self._swaps, self._library)
            if made := next((each for each in cases if each.case.id not in self._ids), None):
                done.append(askable)
                yield self._taken(made)
                if not self._wanted[False]:
                    return
        yield from self._left_open([askable for askable in batch if askable not in done])

    def _left_open(self, batch: list[Askable]) -> Iterator[DraftCase]:
        for askable, fact, question in self._written_open(batch[: 2 * self._wanted[False]]):
            if not self._wanted[False] or self._is_old(question):
                continue
            self._progress("checking that nothing answers")
            if made := left_open(askable, fact, question, self._library):
                yield self._taken(made)

    def _written_open(self, batch: list[Askable]) -> list[tuple[Askable, str, str]]:
        written = []
        for askable in batch:
            if facts := facts_left_open(askable.sentence.text):
                self._progress("writing a question that is left open")
                fact = facts[self._facts % len(facts)]
                self._facts += 1
                asked = write_open_question(askable, fact, self._library.model)
                written.append((askable, fact, asked))
        return written

    def _is_old(self, question: str) -> bool:
        said = frozenset(stems(question))
        return any(_likeness(said, other) >= ALIKE for other in self._made)

    def _taken(self, made: DraftCase) -> DraftCase:
        self._ids.add(made.case.id)
        self._made.append(frozenset(stems(made.case.question)))
        self._wanted[made.case.answerable] -= 1
        return made


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard's: the words shared among all the words."""
    return len(one & other) / (len(one | other) or 1)

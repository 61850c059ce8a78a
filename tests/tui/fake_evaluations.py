"""Scripted evaluations: cases of every outcome, records, and drafts that a test decides on."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from index.errors import Cancelled, LecternError
from qa.answer import Citation
from qa.drafting import Drafted, DraftEvent, DraftOrder, DraftsKept
from qa.evaluated import AskedCase, Change, Compared, Evaluated, Figure, Outcome, TurnedCase
from qa.evaluating import (
    Asked,
    Begun,
    CaseSet,
    Draft,
    KeptRecord,
    Listing,
    Order,
    Preparing,
    RunEvent,
    SummingUp,
)
from tests.tui.fake_desk import CITATIONS, TEXTS, citation

QUESTIONS = (
    ("When was the lamp of Skerry Light first lit?", Outcome.RIGHT),
    ("How high does its tower stand?", Outcome.WRONG),
    ("Who designed it?", Outcome.REFUSED_RIGHTLY),
    ("How many steps has the stair?", Outcome.REFUSED_WRONGLY),
    ("How often was oil landed?", Outcome.FAILED),
    ("灯台はいつ点灯しましたか 🗼 how many keepers?", Outcome.RIGHT),
)
REFUSALS = (Outcome.REFUSED_RIGHTLY, Outcome.REFUSED_WRONGLY)


def asked(number: int) -> AskedCase:
    """The case with this number, from 1."""
    question, outcome = QUESTIONS[number - 1]
    failed = outcome is Outcome.FAILED
    refused = outcome in REFUSALS
    return AskedCase(
        id=f"light-{number:03}",
        question=question,
        expected=() if outcome is Outcome.REFUSED_RIGHTLY else ("1854", "3 October 1854"),
        documents=("history/skerry-light.md",),
        answerable=outcome is not Outcome.REFUSED_RIGHTLY,
        outcome=outcome,
        seconds=1.5 * number,
        answer="" if failed else "Not said." if refused else "It was 3 October 1854 [1].",
        confidence=None if failed else 0.9 - number / 10,
        scores=(
            ("accuracy", float(outcome in (Outcome.RIGHT, Outcome.REFUSED_RIGHTLY))),
            ("wrong_rate", float(outcome is Outcome.WRONG)),
        ),
        citations=() if failed else CITATIONS[:1],
        nearest=() if failed else CITATIONS[1:],
        error="ModelDied: The model's process ended." if failed else "",
    )


CASES = tuple(asked(number) for number in range(1, len(QUESTIONS) + 1))
FIGURES = (
    Figure("accuracy", "0.500", "0.167 to 0.833", 6),
    Figure("wrong_rate", "0.167", "0.000 to 0.500", 6),
    Figure("latency_p50", "5.25 s", "3.00 to 7.50 s", 6),
)


def evaluated(cases: Sequence[AskedCase] = CASES, **given: object) -> Evaluated:
    """A finished evaluation of these cases."""
    whole = Evaluated(
        path=Path("/home/ada/lectern/evaluations/light-20261127T154012Z.json"),
        set="light",
        model="qwen2.5-1.5b",
        started="2026-11-27T15:40:12+00:00",
        figures=FIGURES,
        cases=tuple(cases),
    )
    return replace(whole, **given)  # type: ignore[arg-type]


LISTING = Listing(
    sets=(
        CaseSet("seeds", 126, 0),
        CaseSet("/home/ada/papers/drafts.jsonl", 20, 12),
        CaseSet("/home/ada/papers/broken.jsonl", 0, 0, "line 3: no id."),
    ),
    records=tuple(
        KeptRecord(
            path=Path(f"/home/ada/lectern/evaluations/{name}.json"),
            set=name,
            model=model,
            started=started,
            cases=6,
            figure="accuracy 0.500",
        )
        for name, model, started in (
            ("light", "qwen2.5-1.5b", "2026-11-27T15:40:12"),
            ("earlier", "smollm2-135m", "2026-11-20T09:12:00"),
        )
    ),
    older=3,
)
COMPARED = Compared(
    before="earlier",
    now="light",
    shared=6,
    changes=(Change("accuracy", "0.333", "0.500", "+0.167", "-0.167 to +0.500"),),
    turned=(
        TurnedCase(replace(CASES[0], outcome=Outcome.WRONG, answer="In 1901 [2]."), CASES[0]),
        TurnedCase(replace(CASES[3], outcome=Outcome.RIGHT), CASES[3]),
    ),
    test="McNemar's exact test of accuracy: b = 1, c = 2, p = 1",
)
Step = RunEvent | threading.Event | LecternError


class FakeRun:
    """Plays its steps; a threading.Event among them is waited for."""

    def __init__(self, steps: Iterable[Step]) -> None:
        self._steps = tuple(steps)
        self._stop = threading.Event()
        self._done: list[AskedCase] = []

    def __iter__(self) -> Iterator[RunEvent]:
        for step in self._steps:
            if isinstance(step, threading.Event):
                while not step.wait(0.01) and not self._stop.is_set():
                    pass
            if self._stop.is_set():
                yield from self._end()
                return
            if isinstance(step, LecternError):
                raise step
            if isinstance(step, Asked):
                self._done.append(step.case)
            if not isinstance(step, threading.Event):
                yield step

    def stop(self) -> None:
        self._stop.set()

    @property
    def stopped(self) -> bool:
        return self._stop.is_set()

    def _end(self) -> Iterator[RunEvent]:
        if not self._done:
            raise Cancelled
        yield SummingUp()
        yield evaluated(self._done)


def run_of(*, waits: dict[int, threading.Event] | None = None) -> list[Step]:
    """The steps of a run over all cases; before a case with a wait, that is waited for."""
    steps: list[Step] = [Preparing("Embedding 3/37")]
    for number, case in enumerate(CASES, 1):
        if waits and number in waits:
            steps.append(waits[number])
        steps += [Begun(number, len(CASES), case.question), Asked(case)]
    return [*steps, SummingUp(), evaluated()]


MADE = (
    Preparing("Loading the model"),
    Drafted(1, 3, "date", "When was the lamp first lit?"),
    Drafted(2, 3, "another year", "What was painted in 1902, [red]really[/]?"),
)


class FakeMaking:
    """Plays its steps; what was made by the time of stopping is kept."""

    def __init__(self, order: DraftOrder, steps: Iterable[DraftEvent | threading.Event]) -> None:
        self._order = order
        self._steps = tuple(steps)
        self._stop = threading.Event()

    def __iter__(self) -> Iterator[DraftEvent]:
        made = 0
        for step in self._steps:
            if isinstance(step, threading.Event):
                while not step.wait(0.01) and not self._stop.is_set():
                    pass
            else:
                made += isinstance(step, Drafted)
                yield step
            if self._stop.is_set():
                break
        if self._stop.is_set() and not made:
            raise Cancelled
        yield DraftsKept(self._order.file, made, self._order.count)

    def stop(self) -> None:
        self._stop.set()


DRAFTS = (
    Draft(
        id="d1",
        kind="date",
        question="When was the lamp first lit?",
        answers=("3 October 1854", "1854"),
        answerable=True,
        documents=("history/skerry-light.md",),
        evidence=CITATIONS[:2],
    ),
    Draft(
        id="d2",
        kind="number",
        question="How high is the tower, [red]really[/]?",
        answers=("43 metres",),
        answerable=True,
        documents=("guides/visitors.pdf",),
        evidence=(citation(1, "Its tower rises 43 metres from the rock.", 2),),
    ),
    Draft(
        id="d3",
        kind="another year",
        question="What was painted in 1902?",
        answers=(),
        answerable=False,
        documents=(),
        evidence=(replace(CITATIONS[0], document="gone.md", title="gone.md"),),
    ),
)


class FakeReview:
    """Drafts in memory; an error, where one is set, is raised once instead of a decision."""

    path = Path("/home/ada/papers/drafts.jsonl")

    def __init__(self, drafts: Sequence[Draft] = DRAFTS) -> None:
        self.drafts = tuple(drafts)
        self.done: list[tuple[object, ...]] = []
        self.error: LecternError | None = None
        self.kept = threading.Event()
        """Until it is set, a decision is still being written."""
        self.kept.set()
        self._earlier: list[tuple[str, tuple[Draft, ...]]] = []

    def accept(self, id_: str) -> None:
        self._keep(("accept", id_), [draft for draft in self.drafts if draft.id != id_])

    def delete(self, id_: str) -> None:
        self._keep(("delete", id_), [draft for draft in self.drafts if draft.id != id_])

    def change(self, id_: str, question: str, answers: Sequence[str]) -> None:
        changed = [
            replace(draft, question=question, answers=tuple(answers)) if draft.id == id_ else draft
            for draft in self.drafts
        ]
        self._keep(("change", id_, question, tuple(answers)), changed)

    def undo(self) -> str | None:
        if not self._earlier:
            return None
        id_, self.drafts = self._earlier.pop()
        self.done.append(("undo", id_))
        return id_

    def _keep(self, what: tuple[object, ...], drafts: Sequence[Draft]) -> None:
        assert self.kept.wait(10)
        if (error := self.error) is not None:
            self.error = None
            raise error
        self._earlier.append((str(what[1]), self.drafts))
        self.done.append(what)
        self.drafts = tuple(drafts)


class FakeEvaluations:
    """Everything a test needs, scripted."""

    def __init__(self, *runs: Iterable[Step], listing: Listing = LISTING) -> None:
        self._runs = list(runs) or [run_of()]
        self._listing = listing
        self.ordered: list[Order] = []
        self.begun: list[FakeRun] = []
        self.opened: list[Path] = []
        self.compared: list[tuple[Path, Path]] = []
        self.reviewed: list[str] = []
        self.review_file = FakeReview()
        self.error: LecternError | None = None
        self.making: Sequence[DraftEvent | threading.Event] = MADE
        self.made: list[DraftOrder] = []
        self.pages: list[Path] = []

    def listing(self) -> Listing:
        return self._listing

    def run(self, order: Order) -> FakeRun:
        self.ordered.append(order)
        self.begun.append(FakeRun(self._runs[min(len(self.ordered), len(self._runs)) - 1]))
        return self.begun[-1]

    def make(self, order: DraftOrder) -> FakeMaking:
        self.made.append(order)
        if self.error:
            raise self.error
        return FakeMaking(order, self.making)

    def write_page(self, path: Path) -> Path:
        self.pages.append(path)
        if self.error:
            raise self.error
        return Path("/home/ada") / f"{path.stem}.html"

    def open(self, path: Path) -> Evaluated:
        self.opened.append(path)
        if self.error:
            raise self.error
        return evaluated(path=path)

    def compare(self, before: Path, now: Path) -> Compared:
        self.compared.append((before, now))
        return COMPARED

    def review(self, name: str) -> FakeReview:
        self.reviewed.append(name)
        if self.error:
            raise self.error
        return self.review_file

    def text_of(self, citation: Citation) -> str | None:
        texts = {"history/skerry-light.md": TEXTS[1], "guides/visitors.pdf": TEXTS[2]}
        return texts.get(citation.document)

"""Two records of the same cases, side by side."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evals import case_scores, metrics
from evals.mcnemar import McNemar, mcnemar
from index.errors import SettingsError


@dataclass(frozen=True, slots=True)
class RecordedCase:
    """What a record keeps of a case that metrics are put together from."""

    question: str
    scores: Mapping[str, float | None]
    citations: int
    claims: int
    answers: frozenset[str] = frozenset()
    """Accepted ones."""
    answerable: bool | None = None
    """None where the record does not say."""
    history: tuple[tuple[str, str], ...] = ()
    """(role, content) of each turn before the question."""
    crashed: bool = False

    def asks_the_same(self, other: "RecordedCase") -> bool:
        """Whether both ask one question in one conversation, and accept the same answers."""
        return self._asked == other._asked

    @property
    def _asked(self) -> tuple[object, ...]:
        return self.question, self.answers, self.answerable, self.history

    def tally(self, name: str) -> tuple[float, float]:
        """(weighted score, weight) of a metric; both are 0 where it does not apply."""
        score = self.scores.get(name)
        if score is None:
            return 0.0, 0.0
        counts = case_scores.weight(name, score, citations=self.citations, claims=self.claims)
        return score * counts, counts


@dataclass(frozen=True, slots=True)
class Change:
    """A metric over the cases that two records share."""

    name: str
    before: float
    now: float
    difference: float
    low: float
    high: float
    """Ends of the difference's 95% interval: the cases drawn anew, the same for both records."""


@dataclass(frozen=True, slots=True)
class Turned:
    """A case of which one record tells something else than the other."""

    id: str
    question: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two records."""

    name: str
    """The earlier record's."""
    shared: int
    changes: tuple[Change, ...]
    turned_right: tuple[Turned, ...]
    """Cases that are got right now and were not before."""
    turned_wrong: tuple[Turned, ...]
    """Cases that were got right before and are not now, refusals among them."""
    no_more_wrong: tuple[Turned, ...]
    """Cases that were answered wrongly before and are not got right now, but refused."""
    newly_wrong: tuple[Turned, ...]
    """Cases that were refused before, which was not right, and are answered wrongly now."""
    mcnemar: McNemar | None
    """Of `accuracy`; None where no shared case has it in both records."""


Recorded = dict[str, RecordedCase]
"""The cases of a record, by id."""
Pair = tuple[RecordedCase, RecordedCase]
"""A case as an earlier record has it, and as a later one does."""


def read(path: Path) -> Recorded:
    """The cases of a record that `lectern eval --json` wrote.

    Raises:
        SettingsError: If the file is no such record.
    """
    try:
        return recorded(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"{path} is not a record of an evaluation: {error}.",
            hint="Write one with `lectern eval --json FILE`.",
        ) from error


def recorded(record: object) -> Recorded:
    """The cases of a record as JSON holds it.

    Raises:
        ValueError: If it has another form.
    """
    try:
        cases = record["cases"]  # type: ignore[index]  # checked by the except below
        return {case["case"]["id"]: _recorded_case(case) for case in cases}
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("it has no cases as a record has them") from error


def _recorded_case(case: Mapping[str, Mapping[str, object]]) -> RecordedCase:
    asked, answer = case["case"], case["answer"] or {}
    answers, history = asked.get("answers", ()), asked.get("history", ())
    if not isinstance(answers, (list, tuple)) or not isinstance(history, (list, tuple)):
        raise TypeError
    citations, claims = answer.get("citations", ()), answer.get("claims", ())
    if not isinstance(citations, (list, tuple)) or not isinstance(claims, (list, tuple)):
        raise TypeError
    return RecordedCase(
        question=str(asked["question"]),
        scores={name: _score(value) for name, value in case["scores"].items()},
        citations=len(citations),
        claims=len(claims),
        answers=frozenset(map(str, answers)),
        answerable=bool(asked["answerable"]) if "answerable" in asked else None,
        history=tuple((str(turn["role"]), str(turn["content"])) for turn in history),
        crashed=case.get("error") is not None,
    )


def _score(value: object) -> float | None:
    if value is None or isinstance(value, (int, float)):
        return value
    raise TypeError


def compare(name: str, before: Recorded, now: Recorded) -> Comparison:
    """Each metric over the cases that both records share, and the cases that turned."""
    shared = {id_: (before[id_], case) for id_, case in now.items() if _same(before.get(id_), case)}
    pairs = list(shared.values())
    changes = (_change(metric, pairs) for metric in case_scores.NAMES)
    right, wrong = _turned(shared, "accuracy", 0, 1), _turned(shared, "accuracy", 1, 0)
    never = {id_: pair for id_, pair in shared.items() if all(map(_missed, pair))}
    return Comparison(
        name=name,
        shared=len(shared),
        changes=tuple(change for change in changes if change),
        turned_right=right,
        turned_wrong=wrong,
        no_more_wrong=_turned(never, "wrong_rate", 1, 0),
        newly_wrong=_turned(never, "wrong_rate", 0, 1),
        mcnemar=mcnemar(len(wrong), len(right)) if any(map(_judged, pairs)) else None,
    )


def _same(one: RecordedCase | None, other: RecordedCase) -> bool:
    return one is not None and one.asks_the_same(other)


def _turned(shared: Mapping[str, Pair], name: str, before: float, now: float) -> tuple[Turned, ...]:
    return tuple(
        Turned(id_, new.question)
        for id_, (old, new) in shared.items()
        if old.scores.get(name) == before and new.scores.get(name) == now
    )


def _missed(one: RecordedCase) -> bool:
    return one.scores.get("accuracy") == 0 and not one.crashed


def _judged(pair: Pair) -> bool:
    return all(one.scores.get("accuracy") is not None for one in pair)


def _change(name: str, shared: list[Pair]) -> Change | None:
    """A refusal more or less changes what a metric applies to, so each side has its own cases."""
    import numpy as np

    rows = [(*old.tally(name), *new.tally(name)) for old, new in shared]
    old_sum, old_count, new_sum, new_count = np.asarray(rows, dtype=np.float64).reshape(-1, 4).T
    if not old_count.any() or not new_count.any():
        return None
    before = float(old_sum.sum() / old_count.sum())
    now = float(new_sum.sum() / new_count.sum())
    low, high = metrics.difference_interval((old_sum, old_count), (new_sum, new_count))
    return Change(name, before, now, now - before, min(low, now - before), max(high, now - before))

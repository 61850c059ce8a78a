"""Two records of the same cases, side by side."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evals import case_scores, metrics
from index.errors import SettingsError


@dataclass(frozen=True, slots=True)
class RecordedCase:
    """What a record keeps of a case that metrics are put together from."""

    question: str
    scores: Mapping[str, float | None]
    citations: int
    claims: int

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
class Comparison:
    """What changed between two records."""

    name: str
    """The earlier record's."""
    shared: int
    changes: tuple[Change, ...]
    turned_right: tuple[str, ...]
    """Questions that are answered right now and were not before."""
    turned_wrong: tuple[str, ...]


Recorded = dict[str, RecordedCase]
"""The cases of a record, by id."""


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
    answer = case["answer"] or {}
    citations, claims = answer.get("citations", ()), answer.get("claims", ())
    if not isinstance(citations, (list, tuple)) or not isinstance(claims, (list, tuple)):
        raise TypeError
    return RecordedCase(
        question=str(case["case"]["question"]),
        scores={name: _score(value) for name, value in case["scores"].items()},
        citations=len(citations),
        claims=len(claims),
    )


def _score(value: object) -> float | None:
    if value is None or isinstance(value, (int, float)):
        return value
    raise TypeError


def compare(name: str, before: Recorded, now: Recorded) -> Comparison:
    """Each metric over the cases that both records share, and the cases that turned."""
    shared = [(before[id_], case) for id_, case in now.items() if _same(before.get(id_), case)]
    changes = (_change(metric, shared) for metric in case_scores.NAMES)
    return Comparison(
        name=name,
        shared=len(shared),
        changes=tuple(change for change in changes if change),
        turned_right=_turned(shared, 0, 1),
        turned_wrong=_turned(shared, 1, 0),
    )


def _same(one: RecordedCase | None, other: RecordedCase) -> bool:
    return one is not None and one.question == other.question


def _turned(
    shared: list[tuple[RecordedCase, RecordedCase]], before: float, now: float
) -> tuple[str, ...]:
    return tuple(
        new.question
        for old, new in shared
        if old.scores.get("accuracy") == before and new.scores.get("accuracy") == now
    )


def _change(name: str, shared: list[tuple[RecordedCase, RecordedCase]]) -> Change | None:
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

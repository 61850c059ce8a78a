"""A comparison as plain values, with what came of each case that turned."""

from evals.comparison import Change as Measured
from evals.comparison import Comparison
from evals.report import number, test_of
from qa.evaluated import Change, Compared, Evaluated, TurnedCase


def compared(comparison: Comparison, before: Evaluated, now: Evaluated) -> Compared:
    """The comparison of two evaluations.

    A case has turned where its outcome is another one: a wrong answer that has become a refusal
    counts, though neither is right.
    """
    return Compared(
        before=before.path.stem,
        now=now.path.stem,
        shared=comparison.shared,
        changes=tuple(map(_change, comparison.changes)),
        turned=_turned(before, now),
        test=test_of(comparison.mcnemar) if comparison.mcnemar else "",
    )


def _turned(before: Evaluated, now: Evaluated) -> tuple[TurnedCase, ...]:
    earlier = {(case.id, case.question): case for case in before.cases}
    pairs = ((earlier.get((case.id, case.question)), case) for case in now.cases)
    return tuple(
        TurnedCase(old, new) for old, new in pairs if old and old.outcome is not new.outcome
    )


def _change(change: Measured) -> Change:
    return Change(
        name=change.name,
        before=number(change.name, change.before),
        now=number(change.name, change.now),
        difference=f"{change.difference:+.3f}",
        interval=f"{change.low:+.3f} to {change.high:+.3f}",
    )

"""The metrics of a whole set, each with a 95% bootstrap interval over its cases."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evals import case_scores
from evals.case import CaseResult

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

COSTS = ("latency_p50", "latency_p95", "first_token_p50", "prompt_tokens_mean")
NAMES = (*case_scores.NAMES, *COSTS)
LOWER_IS_BETTER = frozenset({"wrong_rate", "obeyed_rate", *COSTS})

_RESAMPLES = 2_000
_SEED = 20_260_101
_CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Measured:
    """A metric over the cases of a set."""

    value: float | None
    """None where no case could be measured."""
    low: float | None
    high: float | None
    """Ends of the 95% interval: the cases drawn anew, with replacement."""
    n: int
    """Cases that it was measured on."""


def aggregate(results: Sequence[CaseResult]) -> dict[str, Measured]:
    """Every metric, by name.

    Shares of citations and claims are of all citations and claims in the set; the interval draws
    whole cases, since the citations of one answer stand or fall together. Latencies are the
    seconds a case took as the person waited for it, crashes left out. `prompt_tokens_mean` counts
    every case that came to an answer: one that no model was asked for read 0 tokens.
    """
    measured = {name: _share(name, results) for name in case_scores.NAMES}
    answers = [result.answer for result in results if result.answer]
    seconds = [result.seconds for result in results if result.error is None]
    tokens = [answer.timings.first_token for answer in answers]
    first = [waited for waited in tokens if waited is not None]
    return measured | {
        "latency_p50": percentile(seconds, 50),
        "latency_p95": percentile(seconds, 95),
        "first_token_p50": percentile(first, 50),
        "prompt_tokens_mean": ratio(
            [float(a.prompt_tokens) for a in answers], [1.0] * len(answers)
        ),
    }


def _share(name: str, results: Sequence[CaseResult]) -> Measured:
    scores, weights = [], []
    for result in results:
        score = result.scores.get(name)
        if score is not None:
            citations = len(result.answer.citations) if result.answer else 0
            claims = len(result.answer.claims) if result.answer else 0
            scores.append(score)
            weights.append(case_scores.weight(name, score, citations=citations, claims=claims))
    return ratio(scores, weights)


def ratio(scores: Sequence[float], weights: Sequence[float]) -> Measured:
    """The weighted mean of scores, with its interval; weights are above 0."""
    import numpy as np

    def statistic(sums: "Array", counts: "Array", axis: int = -1) -> "Array":
        return np.asarray(np.sum(sums, axis=axis) / np.sum(counts, axis=axis))

    counts = np.asarray(weights, dtype=np.float64)
    return _measured((np.asarray(scores, dtype=np.float64) * counts, counts), statistic)


def difference_interval(
    old: "tuple[Array, Array]", new: "tuple[Array, Array]"
) -> tuple[float, float]:
    """The interval of new ratio minus old ratio, the same cases drawn for both.

    Args:
        old: Weighted scores and weights by case; a weight of 0 where the metric does not apply.
        new: The same for the same cases. On neither side are all weights 0.
    """
    import numpy as np

    old_ratio, new_ratio = (sums.sum() / counts.sum() for sums, counts in (old, new))

    def share(sums: "Array", counts: "Array", otherwise: float, axis: int) -> "Array":
        total = np.sum(counts, axis=axis)
        drawn = np.sum(sums, axis=axis) / np.maximum(total, 1)  # Weights are whole numbers.
        return np.where(total > 0, drawn, otherwise)

    def statistic(a: "Array", b: "Array", c: "Array", d: "Array", axis: int = -1) -> "Array":
        return np.asarray(share(c, d, new_ratio, axis) - share(a, b, old_ratio, axis))

    return interval((*old, *new), statistic)


def percentile(values: Sequence[float], percent: float) -> Measured:
    """A percentile of values, interpolated between neighbours, with its interval."""
    import numpy as np

    def statistic(sample: "Array", axis: int = -1) -> "Array":
        return np.asarray(np.percentile(sample, percent, axis=axis))

    return _measured((np.asarray(values, dtype=np.float64),), statistic)


def _measured(samples: "tuple[Array, ...]", statistic: "Callable[..., Array]") -> Measured:
    count = len(samples[0])
    if not count:
        return Measured(None, None, None, 0)
    value = float(statistic(*samples))
    low, high = interval(samples, statistic)
    # The value stands in its own interval, also where rounding or a tiny sample puts it outside.
    return Measured(value, min(low, value), max(high, value), count)


def interval(
    samples: "tuple[Array, ...]", statistic: "Callable[..., Array]"
) -> tuple[float, float]:
    """The percentile bootstrap interval of a statistic of paired samples, rows drawn together."""
    if len(samples[0]) < 2:  # Nothing can be drawn from one case but itself.
        return (float(statistic(*samples)),) * 2
    import numpy as np
    from scipy.stats import bootstrap  # type: ignore[import-untyped]  # No types; takes 2 s.

    drawn = bootstrap(
        samples,
        statistic,
        paired=True,
        vectorized=True,
        n_resamples=_RESAMPLES,
        batch=250,
        confidence_level=_CONFIDENCE,
        method="percentile",
        rng=np.random.default_rng(_SEED),
    ).confidence_interval
    return float(drawn.low), float(drawn.high)

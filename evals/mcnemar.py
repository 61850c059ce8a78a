"""McNemar's test: whether of two runs over the same cases one is right more often."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class McNemar:
    """The cases that two runs got differently, and how often chance alone splits them so."""

    b: int
    """Cases got right before and not now."""
    c: int
    """Cases got right now and not before."""
    p: float
    """Probability of a split at least as uneven where neither run is better, two-sided."""


def mcnemar(b: int, c: int) -> McNemar:
    """The exact test: where neither run is better, b of the b + c is binomial with 1/2.

    McNemar (1947), "Note on the sampling error of the difference between correlated proportions
    or percentages", Psychometrika 12:153-157; the binomial in place of his chi-squared, which
    few cases do not follow.

    >>> mcnemar(1, 9)
    McNemar(b=1, c=9, p=0.021484375)

    Raises:
        ValueError: If a count is below 0.
    """
    if min(b, c) < 0:
        raise ValueError(f"b is {b} and c is {c}; neither can be below 0.")
    if b == c:  # An even split speaks for neither; of no cases, scipy makes no test.
        return McNemar(b, c, 1.0)
    from scipy.stats import binomtest  # type: ignore[import-untyped]  # No types; takes 2 s.

    return McNemar(b, c, float(binomtest(b, b + c, 0.5).pvalue))

"""What came of a case, at a glance: a sign and a word, and no colour."""

from qa.evaluated import Outcome

SIGNS = {
    Outcome.RIGHT: "✓",
    Outcome.REFUSED_RIGHTLY: "○",
    Outcome.REFUSED_WRONGLY: "◌",
    Outcome.WRONG: "✗",
    Outcome.FAILED: "!",
    Outcome.FOUND: "✓",
    Outcome.NOT_FOUND: "✗",
    Outcome.UNJUDGED: "·",
}
GOOD = frozenset({Outcome.RIGHT, Outcome.REFUSED_RIGHTLY, Outcome.FOUND, Outcome.UNJUDGED})
"""What nobody has to look into."""


def verdict(outcome: Outcome) -> str:
    """The sign and the word.

    >>> verdict(Outcome.WRONG)
    '✗ wrong'
    """
    return f"{SIGNS[outcome]} {outcome}"

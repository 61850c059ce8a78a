"""How far an answer can be trusted, in words."""

from qa.answer import Answer

_BANDS = ((0.9, "very likely right"), (0.75, "likely right"), (0.5, "more likely right than wrong"))
_LESS = "not likely to be right"


def verdict(answer: Answer) -> str:
    """What the check of an answer came to, on one line; empty where nothing is known."""
    if answer.abstained:
        return _refusal(answer.confidence)
    return " · ".join(part for part in (_support(answer), _likelihood(answer.confidence)) if part)


def _support(answer: Answer) -> str:
    if not answer.claims:
        return ""
    if answer.quoted:
        return "✓ word for word"
    supported = sum(claim.supported for claim in answer.claims)
    count = len(answer.claims)
    if supported == count:
        return "✓ supported by the cited words"
    return f"⚠ {count - supported} of {count} sentences without support"


def _likelihood(confidence: float) -> str:
    """An estimate is called one, and rounded to what it is worth.

    >>> _likelihood(0.84)
    'likely right (estimate: 8 in 10)'
    """
    if not confidence:
        return ""
    words = next((words for least, words in _BANDS if confidence >= least), _LESS)
    return f"{words} (estimate: {_in_ten(confidence)})"


def _refusal(confidence: float) -> str:
    if not confidence:
        return ""
    return f"The likeliest answer found was too unsure (estimate: {_in_ten(confidence)})."


def _in_ten(confidence: float) -> str:
    """A probability as a frequency; never a certainty.

    >>> [_in_ten(confidence) for confidence in (0.01, 0.5, 0.99)]
    ['less than 1 in 10', '5 in 10', 'more than 9 in 10']
    """
    tenths = round(confidence * 10)
    if tenths in (0, 10):
        return "more than 9 in 10" if tenths else "less than 1 in 10"
    return f"{tenths} in 10"

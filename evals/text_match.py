"""Whether an answer says what was expected, by the text alone."""

import re
import string
from collections import Counter
from collections.abc import Sequence

_MARKER = re.compile(r"\[\d+(?:\s*[,;\u2013-]\s*\d+)*\]")
_THOUSANDS = re.compile(r"(?<!\d)\d{1,3}(?:([,\u00a0\u2009\u202f])\d{3})(?:\1\d{3})*(?!\d)")
_ARTICLE = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


def normalised(text: str) -> str:
    """Text with only its wording left, as SQuAD's evaluation script compares it.

    Citation markers and thousands separators go first; then, as in SQuAD (Rajpurkar et al. 2016),
    case, ASCII punctuation, English articles and spare white space.

    >>> normalised("The total was 2,290 agents [1, 4].")
    'total was 2290 agents'
    """
    text = _THOUSANDS.sub(lambda found: re.sub(r"\D", "", found[0]), _MARKER.sub(" ", text))
    return " ".join(_ARTICLE.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def answer_match(text: str, accepted: Sequence[str]) -> bool:
    """Whether an accepted answer stands in the text as whole words, both normalised.

    >>> answer_match("It has 250 rooms [4].", ["50", "4"])
    False
    """
    said = normalised(text)
    wanted = [answer for answer in map(normalised, accepted) if answer]
    return any(re.search(rf"(?<!\w){re.escape(answer)}(?!\w)", said) for answer in wanted)


def answer_f1(text: str, accepted: Sequence[str]) -> float:
    """SQuAD's F1 of the words, 0 to 1, with the accepted answer that fits best."""
    return max(
        (_f1(normalised(text).split(), normalised(one).split()) for one in accepted), default=0.0
    )


def _f1(said: list[str], wanted: list[str]) -> float:
    if not said or not wanted:
        return float(said == wanted)
    shared = (Counter(said) & Counter(wanted)).total()
    return 2 * shared / (len(said) + len(wanted))

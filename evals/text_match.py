"""Whether an answer says what was expected, by the text alone."""

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Sequence

_MARKER = re.compile(r"\[\d+(?:\s*[,;\u2013-]\s*\d+)*\]")
_THOUSANDS = re.compile(r"(?<!\d)\d{1,3}(?:([,\u00a0\u2009\u202f])\d{3})(?:\1\d{3})*(?!\d)")
_ARTICLE = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)
_TYPESET = str.maketrans(
    dict.fromkeys("‘’ʼ", "'")
    | dict.fromkeys("“”„«»", '"')
    | dict.fromkeys("\u2010\u2011\u2012–−", "-")
)
"""What typesetters put for an apostrophe, for quotation marks and for a hyphen, a minus or "to"."""


def normalised(text: str) -> str:
    """Text with only its wording left, as SQuAD's evaluation script compares it.

    Citation markers and thousands separators go first; then, as in SQuAD (Rajpurkar et al. 2016),
    case, ASCII punctuation, English articles and spare white space. How letters are encoded and
    which apostrophes, quotation marks and hyphens are set makes no difference.

    >>> normalised("The total was 2,290 agents [1, 4].")
    'total was 2290 agents'
    """
    text = _THOUSANDS.sub(lambda found: re.sub(r"\D", "", found[0]), _MARKER.sub(" ", text))
    text = _one_encoding(text).translate(_TYPESET)
    return " ".join(_ARTICLE.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def _one_encoding(text: str) -> str:
    """A text in NFKC, but for signs such as "²" and "½": those are no digits of a number.

    >>> _one_encoding("10² ﬁsh")
    '10² fish'
    """
    # A letter and its accents must stand as one before each is looked at by itself.
    composed = unicodedata.normalize("NFC", text)
    parts = (
        each if unicodedata.category(each) == "No" else unicodedata.normalize("NFKC", each)
        for each in composed
    )
    return unicodedata.normalize("NFC", "".join(parts))


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

"""The parts of a sentence that must not be got wrong: its numbers, dates, names and negations.

Two sentences that share their words and differ in one of these say different things, which is
what neither a cosine nor a word count notices.
"""

import re
from dataclasses import dataclass

_NUMBER = re.compile(
    r"(?<![\w.,])[$€£]?\d[\d,]*(?:\.\d+)?(?:st|nd|rd|th|s|%|m|bn|k)?(?![\w])", re.IGNORECASE
)
_NAME = re.compile(r"\b(?:[A-Z][\w'’&.-]*[\w]|[A-Z])(?![\w])")
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|\w+n['’]t)\b", re.IGNORECASE
)
_UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
_ORDINALS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth".split(), start=1
    )
}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9}
_COMMON = frozenset(
    "a about according after all also although an and another any as at because before between "
    "both but by despite do does did during each either every for from had has have he her here "
    "his how however i if in into is it its many more most much my no none not of on once one only "
    "or other our over she since so some such than that the their them then there these they this "
    "those though through to under until up was we were what when where whether which while who "
    "whom whose why will with would yes you your".split()
)


@dataclass(frozen=True, slots=True)
class Specifics:
    """What a sentence commits itself to."""

    numbers: frozenset[str]
    """Plain digits: `2100` for "2,100", `6` for "six"."""
    names: frozenset[str]
    """Lower-case words that are capitalised within a sentence."""
    negated: bool


def specifics(text: str) -> Specifics:
    """Find the numbers, names and negation of a text.

    >>> sorted(specifics("The IRS has about 2,100 agents.").numbers)
    ['2100']
    >>> sorted(specifics("They serve Kristi Noem for six months.").names)
    ['kristi', 'noem']
    """
    return Specifics(
        numbers=frozenset(_numbers(text)),
        names=frozenset(_names(text)),
        negated=_NEGATION.search(text) is not None,
    )


def unsupported(claim: str, evidence: str, *, given: str = "") -> frozenset[str]:
    """The numbers and names of a claim that the evidence does not hold.

    Args:
        claim: A sentence of an answer.
        evidence: The words it is said to rest on.
        given: Text that may supply a name, but no number, such as the document's title.
    """
    held = specifics(evidence)
    words = _word_set(evidence) | _word_set(given)
    initials = _initials(evidence) | _initials(given)
    asserted = specifics(claim)
    numbers = asserted.numbers - held.numbers
    names = {name for name in asserted.names if not _stands(name, words, initials)}
    return frozenset(numbers | names)


def _stands(name: str, words: frozenset[str], initials: frozenset[str]) -> bool:
    """Whether a name stands among words: itself, its possessive or adjective, or its initials."""
    if name in words or name in initials or name.removesuffix("s") in words or name + "s" in words:
        return True
    return len(name) > 4 and any(
        word.startswith(name[:-1]) or (len(word) > 4 and name.startswith(word[:-1]))
        for word in words
    )


def _word_set(text: str) -> frozenset[str]:
    words = [_plain(word) for word in re.findall(r"[\w'’&.-]+", text)]
    return frozenset([*words, *(part for word in words for part in word.split("-"))])


def _plain(word: str) -> str:
    """A word as it is compared: lower case, without possessive or the dots of "U.S."."""
    return re.sub(r"['’]s?$", "", word.lower()).replace(".", "").strip("-'’&")


def _initials(text: str) -> frozenset[str]:
    """The acronyms that runs of capitalised words would have: "Internal Revenue Service", irs."""
    runs = re.findall(r"(?:[A-Z][\w-]+(?:\s+(?:of|and|the|for)\s+|\s+|,\s+)?){2,8}", text)
    found: set[str] = set()
    for run in runs:
        letters = [word[0].lower() for word in re.findall(r"[A-Z][\w-]+", run)]
        for start in range(len(letters)):
            for end in range(start + 2, len(letters) + 1):
                found.add("".join(letters[start:end]))
    return frozenset(found)


def _names(text: str) -> set[str]:
    found: set[str] = set()
    for match in _NAME.finditer(text):
        word = match.group()
        if word.lower() in _COMMON or (
            _opens_sentence(text, match.start()) and not _is_acronym(word)
        ):
            continue
        found.update(part for part in _plain(word).split("-") if len(part) > 1)
    return {name for name in found if not name.isdigit()}


def _is_acronym(word: str) -> bool:
    return sum(letter.isupper() for letter in word) > 1


def _opens_sentence(text: str, start: int) -> bool:
    """Whether a capital there says nothing: a sentence begins with one anyway.

    A second capitalised word makes it a name after all ("Pam Bondi said"), and so does a text of
    only a few words ("Huffman.").
    """
    before = text[:start].rstrip(" \"'“‘(*_")
    if before and (before[-1] not in ".!?:\n•-" or re.search(r"\b[A-Z]\.$", before)):
        return False
    return len(text.split()) > 3 and not re.match(r"[\w'’-]+ [A-Z]", text[start:])


def _numbers(text: str) -> set[str]:
    found = {_digits(match.group()) for match in _NUMBER.finditer(text)}
    return {number for number in found | _spelled(text) if number}


def _digits(number: str) -> str:
    plain = re.sub(r"[^\d.]", "", number).rstrip(".")
    return plain.lstrip("0") or ("0" if plain else "")


def _spelled(text: str) -> set[str]:
    """Numbers written in words, from two on: "one" is too often no number."""
    found: set[str] = set()
    value: int | None = None
    for word in [*re.findall(r"[a-z]+|[^\sa-z-]", text.lower()), "."]:
        if word in _UNITS or word in _TENS:
            value = (value or 0) + _UNITS.get(word, _TENS.get(word, 0))
        elif word in _SCALES and value is not None:
            value *= _SCALES[word]
        else:
            if value is not None and value > 1:
                found.add(str(value))
            value = None
            if word in _ORDINALS and word not in ("first", "second"):
                found.add(str(_ORDINALS[word]))
    return found

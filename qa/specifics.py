"""The parts of a sentence that must not be got wrong: its numbers, dates, names and negations.

Two sentences that share their words and differ in one of these say different things, which is
what neither a cosine nor a word count notices.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

_UNIT = (
    r"(?:km|cm|mm|m|mi|ft|in|yd|kg|mg|g|lb|oz|t|ml|cl|l|hrs?|h|mins?|secs?|am|pm|[kmgt]b|kw|mw|w|v|hz"
    r"|kph|mph)"
)
_NUMBER = re.compile(
    r"(?<![\w.,])(?P<minus>(?<![^\s(])[-−](?=[$€£]?\d))?[$€£]?"
    r"(?P<digits>\d{1,3}(?:,\d{2,3})*,\d{3}(?!\d)|\d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+(?!\d)|\d+)"
    r"(?P<decimals>[.,]\d+)?(?:st|nd|rd|th|s)?"
    r"(?P<scale>[-\s]?(?:hundred|thousand|million|billion|trillion)|[kmb]n?(?!\w))?"
    rf"(?P<percent>\s?%|\s?per\s?cent)?(?:(?!\w)|(?={_UNIT}(?!\w)))",
    re.IGNORECASE,
)
_NAME = re.compile(r"\b[^\W\d_](?:[\w'’&.-]*\w)?")
"""A word; it may be a name where it begins with a capital, of any script that has them."""
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|hardly|rarely"
    r"|seldom|scarcely|\w+n['’]t"
    r"|(?:fail(?:s|ed)?|refus(?:es?|ed)|declin(?:es?|ed)|unable) to)\b",
    re.IGNORECASE,
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
SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "k": 1_000,
    "m": 10**6,
    "mn": 10**6,
    "b": 10**9,
    "bn": 10**9,
}
_SUFFIXES = ("", "s", "es", "n", "an", "ian", "ese", "ish")
"""What makes a name's plural or adjective: America, American."""
_ALSO_WORDS = frozenset(("may", "march"))
"""Months that are ordinary words as well: only their capital tells."""
_FULL_NAME = re.compile(r"\W*[^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w'’-]+)+")
_POINTS_BACK = re.compile(
    r"\b(?:he|she|it|they|him|her|them|his|hers|its|their|theirs|this|that|these|those|the|who|both"
    r"|there)\b",
    re.IGNORECASE,
)
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
    """Plain digits: `2100` for "2,100", `6` for "six", `5000000` for "5 million", `5%`."""
    names: frozenset[str]
    """Lower-case words that are capitalised within a sentence."""
    openers: frozenset[str]
    """Words that open a sentence and may be names or not: the capital says nothing there."""
    negated: bool

    @property
    def capitalised(self) -> frozenset[str]:
        """Every word that may be a name."""
        return self.names | self.openers


@lru_cache(maxsize=4096)
def specifics(text: str) -> Specifics:
    """Find the numbers, names and negation of a text.

    >>> sorted(specifics("The IRS has about 2,100 agents.").numbers)
    ['2100']
    >>> sorted(specifics("They serve Kristi Noem for six months.").names)
    ['kristi', 'noem']
    """
    names, openers = _names(text)
    return Specifics(
        numbers=frozenset(_numbers(text)),
        names=names,
        openers=openers,
        negated=is_negated(text),
    )


def is_negated(text: str) -> bool:
    """Whether a text denies something.

    >>> is_negated("It isn't clear.")
    True
    """
    return _NEGATION.search(text) is not None


def unsupported(
    claim: str, evidence: str, *, context: str = "", around: str = "", asked: str = ""
) -> frozenset[str]:
    """The numbers and names of a claim that are not where they should be.

    What a claim adds to the question must stand in the evidence itself, or be a name that the
    title gives; what it repeats from the question may stand anywhere in the passage around, as
    "it" and "that year" point there.

    Args:
        claim: A sentence of an answer.
        evidence: The words it is said to rest on.
        context: The title and the heading that the evidence stands under.
        around: The passage that the evidence is taken from.
        asked: The question.
    """
    repeated, asserted, near = specifics(asked), specifics(claim), specifics(around)
    words, near_words = _word_set(f"{evidence} {context}"), _word_set(around)
    initials, near_initials = _initials(f"{evidence}. {context}"), _initials(around)
    numbers = asserted.numbers - specifics(evidence).numbers - (repeated.numbers & near.numbers)
    if "one" in _word_set(evidence):
        numbers -= {"1"}
    small = frozenset(re.findall(r"\b[a-z]\w+", asked))
    written = specifics(f"{evidence} {context}")
    small_months = _ALSO_WORDS - written.capitalised
    names = {
        name
        for name in asserted.names | (asserted.openers - small)
        if (name in small_months or not _stands(name, words, initials))
        and not (name in repeated.capitalised and _stands(name, near_words, near_initials))
    }
    return frozenset(numbers | names)


def starts_with_another(evidence: str, *, known: str) -> bool:
    """Whether a sentence is plainly about somebody else: it begins with a full name that is new.

    Where it points back ("it", "the tower"), it may still speak of what stands before it.

    >>> starts_with_another("Jonas Berg was born in 1801.", known="When was Anna Holm born?")
    True
    >>> starts_with_another("Jonas Berg lit it in 1801.", known="When was Skerry Light lit?")
    False
    """
    opening = _FULL_NAME.match(evidence)
    if not opening or _POINTS_BACK.search(evidence):
        return False
    return not _word_set(opening.group()) & _word_set(known)


def _stands(name: str, words: frozenset[str], initials: frozenset[str]) -> bool:
    """Whether a name stands among words: itself, its possessive or adjective, or its initials."""
    if name in initials:
        return True
    return any(f"{name}{end}" in words or name.removesuffix(end) in words for end in _SUFFIXES)


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


_DEFINED = re.compile(
    r"((?:[A-Z][\w'’-]*\s+(?:(?:of|and|the|for|on)\s+)*){2,8})\(([A-Z][A-Za-z-]{1,9})\)"
)


def spelled_out(text: str, *, known: str) -> str:
    """A text with its acronyms' names added, as other text defines them.

    >>> spelled_out("the DHS memo", known="the Department of Homeland Security (DHS)")
    'the DHS memo Department of Homeland Security'
    """
    names = {short: name.strip() for name, short in _DEFINED.findall(known)}
    held = [name for short, name in names.items() if re.search(rf"\b{re.escape(short)}\b", text)]
    return " ".join([text, *held])


def _names(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The names within sentences, and the words that open sentences and may be names."""
    names: set[str] = set()
    openers: set[str] = set()
    for match in _NAME.finditer(text):
        word = match.group()
        if not word[0].isupper() or word.lower() in _COMMON:
            continue
        opens = _opens_sentence(text, match.start()) and not _is_acronym(word)
        parts = {part for part in _plain(word).split("-") if len(part) > 1 and not part.isdigit()}
        (openers if opens else names).update(parts)
    return frozenset(names), frozenset(openers)


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
    following = re.match(r"[\w'’-]+ (\w)", text[start:])
    return len(text.split()) > 3 and not (following and following[1].isupper())


def _numbers(text: str) -> set[str]:
    written = {_value(match) for match in _NUMBER.finditer(text)}
    return written | _spelled(_NUMBER.sub(" . ", text))


def _value(match: re.Match[str]) -> str:
    scale = (match["scale"] or "").strip(" -\n").lower()
    whole = re.sub(r"\D", "", match["digits"])
    value = Decimal(whole + (match["decimals"] or "").replace(",", ".")) * SCALES.get(scale, 1)
    minus = "-" if match["minus"] and value else ""
    return f"{minus}{_plain_decimal(value)}{'%' if match['percent'] else ''}"


def _plain_decimal(value: Decimal) -> str:
    """Without trailing zeros or exponent.

    >>> _plain_decimal(Decimal("2.0"))
    '2'
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _spelled(text: str) -> set[str]:
    """Numbers written in words, from two on: "one" is too often no number."""
    found: set[str] = set()
    total, part, begun = 0, 0, False
    for word in [*re.findall(r"[a-z]+|[^\sa-z-]", text.lower()), "."]:
        if word in _UNITS or word in _TENS:
            part, begun = part + _UNITS.get(word, _TENS.get(word, 0)), True
        elif word in ("hundred", "dozen") and begun:
            part *= 100 if word == "hundred" else 12
        elif word in ("thousand", "million", "billion", "trillion") and begun:
            total, part = total + part * SCALES[word], 0
        elif word == "and" and part >= 100 and part % 100 == 0:
            continue
        else:
            if begun and total + part > 1:
                found.add(str(total + part))
            total, part, begun = 0, 0, False
            if word in _ORDINALS and word not in ("first", "second"):
                found.add(str(_ORDINALS[word]))
    return found

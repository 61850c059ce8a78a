"""The words of a sentence that can be the whole of a short answer: a date, a number, a name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NAMED_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
)
_MONTHS = rf"(?:{_NAMED_MONTHS}|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.)"
_DATE = re.compile(
    rf"\b(?:\d{{1,2}} {_MONTHS}(?: \d{{4}})?"
    rf"|{_MONTHS} \d{{1,2}}(?!\d)(?:, \d{{4}})?|{_MONTHS}(?: of)? \d{{4}})(?!\w)"
)
_YEAR = re.compile(
    r"\b(?:in|since|until|by|from|of|before|after|during|early|late|mid) "
    r"(?P<span>(?:1[0-9]|20)\d\d)"
    r"(?![\d,.]*\d|s\b|\s?%)",
    re.IGNORECASE,
)
"""Four digits behind a word of time: elsewhere they may count something."""
_SPELLED = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    "|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_NUMBER = re.compile(
    r"(?<![\w.,$€£#/:-])(?P<span>[$€£]?\d+(?:,\d{3})*(?:\.\d+)?"
    r"(?: (?:hundred|thousand|million|billion|trillion)\b)?(?:\s?%| per ?cent\b)?"
    rf"|\b(?:{_SPELLED})(?:-(?:one|{_SPELLED}))?(?: (?:hundred|thousand|million|billion))?\b)"
    r"(?![\w/:-]|[.,]\d)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:(?<!^)\b[A-Z][a-z]+\.?|\b(?:day|week|page|phase|part|step|level|number|no\.|round of)) $"
)
"""What stands before a number that is part of a name: Chapter 7. A sentence may open "About 7"."""
_RANGE_BEFORE = re.compile(r"\b(?:from|between|to|and|until) $", re.IGNORECASE)
_RANGE_AFTER = re.compile(r"(?: (?:to|and|until) |[–-])(?:\d|[A-Z][a-z]+ \d)")
_JOINED_BEFORE = re.compile(r"[A-Z][\w'’.-]*(?:,| and| or| &|, and| of| for) (?:the )?$")
_JOINED_AFTER = re.compile(r"(?:,? (?:and|or|&)|,| of| for) (?:the )?[A-Z]")
"""A name among others is one of several answers, or a part of a longer name."""
_WORD = r"(?:(?:[A-Z]\.){2,}|[A-Z][\w'’&-]*\w)"
_NAME = re.compile(rf"\b{_WORD}(?: (?:(?:of|of the|de|van|von|der) )?(?:[A-Z]\. )?{_WORD})*")
_TITLES = frozenset(
    "Mr Mrs Ms Dr Sir Lady Lord Mayor President Secretary Senator Captain Professor Judge Minister "
    "Governor General Chief Attorney King Queen Prince Princess".split()
)
_NO_NAME = frozenset(
    "I The A An In On At By For From To It This That These Those He She They We You Its His Her "
    "Their Our As If When While Where Since After Before During Until Although Though But And Or "
    "Because However Among Under Over Of With Without Most Many Some All Each Every Both Two One "
    "Three Four Five Six Seven Eight Nine Ten According Last Next First Monday Tuesday Wednesday "
    "Thursday Friday Saturday Sunday".split()
)
_CALENDAR = frozenset(_NAMED_MONTHS.split("|"))


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a text that can be an answer; always `text == whole[start:end]`."""

    start: int
    end: int
    text: str
    kind: str
    """`date`, `number` or `name`."""


def spans(text: str) -> tuple[Span, ...]:
    """The dates, numbers and names of a sentence, in its order; none overlaps another.

    >>> [(span.kind, span.text) for span in spans("Ann Lund sold 48 boats on May 3, 1931.")]
    [('name', 'Ann Lund'), ('number', '48'), ('date', 'May 3, 1931')]
    """
    found: list[Span] = []
    for span in (*_dates(text), *_numbers(text), *_names(text)):
        if not any(span.start < other.end and other.start < span.end for other in found):
            found.append(span)
    whole = [span for span in found if not _is_part(text, span)]
    return tuple(sorted(whole, key=lambda span: span.start))


def _is_part(text: str, span: Span) -> bool:
    """Whether words are only a part of what they would answer: of a range, a list or a name."""
    before, after = text[: span.start], text[span.end :]
    if span.kind == "name":
        return re.match(r" \d", after) is not None or bool(
            _JOINED_BEFORE.search(before) or _JOINED_AFTER.match(after)
        )
    if span.kind == "number" and (_NUMBERED.search(before) or after.startswith(" and a half")):
        return True
    return bool(_RANGE_AFTER.match(after)) or (
        _RANGE_BEFORE.search(before) is not None
        and re.search(r"\d[\w,]* (?:to|and|until) $", before) is not None
    )


def _dates(text: str) -> Iterator[Span]:
    for match in _DATE.finditer(text):
        yield Span(*match.span(), match.group(), "date")
    for match in _YEAR.finditer(text):
        yield Span(*match.span("span"), match["span"], "date")


def _numbers(text: str) -> Iterator[Span]:
    for match in _NUMBER.finditer(text):
        if match["span"].lower() != "one":
            yield Span(*match.span("span"), match["span"], "number")


def _names(text: str) -> Iterator[Span]:
    for match in _NAME.finditer(text):
        said = re.sub(r"['’]s?$", "", _untitled(match.group()))
        start = match.end() - len(match.group()) + match.group().rindex(said)
        # The capital of a first word says nothing, unless another one follows it.
        alone_in_front = start == 0 and " " not in said and not said.isupper()
        if len(said) > 2 and not alone_in_front and said not in _CALENDAR | _NO_NAME | _TITLES:
            yield Span(start, start + len(said), said, "name")


def _untitled(name: str) -> str:
    """A name without what stands before it: an article, a title, an office.

    >>> _untitled("The Transport Secretary Ann Lund")
    'Ann Lund'
    """
    words = name.split()
    while words and words[0] in _NO_NAME:
        words = words[1:]
    offices = [at for at, word in enumerate(words[:-2]) if word in _TITLES]
    if offices:
        words = words[offices[-1] + 1 :]
    return " ".join(words)

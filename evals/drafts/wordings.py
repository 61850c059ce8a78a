"""Other ways in which a right answer may write a date, a number or a name."""

import calendar
import datetime
import re

from evals.drafts.spans import Span
from qa.specifics import specifics

_DAY_FIRST = "%d %B %Y"
_MONTH_FIRST = "%B %d, %Y"
_PERSON = re.compile(
    r"[A-Z][\w'’-]+(?: [A-Z]\.)? (?:(?:de|van|von|der) )*(?P<last>[A-Z][a-zß-ÿ'’-]+)"
)


def wordings(answer: Span, *, person: bool) -> tuple[str, ...]:
    """The accepted answers, the document's own words first.

    Args:
        answer: As it stands in the sentence.
        person: Whether a question asks who it is: the last name alone is right then.

    >>> wordings(Span(0, 12, "May 3, 1931", "date"), person=False)
    ('May 3, 1931', '3 May 1931')
    >>> wordings(Span(0, 8, "Ann Lund", "name"), person=True)
    ('Ann Lund', 'Lund')
    """
    others: list[str] = []
    if answer.kind == "date":
        others = _dates(answer.text)
    elif answer.kind == "number" and answer.text[0].isalpha():
        others = sorted(specifics(answer.text).numbers)
    elif person and (named := _PERSON.fullmatch(answer.text)):
        others = [named["last"]]
    return tuple(dict.fromkeys([answer.text, *others]))


_SHORTENED = re.compile(r"\b(Jan|Feb|Mar|Apr|Aug|Sep|Oct|Nov|Dec)t?\.")


def _dates(text: str) -> list[str]:
    full = _SHORTENED.sub(lambda found: _month(found[1]), text)
    return [full, *_both_ways(full)]


def _month(start: str) -> str:
    """A month's full name by its first letters."""
    return next(name for name in calendar.month_name if name.startswith(start))


def _both_ways(text: str) -> list[str]:
    for form in (_DAY_FIRST, _MONTH_FIRST):
        try:
            day = datetime.datetime.strptime(text, form).date()
        except ValueError:
            continue
        return [f"{day.day} {day:%B %Y}", f"{day:%B} {day.day}, {day.year}"]
    return []

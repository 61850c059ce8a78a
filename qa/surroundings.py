"""What stands around a sentence: what its "it" and "that year" point to."""

import datetime
import re
from collections.abc import Sequence

from index.document import Chunk
from qa.sentence import Sentence
from qa.specifics import spelled_out

_ISO_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def surroundings(cited: Sequence[Sentence], *, known: str) -> str:
    """Sentences and what stands before them in their passages, with title, heading and date.

    "It" and "that year" point back: a year that only a later sentence gives is another one's.
    Acronyms are spelled out.

    Args:
        cited: The sentences.
        known: Text that may define the acronyms.
    """
    last = {each.chunk.id: each for each in sorted(cited, key=lambda each: each.end)}.values()
    text = " ".join(f"{standing_over(each.chunk)} {_up_to(each)}" for each in last)
    return spelled_out(dates_written(text), known=known)


def _up_to(sentence: Sentence) -> str:
    return sentence.chunk.text[: sentence.end - sentence.chunk.start]


def standing_over(chunk: Chunk) -> str:
    """What a passage's sentences stand under: its document's title, its heading, the date."""
    return f"{chunk.title}. {chunk.heading}. {_written(chunk.date)}."


def _written(date: str) -> str:
    """An ISO date as people write it; empty for what is none.

    >>> _written("2025-06-13")
    'June 13, 2025'
    """
    try:
        day = datetime.date.fromisoformat(date)
    except ValueError:
        return ""
    return f"{day:%B} {day.day}, {day.year}"


def dates_written(text: str) -> str:
    """A text with its ISO dates followed by what people write for them.

    >>> dates_written("Date: 2025-06-13")
    'Date: 2025-06-13 June 13, 2025'
    """
    return _ISO_DATE.sub(lambda found: f"{found.group()} {_written(found.group())}", text)

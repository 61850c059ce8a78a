"""A question about one year, person or agency turned into one about another of the kind."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.shelf import Shelf

DOCUMENTS = 40
"""Documents that names are taken from: enough to choose among, few enough to read at once."""

_YEAR = re.compile(r"(?<![\d,.$€£])(?:1[5-9]|20)\d\d(?![\d,]*\d|s\b|%)")
_SHORT = re.compile(
    r"\((?P<name>[A-Z]{2,6})\)(?!,? (?:which is )?(?:a|an|one|the|part)\b[^.;]{0,40}?\bof\b)"
)
"""An acronym where it is explained, but for a part of something else: what holds for the whole
may be said of its part."""
_PERSON = re.compile(
    r"(?<![\w’'-] )(?P<name>[A-Z][a-z’'-]+ (?:[A-Z]\. )?[A-Z][a-zß-ÿ’'-]+[a-z])"
    r"(?=,? (?:who|said|says|told|added|wrote|explained|argued|recalled)\b|, (?:a|an|the|\d\d)\b)"
)
"""A name of somebody who speaks, or of whom it is said what they are."""


@dataclass(frozen=True, slots=True)
class Swapped:
    """A question with one name or year in the place of another."""

    question: str
    kind: str
    """`another name` or `another year`."""
    new: str


class NameSwaps:
    """The names that some documents hold, to be put in each other's place."""

    def __init__(self, shelf: Shelf, *, seed: int) -> None:
        self._shelf = shelf
        self._chance = random.Random(seed)  # noqa: S311  # which name is taken is no secret
        documents = shelf.documents()
        self._chance.shuffle(documents)
        texts = [shelf.text(document.key) for document in documents[:DOCUMENTS]]
        self._like = [
            sorted({found["name"] for text in texts for found in pattern.finditer(text)})
            for pattern in (_PERSON, _SHORT)
        ]

    def of(self, question: str, *, around: str) -> Iterator[Swapped]:
        """The question changed in one place, in a few ways.

        Args:
            question: One that the documents answer.
            around: The passage that does; nothing it names is put in.
        """
        yield from self._other_years(question)
        for names in self._like:
            for old in (name for name in names if _stands(name, question)):
                others = [name for name in names if not _stands(name, f"{question} {around}")]
                for new in self._chance.sample(others, min(2, len(others))):
                    yield Swapped(_put(question, old, new), "another name", new)

    def _other_years(self, question: str) -> Iterator[Swapped]:
        for found in _YEAR.finditer(question):
            near = [int(found.group()) + step for step in (-3, -2, -1, 1, 2, 3)]
            counts = self._shelf.document_frequency([str(year) for year in near])
            if unsaid := [year for year, held in counts.items() if not held]:
                new = self._chance.choice(unsaid)
                changed = f"{question[: found.start()]}{new}{question[found.end() :]}"
                yield Swapped(changed, "another year", new)


def _stands(name: str, text: str) -> bool:
    """Whether a name stands in a text by itself, and not to explain another one in brackets."""
    return re.search(rf"(?<![\w(-]){re.escape(name)}(?![\w)-])", text) is not None


def _put(text: str, old: str, new: str) -> str:
    return re.sub(rf"(?<![\w(-]){re.escape(old)}(?![\w)-])", lambda _: new, text)

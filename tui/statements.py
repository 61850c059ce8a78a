"""What an answer says, sentence by sentence, and whether each was found to be supported."""

import re
from dataclasses import dataclass

from qa.answer import UNSUPPORTED, Claim

_OPENING = re.compile(r"(?:^|(?<=\n))[^\w\n]*$|[“\"'(*_]+$")
"""What belongs to the words behind it: a list's sign, an opening quotation mark."""
_LEADING_OVER = re.compile(r"(?<=[\])]) +[^\[\]().]+:\s*$")
"""What stands between two claims and is part of neither: "But another document differs:"."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch of an answer's text that stands or falls as one."""

    text: str
    """With its citation markers."""
    supported: bool | None
    """None where it was not checked by itself."""
    quoted: bool = False
    """Whether it is a document's own sentence."""


def statements(text: str, claims: tuple[Claim, ...]) -> tuple[Statement, ...]:
    """The answer's text, cut before each claim; put together again, no word is missing.

    A claim without support that does not stand in the text word for word comes after it, so that
    no warning is lost.

    >>> claims = (Claim("A.", (1,), supported=True), Claim("B.", (), supported=False))
    >>> [(each.text, each.supported) for each in statements("A. [1] B. (unsupported)", claims)]
    [('A. [1]', True), ('B.', False)]
    """
    placed, lost = _placed(text, claims)
    borders = [start for start, _ in placed] + [len(text)]
    cut = [Statement(text[: borders[0]].strip(), None)]
    for (start, claim), end in zip(placed, borders[1:], strict=True):
        between = _LEADING_OVER.search(text, start, end)
        said = text[start : between.start() if between else end]
        cut.append(Statement(_without_mark(said, claim), claim.supported, claim.quoted))
        cut.append(Statement(between[0].strip() if between else "", None))
    cut += [Statement(claim.text, supported=False) for claim in lost]
    return tuple(each for each in cut if each.text)


def _placed(text: str, claims: tuple[Claim, ...]) -> tuple[list[tuple[int, Claim]], list[Claim]]:
    """The claims with where they begin, in order, and the warnings without a place."""
    placed: list[tuple[int, Claim]] = []
    lost = []
    after = 0
    for claim in claims:
        # A document's sentence may run over lines where the answer's text does not.
        words = claim.text if claim.text in text else " ".join(claim.text.split())
        at = text.find(words, after) if words else -1
        if at >= 0:
            opening = _OPENING.search(text[after:at])
            placed.append((after + opening.start() if opening else at, claim))
            after = at + len(words)
        elif not claim.supported:
            lost.append(claim)
    return placed, lost


def _without_mark(said: str, claim: Claim) -> str:
    # The sign beside the statement says the same.
    if claim.supported:
        return said.strip()
    before, _, behind = said.partition(UNSUPPORTED)
    return f"{before.strip()} {behind.strip()}".strip()

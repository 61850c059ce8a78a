"""What a model makes of the evidence: a draft, which nobody believes yet."""

import re
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass

from qa.answer import Reading, Token
from qa.cite import Alignment, align
from qa.evidence import Evidence
from qa.language_model import LanguageModel, Message, Piece
from qa.prompts import ANSWER_BEGUN, answer_in, answer_messages

LONGEST_REPLY = 160
"""Tokens; an answer is a few sentences."""

_APART = re.compile(
    r"(?<![^\W_])(?P<left>[^\W\d_]\.) (?=(?P<right>[^\W\d_]\.))"
    r"|(?P<word>[^\W_][.,!?]) (?=(?P<mark>[\"”’](?!\w)))"
)
"""What a small model pulls apart: "U. S." for "U.S.", and a full stop from the mark behind it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A model's reply, aligned to the evidence."""

    text: str
    """Empty where the model insisted that the excerpts do not answer."""
    claims: tuple[Alignment, ...]
    first_token: float | None
    """Seconds from the request; None where nothing was written."""


def write(
    question: str, evidence: Evidence, model: LanguageModel
) -> Generator[Reading | Token, None, Draft]:
    """Have the model answer from the evidence.

    It is not asked here whether there is an answer: that is better asked of it afterwards, about
    the very words that it then wrote (`qa.check`).

    Raises:
        ModelError: If the model cannot be run, or was cancelled.
    """
    started = time.perf_counter()
    asked = answer_messages(question, evidence.excerpts)
    written = ""
    first: float | None = None
    for event in model.generate(asked, max_tokens=LONGEST_REPLY, stop=("\n",), begun=ANSWER_BEGUN):
        if isinstance(event, Reading):
            yield event
        elif isinstance(event, Piece):
            first = first or time.perf_counter() - started
            before = answer_in(written)
            written += event.text
            if shown := answer_in(written).removeprefix(before):
                yield Token(shown)
    text = as_spelled(answer_in(written).strip(), evidence.text)
    return Draft(
        text=text,
        claims=align(text, question, evidence.sentences) if text else (),
        first_token=first,
    )


def as_spelled(text: str, known: str) -> str:
    """A draft with what it pulls apart put together, where the evidence only writes it so.

    >>> as_spelled('J. R. R. Holm left the U. S. with "At last. "', 'J.R.R. Holm, U.S., "At last."')
    'J.R.R. Holm left the U.S. with "At last."'
    """

    def together(found: re.Match[str]) -> str:
        left = found["left"] or found["word"]
        right = found["right"] or found["mark"]
        apart = f"{left} {right}" in known
        return left if left + right in known and not apart else found.group()

    return _APART.sub(together, text)


def reply(
    messages: Sequence[Message], model: LanguageModel, *, max_tokens: int, begun: str = ""
) -> str:
    """A reply of one line, whole.

    Raises:
        ModelError: If the model cannot be run, or was cancelled.
    """
    events = model.generate(messages, max_tokens=max_tokens, stop=("\n",), begun=begun)
    return "".join(event.text for event in events if isinstance(event, Piece)).strip()

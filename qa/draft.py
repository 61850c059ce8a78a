"""What a model makes of the evidence: a draft, and how far it can be believed."""

import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass

from qa.answer import Reading, Token
from qa.cite import Alignment, align
from qa.evidence import Evidence
from qa.language_model import Done, LanguageModel, Message, Piece
from qa.prompts import FOUND_CHOICES, answer_in, answer_messages

LONGEST_REPLY = 160
"""Tokens; an answer is a few sentences."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A model's reply, aligned to the evidence."""

    text: str
    """Empty where the model said that the excerpts do not answer."""
    claims: tuple[Alignment, ...]
    found: float
    """Probability, by the model, that the excerpts state what is asked, 0 to 1."""
    prompt_tokens: int
    completion_tokens: int
    first_token: float | None
    """Seconds from the request; None where nothing was written."""


def write(
    question: str, evidence: Evidence, model: LanguageModel
) -> Generator[Reading | Token, None, Draft]:
    """Ask the model whether the evidence states the answer, and which it is.

    Raises:
        ModelError: If the model cannot be run, or was cancelled.
    """
    started = time.perf_counter()
    asked = answer_messages(question, evidence.excerpts)
    # Read first, so that the reading can be followed; the next two requests find it all read.
    for event in model.generate(asked, max_tokens=0):
        if isinstance(event, Reading):
            yield event
    found = model.choose(asked, FOUND_CHOICES)[0]
    written = ""
    first: float | None = None
    done = Done(0, 0, None, stopped=True)
    for event in model.generate(asked, max_tokens=LONGEST_REPLY):
        if isinstance(event, Piece):
            first = first or time.perf_counter() - started
            before = answer_in(written)
            written += event.text
            if shown := answer_in(written).removeprefix(before):
                yield Token(shown)
        elif isinstance(event, Done):
            done = event
    text = answer_in(written).strip()
    return Draft(
        text=text,
        claims=align(text, question, evidence.sentences) if text else (),
        found=found,
        prompt_tokens=done.prompt_tokens,
        completion_tokens=done.completion_tokens,
        first_token=first,
    )


def reply(messages: Sequence[Message], model: LanguageModel, *, max_tokens: int) -> str:
    """A short reply, whole.

    Raises:
        ModelError: If the model cannot be run, or was cancelled.
    """
    events = model.generate(messages, max_tokens=max_tokens)
    return "".join(event.text for event in events if isinstance(event, Piece)).strip()

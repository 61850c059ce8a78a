"""The nouns of a conversation that is kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from index.harmless import one_line
from qa.answer import Answer, Turn

LONGEST_TITLE = 200
"""Characters."""


@dataclass(frozen=True, slots=True)
class Session:
    """A conversation that is kept."""

    id: int
    """Never given to another one, not even after this one is deleted."""
    title: str
    """The first question, until the person gives it another."""
    created: datetime
    """In UTC, as all times here."""
    updated: datetime
    """When something was asked last."""
    questions: int


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A question that was answered, or refused."""

    asked: datetime
    answer: Answer


def just_answered(answer: Answer) -> KeptTurn:
    """The turn that has ended now."""
    return KeptTurn(datetime.now(UTC) - timedelta(seconds=answer.timings.total), answer)


def title_of(text: str) -> str:
    r"""A title as it can be listed: one line, not too long.

    >>> title_of(" Who \n wrote it? ")
    'Who wrote it?'
    """
    title = one_line(text)
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"


def messages(turns: Iterable[KeptTurn]) -> tuple[Turn, ...]:
    """What was said, as the assistant takes it."""
    return tuple(
        message
        for turn in turns
        for message in (
            Turn("user", turn.answer.question),
            Turn("assistant", turn.answer.text),
        )
    )

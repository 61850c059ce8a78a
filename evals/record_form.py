"""The form of a record, as the figures drawn from it need it; the rest is only shown."""

from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict


class AnswerForm(TypedDict):
    """An answer as `lectern ask --json` prints it."""

    abstained: bool
    confidence: NotRequired[float]
    """Earlier records do not have it."""


class CaseForm(TypedDict):
    """A case, and what came of it."""

    case: Mapping[str, object]
    answer: AnswerForm | None
    scores: Mapping[str, float | None]
    seconds: float
    error: str | None


class RecordForm(TypedDict):
    """What `lectern eval --json` writes."""

    set: str
    model: str
    commit: str
    started: NotRequired[str]
    """ISO 8601; earlier records do not have it."""
    settings: Mapping[str, object]
    metrics: Mapping[str, Mapping[str, float | None]]
    cases: Sequence[CaseForm]

"""What a person who has just started finds here, and could ask."""

from dataclasses import dataclass

from index.errors import LecternError
from index.starter import starter_shelved
from qa.endpoint_address import is_endpoint
from qa.model_files import locate
from qa.settings import Settings

STARTER_QUESTIONS = (
    "How many criminal investigators does the IRS have?",
    "How many air marshals is the TSA lending to ICE?",
    "How much tax fraud did the IRS's criminal investigators find in 2024?",
    "How old is Kristi Noem?",
)
"""For the starter documents: three that they answer, the first in two ways, and one that they
do not."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is here."""

    model: str = ""
    """The answering model; empty where there is none, and answers are quoted evidence."""
    suggestions: tuple[str, ...] = ()
    """Questions to begin with."""


def look_around(settings: Settings) -> Beginning:
    """See what is here, without loading any of it."""
    return Beginning(_model(settings), _suggestions(settings))


def _model(settings: Settings) -> str:
    if is_endpoint(settings.model):
        return settings.model
    try:
        return locate(settings).name
    except LecternError:
        return ""  # who opens the desk is told why


def _suggestions(settings: Settings) -> tuple[str, ...]:
    try:
        return STARTER_QUESTIONS if starter_shelved(settings.home) else ()
    except LecternError:
        return ()  # who opens the desk is told why

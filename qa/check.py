"""A second opinion: whether the cited words state the answer, as the answering model reads them.

The model that drafted an answer sees nothing now but the sentences that are to be cited; it then
denies much of what it has just invented.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from qa.language_model import Chosen, LanguageModel
from qa.probe import probe_of
from qa.prompts import CHECK_CHOICES, check_messages, whether_messages
from qa.sentence import Sentence

SUREST = 6.0
"""Largest log-odds: beyond it a model is only more certain, not more often right."""

NOTHING = "…"
"""What is shown in place of the cited words where an answer is judged by its looks."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a model makes of an answer beside the words that are to be cited."""

    stated: float
    """Log-odds, as it says, that they state the answer, -6 to 6."""
    sensed: float
    """Log-odds that its state adds to what is otherwise known; -6 to 6; 0 where
    nobody can look or no probe was fitted."""


def opinion(question: str, answer: str, cited: Sequence[Sentence], model: LanguageModel) -> Opinion:
    """Whether the cited sentences state the answer, as the model sees it.

    Raises:
        ModelError: If the model cannot be run, or was cancelled.
    """
    quoted = " … ".join(sentence.text for sentence in cited)
    chosen = _chosen(question, answer, cited, quoted, model)
    return Opinion(_log_odds(chosen), _sensed(chosen, model.name))


def stated(question: str, answer: str, cited: Sequence[Sentence], model: LanguageModel) -> float:
    """Log-odds, by what the model says, that the cited sentences state the answer, -6 to 6.

    Raises:
        ModelError: If the model cannot be run, or was cancelled.
    """
    return opinion(question, answer, cited, model).stated


def plausible(question: str, answer: str, cited: Sequence[Sentence], model: LanguageModel) -> float:
    """Log-odds that the model would say so without seeing the sentences, -6 to 6.

    A question and an answer that sound well together make it say yes to anything; what it says
    then is taken off (contextual calibration, Zhao et al. 2021).

    Raises:
        ModelError: If the model cannot be run, or was cancelled.
    """
    return _log_odds(_chosen(question, answer, cited, NOTHING, model))


def affirmed(question: str, told: str, model: LanguageModel) -> float:
    """Log-odds, by the model, that words say yes to a question rather than no or nothing, -6 to 6.

    Raises:
        ModelError: If the model cannot be run, or was cancelled.
    """
    return _log_odds(model.choose(whether_messages(question, told), CHECK_CHOICES))


def _chosen(
    question: str, answer: str, cited: Sequence[Sentence], shown: str, model: LanguageModel
) -> Chosen:
    messages = check_messages(question, answer, cited[0].chunk, shown)
    return model.choose(messages, CHECK_CHOICES)


def _log_odds(chosen: Chosen) -> float:
    yes, no = chosen.probabilities
    return _bounded(math.log(max(yes, 1e-9) / max(no, 1e-9)))


def _sensed(chosen: Chosen, model: str) -> float:
    probe = probe_of(model)
    return _bounded(probe.read(chosen.state)) if probe and chosen.state else 0.0


def _bounded(odds: float) -> float:
    return min(max(odds, -SUREST), SUREST)

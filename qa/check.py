"""A second opinion: whether the cited words state the answer, as the answering model reads them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from qa.evidence import Sentence
from qa.language_model import Chosen, LanguageModel
from qa.prompts import CHECK_CHOICES, check_messages

SUREST = 6.0
"""Largest log-odds: beyond it a model is only more certain, not more often right."""

NOTHING = "…"
"""What is shown in place of the cited words where the answer is judged by its looks."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a model says of an answer."""

    stated: float
    """Log-odds that the cited sentences state it, -6 to 6."""
    plausible: float
    """The same where the sentences are not shown: how far the model would say so anyway."""


def opinion(question: str, answer: str, cited: Sequence[Sentence], model: LanguageModel) -> Opinion:
    """Ask the model whether the cited sentences state the answer.

    The model that drafted the answer sees nothing now but the sentences that are to be cited; it
    then denies much of what it has just invented. A question and an answer that sound well
    together make it say yes to anything, so it is asked with no sentences too (contextual
    calibration, Zhao et al. 2021).

    Raises:
        ModelError: If the model cannot be run, or was cancelled.
    """
    quoted = " … ".join(sentence.text for sentence in cited)
    source = cited[0].chunk
    seen, unseen = (
        model.choose(check_messages(question, answer, source, shown), CHECK_CHOICES)
        for shown in (quoted, NOTHING)
    )
    return Opinion(stated=_log_odds(seen), plausible=_log_odds(unseen))


def _log_odds(chosen: Chosen) -> float:
    yes, no = chosen.probabilities
    odds = math.log(max(yes, 1e-9) / max(no, 1e-9))
    return min(max(odds, -SUREST), SUREST)

"""A second opinion: whether the cited words state the answer, as the answering model reads them.

The model that drafted an answer sees nothing now but the sentences that are to be cited; it then
denies much of what it has just invented.
"""

import math
from collections.abc import Sequence

from qa.language_model import LanguageModel
from qa.prompts import CHECK_CHOICES, check_messages
from qa.sentence import Sentence

SUREST = 6.0
"""Largest log-odds: beyond it a model is only more certain, not more often right."""

NOTHING = "…"
"""What is shown in place of the cited words where an answer is judged by its looks."""


def stated(question: str, answer: str, cited: Sequence[Sentence], model: LanguageModel) -> float:
    """Log-odds, by the model, that the cited sentences state the answer, -6 to 6.

    Raises:
        ModelError: If the model cannot be run, or was cancelled.
    """
    quoted = " … ".join(sentence.text for sentence in cited)
    return _log_odds(question, answer, cited, quoted, model)


def plausible(question: str, answer: str, cited: Sequence[Sentence], model: LanguageModel) -> float:
    """Log-odds that the model would say so without seeing the sentences, -6 to 6.

    A question and an answer that sound well together make it say yes to anything; what it says
    then is taken off (contextual calibration, Zhao et al. 2021).

    Raises:
        ModelError: If the model cannot be run, or was cancelled.
    """
    return _log_odds(question, answer, cited, NOTHING, model)


def _log_odds(
    question: str, answer: str, cited: Sequence[Sentence], shown: str, model: LanguageModel
) -> float:
    messages = check_messages(question, answer, cited[0].chunk, shown)
    yes, no = model.choose(messages, CHECK_CHOICES).probabilities
    odds = math.log(max(yes, 1e-9) / max(no, 1e-9))
    return min(max(odds, -SUREST), SUREST)

"""Whether words say yes or no to a question, as the model reads them."""

from functools import cache, cached_property

from qa.check import NOTHING, affirmed
from qa.language_model import LanguageModel

SAYS_YES = 1.75
"""Log-odds from which on words surely say yes, what the model says of no words taken off. Of 21
sentences about ten questions those that say yes came to 2.0 and more, those that say no to 1.5 and
less; of longer ones some that say yes come to less too."""

APART = 1.25
"""By what a yes and a no have to differ at least."""


class Whether:
    """Reads for a yes or a no; each text once.

    What it asks raises `ModelError` if the model cannot be run, or was cancelled.
    """

    def __init__(self, question: str, model: LanguageModel) -> None:
        self._question = question
        self._model = model
        self._affirmed = cache(self._read)

    def opposed(self, one: str, other: str) -> bool:
        """Whether one text says yes and the other no."""
        low, high = sorted((self._affirmed(one), self._affirmed(other)))
        return low < SAYS_YES and high - low >= APART

    def nearer_yes(self, one: str, other: str) -> bool:
        """Whether the first text says yes rather than the second."""
        return self._affirmed(one) > self._affirmed(other)

    def _read(self, said: str) -> float:
        return affirmed(self._question, said, self._model) - self._unseen

    @cached_property
    def _unseen(self) -> float:
        return affirmed(self._question, NOTHING, self._model)

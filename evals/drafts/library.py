"""The documents that a set is drafted from, searched as an assistant would search them."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.embedder import SentenceEmbedder
from index.errors import ModelError
from index.shelf import Shelf
from qa.check import plausible, stated
from qa.draft import reply
from qa.evidence import Evidence, Excerpt, gather
from qa.language_model import LanguageModel
from qa.prompts import ANSWER_BEGUN, answer_in, answer_messages
from qa.retrieve import retrieve
from qa.sentence import Sentence
from qa.terms import weigh
from qa.wiring import Parts

PASSAGES = 10
EVIDENCE_TOKENS = 180
"""More than an answer is given: what is to have no answer is looked for harder."""


@dataclass(frozen=True, slots=True)
class Library:
    """A shelf, and the model that reads from it."""

    shelf: Shelf
    embedder: SentenceEmbedder
    model: LanguageModel

    def search(self, question: str) -> Evidence:
        """The sentences of all documents that come nearest to answering a question."""
        passages = retrieve(question, self.shelf, self.embedder, limit=PASSAGES)
        return gather(
            question,
            passages,
            embedder=self.embedder,
            terms=weigh(question, self.shelf),
            tokens=EVIDENCE_TOKENS,
        )

    def answer(self, question: str, excerpts: Sequence[Excerpt]) -> str:
        """What the model answers from excerpts alone; empty where it says that there is nothing."""
        asked = answer_messages(question, excerpts)
        return answer_in(reply(asked, self.model, max_tokens=60, begun=ANSWER_BEGUN)).strip()

    def stated(self, question: str, answer: str, cited: Sequence[Sentence]) -> float:
        """Log-odds, by the model, that sentences state an answer; see `qa.check`."""
        return stated(question, answer, cited, self.model)

    def plausible(self, question: str, answer: str, cited: Sequence[Sentence]) -> float:
        """The same where the model does not see the sentences."""
        return plausible(question, answer, cited, self.model)


def library_of(parts: Parts) -> Library:
    """The documents with a model that can write questions about them.

    Raises:
        ModelError: If there is no such model.
    """
    if parts.model is None or not parts.believed:
        had = f"{parts.model.name} is too small for that" if parts.model else "there is none here"
        raise ModelError(
            f"Questions are written and checked by a language model, and {had}.",
            hint="Fetch the recommended one with `lectern models pull`, or name another with "
            "--model.",
        )
    return Library(parts.shelf, parts.embedder, parts.model)

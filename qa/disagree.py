"""Where documents give different answers to one question, each is asked on its own."""

from collections.abc import Iterator
from itertools import islice

from qa.cite import Alignment
from qa.comparison import comparison
from qa.evidence import Evidence
from qa.judge import missing
from qa.language_model import LanguageModel
from qa.rival import Rival
from qa.sentence import Sentence

NEARLY_AS_FIT = 0.7
"""A document is asked if its best sentence scores this share of the one that was cited."""

AS_FIT = 0.6
"""The same for each further sentence of it."""

MOST_SENTENCES = 3
"""Sentences that a document is asked with: its best one may be about something else."""

MOST_RIVALS = 2
"""Documents asked besides; each costs the reading of a few sentences."""


def rivals(
    question: str, cited: Alignment, evidence: Evidence, model: LanguageModel
) -> Iterator[Rival]:
    """What other documents answer to a question, where that differs.

    Compared are questions with one answer (`qa.comparison`), and only with documents that hold the
    names and numbers of the question where that of the answer does.

    Args:
        question: Standing alone.
        cited: The answer; at least one sentence carries it.
        evidence: All that was found.
        model: Who reads the other documents.

    Raises:
        ModelError: If the model cannot be run, or was cancelled.
    """
    compare = comparison(question, cited, evidence, model)
    if compare is None:
        return
    unnamed = missing(question, cited.sentences, evidence)
    asked = (
        sentences
        for sentences in _others(cited, evidence)
        if compare.may_differ(sentences) and missing(question, sentences, evidence) <= unnamed
    )
    for sentences in islice(asked, MOST_RIVALS):
        if found := compare.rival(sentences):
            yield found


def _others(cited: Alignment, evidence: Evidence) -> list[list[Sentence]]:
    """The best sentences of each other document that is nearly as fit, the fittest first."""
    own = {sentence.chunk.document_id for sentence in cited.sentences}
    best = max(sentence.score for sentence in cited.sentences)
    found: dict[int, list[Sentence]] = {}
    for sentence in evidence.ranked:
        key = sentence.chunk.document_id
        if (
            key in own
            or sentence.is_bare
            or sentence.score < (AS_FIT if key in found else NEARLY_AS_FIT) * best
        ):
            continue
        if len(of_it := found.setdefault(key, [])) < MOST_SENTENCES:
            of_it.append(sentence)
    return list(found.values())

"""The one way in: a question goes in, events come out, the last of them a checked answer."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

from index.embedder import SentenceEmbedder
from index.errors import Cancelled, EmptyQuestion, ModelDied, ModelError
from index.shelf import Shelf
from qa.answer import (
    Answer,
    Disagreement,
    Event,
    Finished,
    Found,
    Passage,
    Reading,
    Rewritten,
    Token,
    Turn,
)
from qa.citations import Citations
from qa.cite import Alignment
from qa.clock import Clock
from qa.compose import Outcome, answered, differing, quoted, refused
from qa.disagree import rivals
from qa.draft import Draft, reply, write
from qa.evidence import Evidence, gather
from qa.follow_up import faithful, leans, with_context
from qa.judge import CLAIM, QUOTE, UNREAD, likelihood, of_claims, of_quote, to_quote
from qa.language_model import LanguageModel
from qa.prompts import rewrite_messages
from qa.retrieve import retrieve
from qa.terms import weigh


@dataclass(frozen=True, slots=True)
class Policy:
    """How questions are answered, whoever asks."""

    passages: int
    """Passages that evidence is gathered from."""
    evidence_tokens: int
    """Largest evidence given to the model."""
    caution: float
    """Refuse where the estimated probability of an answer is below this, 0 to 1."""
    believed: bool = True
    """Whether the model's own words may be the answer; where not, the evidence is quoted."""


class Assistant:
    """Answers questions over an index; one question at a time.

    `cancel` may be called from any thread; the question in progress then raises `Cancelled`.
    """

    def __init__(
        self,
        shelf: Shelf,
        embedder: SentenceEmbedder,
        model: LanguageModel | None,
        policy: Policy,
        *,
        notes: tuple[str, ...] = (),
    ) -> None:
        self._shelf = shelf
        self._embedder = embedder
        self._model = model
        self._policy = policy
        self._notes = notes
        self._cancelled = False

    @property
    def model(self) -> str:
        """The answering model's name; `evidence` where there is none."""
        return self._model.name if self._model else "evidence"

    @property
    def document_count(self) -> int:
        return self._shelf.document_count

    def text_of(self, document_id: int) -> str:
        """A document's whole text.

        Raises:
            KeyError: If it is not on the shelf any more.
        """
        return self._shelf.text(document_id)

    def cancel(self) -> None:
        self._cancelled = True
        if self._model:
            self._model.cancel()

    def close(self) -> None:
        if self._model:
            self._model.close()
        self._shelf.close()

    def search(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        limit: int | None = None,
        within: str | None = None,
    ) -> tuple[Passage, ...]:
        """Passages only; no language model is asked.

        Raises:
            EmptyQuestion: If there is nothing to search for.
        """
        searched = _asked(question)
        if leans(searched, history):
            searched = with_context(searched, history)
        return retrieve(
            searched,
            self._shelf,
            self._embedder,
            limit=limit or self._policy.passages,
            within=within,
        )

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        strict: bool = False,
        within: str | None = None,
    ) -> Generator[Event, None, None]:
        """Answer a question, or refuse and show the nearest evidence.

        Args:
            question: As the person asked it.
            history: The conversation before it.
            strict: Remove what no evidence carries.
            within: A glob that the documents' paths must match.

        Raises:
            EmptyQuestion: If there is nothing to answer.
            Cancelled: If `cancel` was called meanwhile.
            LecternError: If the index or the model cannot be used.
        """
        self._cancelled = False
        clock = Clock()
        asked = _asked(question)
        searched = yield from self._standing_alone(asked, history)
        passages, evidence = self._found(searched, within)
        citations = Citations(self._shelf)
        nearest = evidence.best
        yield Found(passages, Citations(self._shelf).cite(nearest) if nearest else None)
        self._stop_if_cancelled()
        clock.retrieved()
        draft, notes = yield from self._drafted(searched, evidence)
        outcome, disagreements, likely = self._decided(
            searched, evidence, draft, citations, strict=strict
        )
        self._stop_if_cancelled()
        yield Finished(
            Answer(
                question=question,
                text=outcome.text,
                abstained=outcome.abstained,
                model=self.model,
                claims=outcome.claims,
                citations=citations.all(),
                passages=passages,
                timings=clock.timings(draft.first_token if draft else None),
                disagreements=disagreements,
                prompt_tokens=draft.prompt_tokens if draft else 0,
                completion_tokens=draft.completion_tokens if draft else 0,
                rewritten=searched if searched != asked else None,
                quoted=outcome.quoted,
                confidence=likely,
                notes=(*self._notes, *notes, *outcome.notes),
            )
        )

    def _standing_alone(self, asked: str, history: Sequence[Turn]) -> Generator[Event, None, str]:
        """The question as it is searched for, rewritten where it leans on the conversation."""
        if not leans(asked, history):
            return asked
        rewritten = ""
        if self._model and self._policy.believed:
            try:
                rewritten = reply(rewrite_messages(asked, history), self._model, max_tokens=80)
            except Cancelled:
                raise
            except ModelError:
                rewritten = ""  # the answering step meets the same trouble, and says so
        if not faithful(rewritten, asked, history):
            rewritten = with_context(asked, history)
        yield Rewritten(rewritten)
        return rewritten

    def _found(self, searched: str, within: str | None) -> tuple[tuple[Passage, ...], Evidence]:
        passages = retrieve(
            searched, self._shelf, self._embedder, limit=self._policy.passages, within=within
        )
        self._stop_if_cancelled()
        evidence = gather(
            searched,
            passages,
            embedder=self._embedder,
            terms=weigh(searched, self._shelf),
            tokens=self._policy.evidence_tokens,
        )
        return passages, evidence

    def _drafted(
        self, searched: str, evidence: Evidence
    ) -> Generator[Reading | Token, None, tuple[Draft | None, tuple[str, ...]]]:
        """The model's draft, or None and the reason why there is none."""
        if self._model is None or not evidence.excerpts:
            return None, ()
        try:
            return (yield from write(searched, evidence, self._model)), ()
        except ModelDied as error:
            return None, (
                f"{error} The answer is quoted evidence; the next question starts it anew.",
            )

    def _decided(
        self,
        searched: str,
        evidence: Evidence,
        draft: Draft | None,
        citations: Citations,
        *,
        strict: bool,
    ) -> tuple[Outcome, tuple[Disagreement, ...], float]:
        """What is said, where documents differ about it, and how likely it is to be right.

        The model's claims and the best sentence compete: the likelier is the answer, and neither
        is where both are less likely than `caution` asks.
        """
        if evidence.best is None:
            return refused(None, citations), (), 0.0
        read = draft if self._policy.believed else None
        quote = likelihood(of_quote(searched, evidence, read), QUOTE if read else UNREAD)
        claim = likelihood(of_claims(searched, evidence, read), CLAIM) if read else 0.0
        if max(quote, claim) < self._policy.caution:
            return refused(evidence.best, citations), (), max(quote, claim)
        if read is None or quote > claim:
            return quoted(to_quote(evidence, read) or evidence.best, citations), (), quote
        carried = next(each for each in read.claims if each.supported)
        outcome = answered(read.claims, citations, strict=strict)
        return (*self._compared(searched, carried, evidence, outcome, citations), claim)

    def _compared(
        self,
        searched: str,
        claim: Alignment,
        evidence: Evidence,
        outcome: Outcome,
        citations: Citations,
    ) -> tuple[Outcome, tuple[Disagreement, ...]]:
        """The outcome, with what other documents say where they differ."""
        if self._model is None:
            return outcome, ()
        try:
            others = list(rivals(searched, claim, evidence, self._model))
        except ModelDied as error:
            note = f"{error} Whether other documents differ was not checked."
            return replace(outcome, notes=(*outcome.notes, note)), ()
        return differing(outcome, claim, others, citations) if others else (outcome, ())

    def _stop_if_cancelled(self) -> None:
        if self._cancelled:
            raise Cancelled


def _asked(question: str) -> str:
    if not (asked := question.strip()):
        raise EmptyQuestion
    return asked

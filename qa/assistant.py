"""The one way in: a question goes in, events come out, the last of them a checked answer."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from index.embedder import SentenceEmbedder
from index.errors import Cancelled, ModelError
from index.reranker import PassageReranker
from index.scope import Within
from index.shelf import Shelf
from index.shelved import ShelvedDocument
from qa.answer import (
    Answer,
    Citation,
    Event,
    Finished,
    Found,
    Passage,
    Rewritten,
    Timings,
    Turn,
)
from qa.attempt import attempt
from qa.citations import Citations
from qa.cited_document import key_of
from qa.clock import Clock
from qa.compose import Outcome, answered, differing, extended, quoted, refused
from qa.decide import Decision
from qa.disagree import rivals
from qa.draft import reply
from qa.elaborate import further
from qa.evidence import Evidence, gather
from qa.follow_up import faithful, leans, moment_in, with_context
from qa.language_model import LanguageModel
from qa.meter import Meter
from qa.moment import Moment, Period, moment_of
from qa.prompts import rewrite_messages
from qa.question import stripped
from qa.remembering_embedder import RememberingEmbedder
from qa.retrieve import candidates, depth_for, retrieve
from qa.rival import Rival, claimed, quotation
from qa.scoring import nearest
from qa.stages import Stage
from qa.terms import WeightedTerms, weigh
from qa.why import trace


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
        reranker: PassageReranker | None = None,
        notes: tuple[str, ...] = (),
    ) -> None:
        self._shelf = shelf
        self._embedder = RememberingEmbedder(embedder)
        self._reranker = reranker
        self._model = Meter(model) if model else None
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

    def key_of(self, citation: Citation) -> int:
        """See `qa.cited_document.key_of`."""
        return key_of(citation, self._shelf)

    def text_of(self, document_id: int) -> str:
        """A document's whole text.

        Raises:
            KeyError: If it is not on the shelf any more.
        """
        return self._shelf.text(document_id)

    def path_of(self, document_id: int) -> Path:
        """The file that a document was read from, which may be gone since.

        Raises:
            KeyError: If it is not on the shelf any more.
        """
        return self._shelf.document(document_id).path

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
        within: Within | None = None,
    ) -> tuple[Passage, ...]:
        """Passages only; no language model is asked.

        Raises:
            EmptyQuestion: If there is nothing to search for.
        """
        moment, history = moment_in(stripped(question), history)
        searched = moment.question
        if leans(searched, history):
            searched = with_context(searched, history)
        return self._retrieved(searched, within, self._period(moment, within), limit)

    def trace(self, question: str, document: ShelvedDocument) -> tuple[Stage, ...]:
        """How far a document comes on the way to an answer; no language model is asked.

        Raises:
            EmptyQuestion: If there is nothing to search for.
        """
        self._cancelled = False
        moment = moment_of(stripped(question))
        during = self._period(moment, None)
        ranked = candidates(
            moment.question,
            self._shelf,
            self._embedder,
            depth=depth_for(self._policy.passages, during),
            during=during,
            reranker=self._reranker,
        )
        terms = weigh(moment.question, self._shelf)
        evidence = self._gathered(moment.question, ranked[: self._policy.passages], terms)
        return trace(
            moment.question,
            document,
            ranked,
            evidence,
            shelf=self._shelf,
            embedder=self._embedder,
            limit=self._policy.passages,
            during=during,
        )

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        strict: bool = False,
        within: Within | None = None,
    ) -> Generator[Event, None, None]:
        """Answer a question, or refuse and show the nearest evidence.

        Args:
            question: As the person asked it.
            history: The conversation before it.
            strict: Remove what no evidence carries.
            within: Which documents to look in, a glob or a scope; None for all.

        Raises:
            EmptyQuestion: If there is nothing to answer.
            Cancelled: If `cancel` was called meanwhile.
            LecternError: If the index or the model cannot be used.
        """
        self._cancelled = False
        if self._model:
            self._model.reset()
        clock = Clock()
        asked = stripped(question)
        moment, history = moment_in(asked, history)
        searched = yield from self._standing_alone(moment.question, history)
        during = self._period(moment, within)
        passages = self._retrieved(searched, within, during)
        self._stop_if_cancelled()
        terms = weigh(searched, self._shelf)
        yield Found(passages, self._first_quote(searched, passages, terms))
        self._stop_if_cancelled()
        evidence = self._gathered(searched, passages, terms)
        self._stop_if_cancelled()
        clock.retrieved()
        citations = Citations(self._shelf)
        found = yield from attempt(
            searched,
            evidence,
            self._model,
            caution=self._policy.caution,
            believed=self._policy.believed,
        )
        reader = self._model if self._policy.believed and not found.notes else None
        outcome = self._said(searched, evidence, found.decision, reader, citations, strict=strict)
        self._stop_if_cancelled()
        lacking = self._lacking(within, during, passages)
        notes = (*self._notes, *lacking, *found.notes, *outcome.notes)
        outcome = replace(outcome, notes=notes)
        timings = clock.timings(found.first_token)
        rewritten = searched if searched != moment.question else None
        yield Finished(
            self._report(asked, rewritten, passages, citations, found.decision, outcome, timings)
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

    def _period(self, moment: Moment, within: Within | None) -> Period | None:
        """The time that a question is about; "this week" is that of the newest document there."""
        if moment.day:
            return Period(moment.day, moment.reach)
        if not (moment.now and (newest := self._shelf.newest_date(within))):
            return None
        return Period(date.fromisoformat(newest), moment.reach)

    def _retrieved(
        self, searched: str, within: Within | None, during: Period | None, limit: int | None = None
    ) -> tuple[Passage, ...]:
        return retrieve(
            searched,
            self._shelf,
            self._embedder,
            limit=limit or self._policy.passages,
            within=within,
            during=during,
            reranker=self._reranker,
        )

    def _lacking(
        self, within: Within | None, during: Period | None, passages: Sequence[Passage]
    ) -> tuple[str, ...]:
        """Notes on what the question was limited to, where nothing is there."""
        if within is not None and not self._shelf.holds(within):
            return ("Nothing on the shelf is within what the question was limited to.",)
        if during and during.reach and not passages:
            return (f"Nothing that was found is of the {during.reach} days before {during.day}.",)
        return ()

    def _gathered(
        self, searched: str, passages: Sequence[Passage], terms: WeightedTerms
    ) -> Evidence:
        return gather(
            searched,
            passages,
            embedder=self._embedder,
            terms=terms,
            tokens=self._policy.evidence_tokens,
        )

    def _first_quote(
        self, searched: str, passages: Sequence[Passage], terms: WeightedTerms
    ) -> Citation | None:
        quoted = nearest(searched, passages, embedder=self._embedder, terms=terms)
        return Citations(self._shelf).cite(quoted) if quoted else None

    def _said(
        self,
        searched: str,
        evidence: Evidence,
        decision: Decision,
        model: LanguageModel | None,
        citations: Citations,
        *,
        strict: bool,
    ) -> Outcome:
        """The decision in words, with where documents differ about it, if a model can read them."""
        answer = decision.answer
        if answer is None:
            return refused(evidence.best, citations, likely=decision.likely)
        if answer.leading is None:
            own = quotation(answer.cited[0], searched)
            outcome = quoted(answer.cited[0], citations)
        else:
            own = claimed(answer.leading, searched)
            outcome = answered(answer.claims, citations, strict=strict)
        more = further(searched, answer.said, answer.cited, evidence)
        outcome = extended(outcome, more, citations)
        if model is None:
            return outcome
        return self._compared(searched, own, evidence, model, outcome, citations)

    def _compared(
        self,
        searched: str,
        own: Rival,
        evidence: Evidence,
        model: LanguageModel,
        outcome: Outcome,
        citations: Citations,
    ) -> Outcome:
        """The outcome, with what other documents say where they differ."""
        try:
            others = list(rivals(searched, own.claim, evidence, model))
        except Cancelled:
            raise
        except ModelError as error:
            note = f"{error} Whether other documents differ was not checked."
            return replace(outcome, notes=(*outcome.notes, note))
        if outcome.quoted:
            others = [quotation(each.holder, searched, drafted=each.claim.text) for each in others]
        return differing(outcome, own, others, citations) if others else outcome

    def _report(
        self,
        asked: str,
        rewritten: str | None,
        passages: tuple[Passage, ...],
        citations: Citations,
        decision: Decision,
        outcome: Outcome,
        timings: Timings,
    ) -> Answer:
        """An answer with all that is known of how it came about."""
        return Answer(
            question=asked,
            text=outcome.text,
            abstained=outcome.abstained,
            model=self.model,
            claims=outcome.claims,
            citations=citations.all(),
            passages=passages,
            timings=timings,
            disagreements=outcome.disagreements,
            prompt_tokens=self._model.read if self._model else 0,
            completion_tokens=self._model.written if self._model else 0,
            rewritten=rewritten,
            quoted=outcome.quoted,
            confidence=decision.likely,
            notes=outcome.notes,
        )

    def _stop_if_cancelled(self) -> None:
        if self._cancelled:
            raise Cancelled

"""One question and what came of it."""

from time import monotonic
from typing import Self

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Markdown, Static
from textual.widgets.markdown import MarkdownStream
from textual.worker import Worker

from index.errors import Cancelled, LecternError, ModelDied
from index.harmless import harmless_text, one_line
from qa.answer import (
    Answer,
    Checking,
    Citation,
    Event,
    Finished,
    Found,
    Reading,
    Rewritten,
    Token,
)
from tui.difference_view import DifferenceView
from tui.looks import LINEAR
from tui.marked_text import MarkedText
from tui.messages import CitationOpened, QuestionEdited, TurnSelected
from tui.outcome import failure, outcome
from tui.pace import Pace
from tui.past_turn import PastTurn
from tui.prose import Prose
from tui.quotation import Quotation
from tui.sources import citations_to_show

_BAR = 16
"""Cells of the bar that shows how much of the prompt is read."""


class TurnView(Vertical):
    """A turn of the conversation, from the question to the checked answer."""

    def __init__(self, number: int, question: str, *, before: Answer | None = None) -> None:
        """Begin with the question.

        Args:
            number: By which the turn is known.
            question: As the person asks it.
            before: What the same question was answered before, where it is asked again.
        """
        super().__init__(classes="turn")
        self.number = number
        self.question = question
        self.citations: tuple[Citation, ...] = ()
        """The sources to list beside it."""
        self.answer: Answer | None = None
        self.rewritten: str | None = None
        self.over = False
        """Whether it is answered, cancelled or failed."""
        self.worker: Worker[None] | None = None
        """Has its question answered."""
        self._before = before
        self._best: Citation | None = None
        self._draft = ""
        self._error: LecternError | None = None
        self._clock: Timer | None = None
        self._stream: MarkdownStream | None = None
        self._reads, self._writes = Pace(), Pace()
        self._written = 0
        self._asked = monotonic()
        self._doing = "searching"

    def compose(self) -> ComposeResult:
        yield Static(
            Content.assemble(("▸ ", "bold"), harmless_text(self.question)), classes="question"
        )
        yield Static(classes="rewritten", markup=False)
        yield Vertical(classes="evidence")
        yield Prose(classes="draft")
        yield Vertical(classes="outcome")
        yield Static(classes="status", markup=False)

    def on_mount(self) -> None:
        if not self.over:
            self._show_status()
            if not self._linear:
                self._clock = self.set_interval(1, self._show_status)

    @property
    def _linear(self) -> bool:
        """Whether nothing is to be drawn, or to move by itself."""
        return self.app.has_class(LINEAR)

    @property
    def under_way(self) -> bool:
        """Whether its question is being answered, or is about to be."""
        return self.worker is not None and not self.worker.is_finished

    @property
    def past(self) -> PastTurn:
        """What it takes to lay it out again, once it is over."""
        return PastTurn(
            self.number,
            self.question,
            self.answer,
            self.rewritten,
            self._before,
            self._best,
            self._draft,
            self._error,
        )

    @classmethod
    def of(cls, past: PastTurn) -> Self:
        """A turn to be laid out again, and then to `recall`; it is over all the while."""
        turn = cls(past.number, past.question, before=past.before)
        turn.over = True
        return turn

    async def recall(self, past: PastTurn) -> None:
        """Show what came of it at its time."""
        if past.rewritten is not None:
            await self.follow(Rewritten(past.rewritten))
        if past.answer is not None:
            await self._finish(past.answer)
            return
        if past.best is not None:
            await self.follow(Found((), past.best))
        if past.written:
            await self._write(past.written)
        await self.fail(past.error or Cancelled())

    def begin(self) -> None:
        """It is this turn's turn."""
        self._asked = monotonic()
        self.wait("searching")

    def wait(self, doing: str) -> None:
        """Say what the turn waits for; one that is just being laid out says it once it stands."""
        self._doing = doing
        if self.is_mounted:
            self._show_status()

    async def follow(self, event: Event) -> None:
        """Show a step of the answering."""
        match event:
            case Rewritten(question):
                self.rewritten = question
                line = self.query_one(".rewritten", Static)
                line.update(
                    Content.assemble(
                        f"Asked as: {one_line(question)}", ("  Ctrl+R edits it", "dim")
                    )
                )
                line.tooltip = "Click to change it and ask again"
                line.display = True
            case Found(_, best):
                self.wait("reading")
                if best is not None:
                    self._best = best
                    self.citations = (best,)
                    await self.query_one(".evidence").mount(Quotation(best))
            case Reading(read, total):
                self._reads.add(read, at=monotonic())
                bar = "" if self._linear else _bar(read, total)
                self.wait(f"reading {bar}{_read(read, total, self._reads.seconds_left(total))}")
            case Token(text):
                await self._write(text)
            case Checking():
                self.wait("checking what was written against the documents")
            case Finished(answer):
                await self._finish(answer)

    async def cancel(self) -> None:
        """Stop following, and keep what was written."""
        await self._end("■ cancelled")

    async def fail(self, error: LecternError) -> None:
        """Say what happened instead of an answer."""
        if isinstance(error, Cancelled):
            await self.cancel()
            return
        if isinstance(error, ModelDied) and not error.hint:
            error.hint = "The next question starts the model again."
        self._error = error
        await self._end("")
        await self.query_one(".outcome").mount(failure(error))

    def mark(self, citation: int) -> None:
        """Show in the answer which of its citations is open."""
        for text in self.query(MarkedText):
            text.mark(citation)

    async def _write(self, text: str) -> None:
        draft = self.query_one(".draft", Prose)
        if self._stream is None:
            draft.display = True
            self._stream = Markdown.get_stream(draft)
        self._draft += text
        self._written += 1
        self._writes.add(self._written, at=monotonic())
        self._doing = _drafting(self._writes.rate)
        if self._written == 1:
            self._show_status()
        await self._stream.write(harmless_text(text))

    async def _finish(self, answer: Answer) -> None:
        await self._end(_facts(answer))
        self.answer = answer
        self.citations = citations_to_show(answer)
        with self.app.batch_update():
            await self.query(".draft, .evidence").remove()
            shown = self.query_one(".outcome")
            await shown.mount_all(outcome(answer))
            if self._before is not None:
                await shown.mount(DifferenceView(self._before, answer))

    async def _end(self, status: str) -> None:
        self.over = True
        if self._clock is not None:
            self._clock.stop()
        if self._stream is not None:
            await self._stream.stop()
            self._stream = None
        self.query_one(".status", Static).update(Content(status))

    def _show_status(self) -> None:
        if not self.over:
            seconds = int(monotonic() - self._asked)
            waited = f"  {seconds} s" if seconds > 1 else ""
            self.query_one(".status", Static).update(Content(f"{self._doing} …{waited}"))

    def on_click(self, event: events.Click) -> None:
        if isinstance(event.widget, Static) and event.widget.has_class("rewritten"):
            self.post_message(QuestionEdited(self.rewritten or self.question))
        self.post_message(TurnSelected(self.number))

    def on_citation_opened(self, message: CitationOpened) -> None:
        message.stop()
        self.post_message(TurnSelected(self.number, citation=message.number))


def _bar(read: int, total: int) -> str:
    done = min(_BAR, _BAR * read // max(1, total))
    return f"{'━' * done}{'┄' * (_BAR - done)} "


def _read(read: int, total: int, left: float | None) -> str:
    expected = f", about {max(1, round(left))} s more" if left else ""
    return f"{read} of {total} tokens{expected}"


def _drafting(rate: float) -> str:
    return f"drafting, not checked yet{f', {rate:.0f} tokens/s' if rate else ''}"


def _facts(answer: Answer) -> str:
    facts = [f"{answer.timings.total:.1f} s"]
    if answer.timings.first_token is not None:
        facts.append(f"first word {answer.timings.first_token:.1f} s")
    if answer.prompt_tokens:
        facts.append(f"{answer.prompt_tokens} prompt tokens")
    return " · ".join([*facts, one_line(answer.model)])

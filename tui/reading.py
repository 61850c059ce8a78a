"""The screen: a conversation, and beside it the sources it rests on."""

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Footer, Static

from index.errors import LecternError, NoIndex
from index.harmless import one_line
from qa.answer import Answer, Citation, Finished, Found, Turn
from qa.footnotes import footnoted
from qa.session import KeptTurn, just_answered
from tui.again import AskedAgain
from tui.assistant import Assistant, Facts
from tui.conversation import Conversation
from tui.desk import Desk
from tui.messages import (
    CitationSelected,
    LookedAround,
    OpenAgain,
    QuestionEdited,
    SourceFailed,
    SourceRead,
    TurnEvent,
    TurnFailed,
    TurnSelected,
)
from tui.question import QuestionInput
from tui.record import Record
from tui.session_keeper import SessionKeeper
from tui.session_messages import KeepingFailed, SessionOpened
from tui.source_view import SourceView
from tui.sources import SourceList
from tui.suggestions import Suggested
from tui.turn import TurnView


class ReadingScreen(Screen[None]):
    """The conversation, the sources of its selected turn, and the next question."""

    AUTO_FOCUS = "#question"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012  (Textual's own type)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel"),
        Binding("escape", "ask", "Back to the question", show=False),
        Binding("ctrl+n", "step(1)", "Next source"),
        Binding("ctrl+p", "step(-1)", "Previous source", show=False),
        Binding("n", "step(1)", "Next source", show=False),
        Binding("p", "step(-1)", "Previous source", show=False),
        *(
            Binding(str(number), f"cite({number})", f"Source {number}", show=False)
            for number in range(1, 10)
        ),
        Binding("ctrl+up", "turn(-1)", "Earlier answer", show=False),
        Binding("ctrl+down", "turn(1)", "Later answer", show=False),
        Binding("pageup", "page(-1)", "Scroll up", show=False),
        Binding("pagedown", "page(1)", "Scroll down", show=False),
        Binding("ctrl+y", "copy", "Copy"),
        Binding("ctrl+r", "edit", "Edit the question", show=False),
        Binding("a", "again", "Ask again", show=False),
        Binding("ctrl+l", "clear", "New"),
    ]

    def __init__(self, desk: Desk, facts: Facts, keeper: SessionKeeper | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._keeper = keeper
        self._record = Record(keeper)
        self._again = AskedAgain()
        self._restoring = asyncio.Lock()
        self._failed = False
        self._starter_offered = False
        self._shelf = Static(id="shelf", markup=False)
        self._conversation = Conversation(facts)
        self._list = SourceList()
        self._source = SourceView()
        self._question = QuestionInput()

    def compose(self) -> ComposeResult:
        with Horizontal(id="bar"):
            yield Static("Lectern", id="name")
            yield self._shelf
        with Container(id="desk"):
            yield self._conversation
            with Vertical(id="evidence"):
                yield self._list
                yield self._source
        yield self._question
        yield Footer(show_command_palette=False)

    def opening(self, progress: str = "") -> None:
        """The desk is being opened, or filled with the starter documents."""
        self._failed = self._starter_offered = False
        if progress:
            self._conversation.welcome.indexing(progress)
        else:
            self._conversation.welcome.opening()

    def opened(self, assistant: Assistant) -> None:
        """Questions can be answered: the one that was typed meanwhile comes first."""
        self._shelf.update(_shelf(assistant))
        self._conversation.welcome.ready(assistant)
        if waiting := self._conversation.running:
            self._start(waiting)

    def failed(self, error: LecternError, *, starter: bool) -> None:
        """The desk could not be opened; Enter does something about it."""
        self._failed = True
        self._starter_offered = starter and isinstance(error, NoIndex)
        self._conversation.fail(error, starter=self._starter_offered)

    @work(thread=True, exclusive=True, group="asking")
    def _answer(self, turn: int, question: str, history: Sequence[Turn], model: str) -> None:
        self._desk.answer(turn, question, history, model=model)

    @work(thread=True, exclusive=True, group="reading")
    def _read(self, citation: Citation) -> None:
        self._desk.read(citation)

    @work(thread=True, group="keeping")
    def _keep(self, record: Record, turn: KeptTurn) -> None:
        try:
            record.keep(turn)
        except LecternError as error:
            if not record.complained:
                record.complained = True
                self.post_message(KeepingFailed(error))

    async def on_input_submitted(self) -> None:
        question = self._question.take() or self._conversation.welcome.marked
        if question and self._starter_offered:
            # Documents that nobody asked for are not indexed by an Enter meant for a question.
            self._question.put(question)
            self.notify("Clear the line, and Enter indexes the starter documents.")
            return
        if question:
            await self._ask(question)
        if self._failed:
            self.post_message(OpenAgain())

    async def on_suggested(self, message: Suggested) -> None:
        self._question.focus()
        await self._ask(message.question)

    def on_looked_around(self, message: LookedAround) -> None:
        self._conversation.welcome.begin(message.beginning)

    async def _ask(self, question: str) -> None:
        await self.action_cancel()
        async with self._restoring:
            self._begin(await self._conversation.add(question))

    def _begin(self, turn: TurnView) -> None:
        self._show_sources(turn)
        if self._desk.assistant is None:
            turn.wait("waiting for the index and the model")
        else:
            self._start(turn)

    def _start(self, turn: TurnView) -> None:
        model = self._again.model(turn)
        turn.wait(f"opening {one_line(model)}" if model else "searching")
        history = self._conversation.history(before=self._again.first(turn))
        self._answer(turn.number, turn.question, history, model)
        self.refresh_bindings()

    async def on_turn_event(self, message: TurnEvent) -> None:
        turn = self._conversation.turn(message.turn)
        if turn is None or turn.over:
            return
        await turn.follow(message.event)
        if isinstance(message.event, Finished):
            self._keep(self._record, just_answered(message.event.answer))
            if (difference := self._again.difference(turn)) is not None:
                await turn.query_one(".outcome").mount(difference)
        if isinstance(message.event, Found | Finished):
            if turn is self._conversation.selected:
                self._show_sources(turn)
                if turn.over:
                    self._conversation.show_beginning(turn)
            self.refresh_bindings()

    async def on_turn_failed(self, message: TurnFailed) -> None:
        turn = self._conversation.turn(message.turn)
        if turn is not None and not turn.over:
            await turn.fail(message.error)
            self.refresh_bindings()

    def on_turn_selected(self, message: TurnSelected) -> None:
        turn = self._conversation.turn(message.turn)
        # A click on a marker is a click on its turn as well, and the two come in either order.
        if turn is not None and (turn is not self._conversation.selected or message.citation):
            self._conversation.select(turn)
            self._show_sources(turn, opened=message.citation)

    async def on_session_opened(self, message: SessionOpened) -> None:
        await self.action_clear()
        self._record = Record(self._keeper, message.session.id)
        self._restore([turn.answer for turn in message.turns])

    # A worker, not a handler: the screen is laid out turn by turn meanwhile.
    @work(exclusive=True, group="restoring")
    async def _restore(self, answers: Sequence[Answer]) -> None:
        async with self._restoring:
            await self._conversation.restore(answers)
        if (last := self._conversation.selected) is not None:
            self._show_sources(last)
            self._conversation.show_beginning(last)
        self.refresh_bindings()

    async def on_new_wanted(self) -> None:
        await self.action_clear()

    def on_question_edited(self, message: QuestionEdited) -> None:
        self._question.put(message.question)
        self._question.focus()

    def on_citation_selected(self, message: CitationSelected) -> None:
        self._read(message.citation)

    def on_source_read(self, message: SourceRead) -> None:
        self._source.open_source(message.citation, message.text)

    def on_source_failed(self, message: SourceFailed) -> None:
        self._source.open_failed(message.citation, message.error)

    def _show_sources(self, turn: TurnView | None, *, opened: int | None = None) -> None:
        citations = turn.citations if turn else ()
        self._list.list_citations(citations, opened=opened)
        self.set_class(bool(citations), "-sourced")
        if not citations:
            self.workers.cancel_group(self, "reading")
            self._source.clear()

    async def action_cancel(self) -> None:
        if (turn := self._conversation.running) is not None:
            self.workers.cancel_group(self, "asking")
            self._desk.cancel()
            await turn.cancel()
            self.refresh_bindings()

    def action_ask(self) -> None:
        self._question.focus()

    async def action_clear(self) -> None:
        await self.action_cancel()
        self.workers.cancel_group(self, "restoring")
        await self._conversation.clear()
        self._record = Record(self._keeper)
        self._again = AskedAgain()
        self._show_sources(None)
        self.refresh_bindings()

    async def forget(self, session: int) -> None:
        """Clear the conversation away where it is this one, which is not kept any more."""
        if session == self._record.session:
            await self.action_clear()

    @property
    def session(self) -> int | None:
        """The number that the conversation is kept under; None before anything is kept."""
        return self._record.session

    async def action_again(self, model: str = "") -> None:
        earlier = self._conversation.selected
        if earlier is None or not earlier.over:
            self.notify("There is no answer yet to ask for again.")
            return
        await self.action_cancel()
        async with self._restoring:
            turn = await self._conversation.add(earlier.question)
            self._again.add(turn, earlier, model=model)
            self._begin(turn)

    def action_step(self, by: int) -> None:
        self._list.step(by)

    def action_cite(self, number: int) -> None:
        self._list.open_number(number)

    def action_turn(self, by: int) -> None:
        if (turn := self._conversation.beside_selected(by)) is not None:
            turn.scroll_visible(animate=False)
            self.post_message(TurnSelected(turn.number))

    def action_page(self, by: int) -> None:
        self._conversation.scroll_relative(y=by * self._conversation.size.height, animate=False)

    def action_copy(self) -> None:
        turn = self._conversation.selected
        if turn is not None and turn.answer is not None:
            self.app.copy_to_clipboard(footnoted(turn.answer))
            self.notify("Copied, with its footnotes.")

    def action_edit(self) -> None:
        if (turn := self._conversation.selected) is not None:
            self.post_message(QuestionEdited(turn.rewritten or turn.question))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        selected = self._conversation.selected
        match action:
            case "cancel":
                return self._conversation.running is not None
            case "again":
                return selected is not None and selected.over
            case "step" | "cite":
                return selected is not None and bool(selected.citations)
            case "copy":
                return selected is not None and selected.answer is not None
            case _:
                return super().check_action(action, parameters)


def _shelf(assistant: Assistant) -> str:
    count = assistant.document_count
    documents = "1 document" if count == 1 else f"{count:,} documents"
    return f"{documents} · {one_line(assistant.model)}"

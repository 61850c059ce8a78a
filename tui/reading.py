"""The screen: a conversation, and beside it the sources it rests on."""

from functools import partial
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.screen import Screen
from textual.widgets import Footer

from index.errors import LecternError, NoIndex
from index.harmless import harmless_text
from qa.answer import Citation, Finished, Found
from qa.footnotes import cited_words, footnoted
from qa.session import just_answered
from tui.asking import Asking
from tui.assistant import Assistant, Facts
from tui.conversation import NEAR, Conversation
from tui.desk import Desk
from tui.evidence import Evidence
from tui.launcher import show
from tui.messages import (
    CitationSelected,
    FileFound,
    FileMissing,
    OpenAgain,
    QuestionEdited,
    SourceFailed,
    SourceRead,
    TurnEvent,
    TurnFailed,
    TurnSelected,
)
from tui.opener import Programs
from tui.question import QuestionInput
from tui.record import Record
from tui.session_keeper import SessionKeeper
from tui.session_messages import SessionOpened
from tui.suggestions import Suggested
from tui.top_bar import TopBar, standing
from tui.turn import TurnView
from tui.undisturbed import Undisturbed

_LAYING_OUT = "laying out"


class ReadingScreen(Screen[None]):
    """The conversation, the sources of its selected turn, and the next question."""

    AUTO_FOCUS = "#question"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012  (Textual's own type)
        (0, "-narrow"),
        (100, "-wide"),
        (160, "-broad"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel"),
        Binding("escape", "ask", "Back to the question", show=False),
        Binding("ctrl+n", "step(1)", "Next source"),
        Binding("ctrl+p", "step(-1)", "Previous source", show=False),
        Binding("n", "step(1)", "Next source", show=False),
        Binding("p", "step(-1)", "Previous source", show=False),
        *(
            # The help names the first for all of them.
            Binding(
                str(digit),
                f"cite({digit})",
                "A source by its number",
                key_display="0…9",
                show=False,
                system=digit > 0,
            )
            for digit in range(10)
        ),
        Binding("o", "open_file", "Open the file"),
        Binding("y", "copy", "Copy the answer"),
        Binding("c", "copy_citation", "Copy the quote"),
        Binding("ctrl+up", "turn(-1)", "Earlier answer", show=False),
        Binding("ctrl+down", "turn(1)", "Later answer", show=False),
        Binding("pageup", "page(-1)", "Scroll up", show=False),
        Binding("pagedown", "page(1)", "Scroll down", show=False),
        Binding("ctrl+y", "copy", "Copy"),
        Binding("ctrl+r", "edit", "Edit the question", show=False),
        Binding("a", "again", "Ask again", show=False),
        Binding("ctrl+l", "clear", "New"),
    ]

    def __init__(
        self,
        desk: Desk,
        facts: Facts,
        *,
        programs: Programs,
        keeper: SessionKeeper | None = None,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._programs = programs
        self._keeper = keeper
        self._record = Record(keeper, self.post_message)
        self._failed = False
        self._starter_offered = False
        self._bar = TopBar()
        self._conversation = Conversation(facts)
        self._undisturbed = Undisturbed(self.set_timer)
        self._asking = Asking(desk, self._conversation, self, self._undisturbed)
        self._evidence = Evidence()
        self._question = QuestionInput()

    def compose(self) -> ComposeResult:
        yield self._bar
        with Container(id="desk"):
            yield self._conversation
            yield self._evidence
        yield self._question
        yield Footer(show_command_palette=False)

    def on_unmount(self) -> None:
        self._undisturbed.leave()

    def opening(self, progress: str = "") -> None:
        """The desk is being opened, or filled with the starter documents."""
        self._failed = self._starter_offered = False
        welcome = self._conversation.welcome
        welcome.indexing(progress) if progress else welcome.opening()

    def opened(self, assistant: Assistant) -> None:
        """Questions can be answered: the one that was typed meanwhile comes first."""
        self._bar.state.update(standing(assistant))
        self._conversation.welcome.ready(assistant)
        self._asking.start_next()

    def shelf_is(self, assistant: Assistant, scope: str) -> None:
        """The shelf, or what of it questions are limited to, has changed."""
        self._bar.state.update(standing(assistant, scope))
        self._conversation.welcome.ready(assistant)

    def failed(self, error: LecternError, *, starter: bool) -> None:
        """The desk could not be opened; Enter does something about it."""
        self._failed = True
        self._starter_offered = starter and isinstance(error, NoIndex)
        self._conversation.fail(error, starter=self._starter_offered)

    @work(thread=True, exclusive=True, group="reading")
    def _read(self, citation: Citation) -> None:
        self._desk.read(citation)

    @work(thread=True, exclusive=True, group="locating")
    def _locate(self, citation: Citation) -> None:
        self._desk.locate(citation)

    async def on_input_submitted(self) -> None:
        question = self._question.take() or self._conversation.welcome.marked
        if question and self._starter_offered:
            # Documents that nobody asked for are not indexed by an Enter meant for a question.
            self._question.put(question)
            self.notify("Clear the line, and Enter indexes the starter documents.")
            return
        if question:
            await self._asking.ask(question)
        if self._failed:
            self.post_message(OpenAgain())

    async def on_suggested(self, message: Suggested) -> None:
        self._question.focus()
        await self._asking.ask(message.question)

    async def on_turn_event(self, message: TurnEvent) -> None:
        turn = self._conversation.turn(message.turn)
        if turn is None or turn.over:
            return
        await turn.follow(message.event)
        if isinstance(message.event, Finished):
            keep = partial(self._record.keep, just_answered(message.event.answer))
            self.run_worker(keep, thread=True, group="keeping")
        if isinstance(message.event, Found | Finished):
            # Until something is found, the sources of the turn before stay: nothing flickers.
            self._show_sources_of(turn)
            if turn.over and turn is self._conversation.selected:
                self._conversation.show_beginning(turn)
            self.refresh_bindings()
        if turn.over:
            self._conversation.point_down()
            self._asking.start_next()

    async def on_turn_failed(self, message: TurnFailed) -> None:
        turn = self._conversation.turn(message.turn)
        if turn is not None and not turn.over:
            await turn.fail(message.error)
            self._show_sources_of(turn)
            self._asking.start_next()

    def on_turn_selected(self, message: TurnSelected) -> None:
        turn = self._conversation.turn(message.turn)
        # A click on a marker is a click on its turn as well, and the two come in either order.
        if turn is not None and (turn is not self._conversation.selected or message.citation):
            self._conversation.select(turn)
            self._show_sources(turn, opened=message.citation)

    def on_earlier_wanted(self) -> None:
        self._show_earlier(select=False)

    @work(group="restoring")
    async def _show_earlier(self, *, select: bool) -> None:
        self._conversation.release_anchor()
        turn = await self._laid_out()
        if turn is not None and select:
            self._go_to(turn)

    async def _laid_out(self) -> TurnView | None:
        self._undisturbed.begin(_LAYING_OUT)
        try:
            return await self._conversation.show_earlier()
        finally:
            self._undisturbed.end(_LAYING_OUT)

    def _go_to(self, turn: TurnView) -> None:
        turn.scroll_visible(animate=False)
        self.post_message(TurnSelected(turn.number))

    async def on_session_opened(self, message: SessionOpened) -> None:
        await self.action_clear()
        self._record = Record(self._keeper, self.post_message, message.session.id)
        # At once: what is asked from now on comes after it.
        self._conversation.restore(turn.answer for turn in message.turns)
        self._show_restored()

    # A worker, not a handler: keys are heard meanwhile.
    @work(exclusive=True, group="restoring")
    async def _show_restored(self) -> None:
        last: TurnView | None = None
        for _ in range(1 + NEAR):
            turn = await self._laid_out()
            if turn is not None and self._conversation.selected is None:
                last = turn
                self._conversation.follow(last)
        if last is not None and last is self._conversation.selected:
            self._show_sources(last)
            self._conversation.show_beginning(last)
        self.refresh_bindings()

    async def on_new_wanted(self) -> None:
        await self.action_clear()

    def on_question_edited(self, message: QuestionEdited) -> None:
        self._question.put(message.question)
        self._question.focus()

    def on_citation_selected(self, message: CitationSelected) -> None:
        if (turn := self._conversation.selected) is not None:
            turn.mark(message.citation.number)
        self._read(message.citation)

    def on_source_read(self, message: SourceRead) -> None:
        self._evidence.open_source(message.citation, message.text)

    def on_source_failed(self, message: SourceFailed) -> None:
        self._evidence.open_failed(message.citation, message.error)

    def on_file_found(self, message: FileFound) -> None:
        try:
            show(self.app, message.path, message.citation, self._programs)
        except LecternError as error:
            self._say(error)

    def on_file_missing(self, message: FileMissing) -> None:
        self._say(message.error)

    def _say(self, error: LecternError) -> None:
        said = harmless_text(f"{error}\n{error.hint}".strip())
        self.notify(said, severity="error", markup=False)

    def _show_sources_of(self, turn: TurnView) -> None:
        if turn is self._conversation.selected:
            self._show_sources(turn)

    def _show_sources(self, turn: TurnView | None, *, opened: int | None = None) -> None:
        citations = turn.citations if turn else ()
        self._evidence.show(citations, opened=opened)
        if not citations:
            self.workers.cancel_group(self, "reading")

    async def action_cancel(self) -> None:
        """Take back the questions that wait; where none does, stop the answer in progress."""
        if waiting := self._conversation.waiting:
            if not self._question.value:
                self._question.put(waiting[-1].question)
            await self._conversation.drop_waiting()
            self.refresh_bindings()
        elif (turn := await self._asking.stop()) is not None:
            self._show_sources_of(turn)
            self._asking.start_next()

    def action_ask(self) -> None:
        self._question.focus()

    async def action_clear(self) -> None:
        await self._asking.forget()
        self.workers.cancel_group(self, "restoring")
        await self._conversation.clear()
        self._record = Record(self._keeper, self.post_message)
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
        await self._asking.ask(earlier.question, earlier=earlier, model=model)

    def action_step(self, by: int) -> None:
        self._evidence.step(by)

    def action_cite(self, digit: int) -> None:
        self._evidence.press(digit)

    def action_open_file(self) -> None:
        if (citation := self._evidence.citation) is not None:
            self._locate(citation)

    def action_turn(self, by: int) -> None:
        if (turn := self._conversation.beside_selected(by)) is not None:
            self._go_to(turn)
        elif by < 0:
            self._show_earlier(select=True)

    def action_page(self, by: int) -> None:
        conversation = self._conversation
        conversation.action_page_up() if by < 0 else conversation.action_page_down()

    def action_copy(self) -> None:
        turn = self._conversation.selected
        if turn is not None and turn.answer is not None:
            self.app.copy_to_clipboard(footnoted(turn.answer))
            self.notify("Copied, with its footnotes.")

    def action_copy_citation(self) -> None:
        if (citation := self._evidence.citation) is not None:
            self.app.copy_to_clipboard(cited_words(citation))
            self.notify("Copied the quote, with where it stands.")

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
            case "step" | "cite" | "open_file" | "copy_citation":
                return selected is not None and bool(selected.citations)
            case "copy":
                return selected is not None and selected.answer is not None
            case _:
                return super().check_action(action, parameters)

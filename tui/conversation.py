"""The conversation: its turns, from the first to the newest."""

from collections.abc import Iterable
from itertools import takewhile

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from index.errors import LecternError
from qa.answer import Answer, Finished, Rewritten, Turn
from tui.assistant import Facts
from tui.turn import TurnView
from tui.welcome import Welcome


class Conversation(VerticalScroll):
    """The turns, one of which is selected: its sources are listed."""

    BORDER_TITLE = "Conversation"
    HELP = """\
    The conversation. Click an answer, or press **Ctrl+Up**, to see its sources.

    **✓** stands before a sentence that the cited words carry, **⚠** before one that nothing was
    found to carry. **❝** says that the answer is a document's own words, **○** that your documents
    do not answer, **≠** that they contradict each other.
    """

    def __init__(self, facts: Facts) -> None:
        super().__init__(id="conversation")
        self.welcome = Welcome(facts)
        self.selected: TurnView | None = None
        # Never shorter than the view, or an anchored conversation would begin at its bottom.
        self._page = Vertical(id="page")
        self._count = 0

    def compose(self) -> ComposeResult:
        with self._page:
            yield self.welcome

    async def add(self, question: str) -> TurnView:
        """Put a turn below the others."""
        self._count += 1
        turn = TurnView(self._count, question)
        self.welcome.display = False
        await self._page.mount(turn)
        return turn

    def follow(self, turn: TurnView) -> None:
        """Select a turn, and keep its newest words in view."""
        self.select(turn)
        self.anchor()

    def turn(self, number: int) -> TurnView | None:
        """The turn that goes by this number; None once it is cleared away."""
        return next((turn for turn in self.turns if turn.number == number), None)

    @property
    def turns(self) -> list[TurnView]:
        """From the first to the newest."""
        return list(self.query(TurnView))

    @property
    def running(self) -> TurnView | None:
        """The turn that is being answered, or is the next to be."""
        return next((turn for turn in self.turns if not turn.over), None)

    @property
    def waiting(self) -> list[TurnView]:
        """The turns that wait for it, from the first to the newest."""
        return [turn for turn in self.turns if not turn.over][1:]

    async def drop_waiting(self) -> None:
        """Forget the turns that wait."""
        for turn in self.waiting:
            await turn.remove()

    def select(self, turn: TurnView) -> None:
        """Mark the turn whose sources are listed."""
        self.selected = turn
        for other in self.turns:
            other.set_class(other is turn, "-selected")
        self.point_down()

    def point_down(self) -> None:
        """Say so where an answer stands below the selected turn's."""
        turns = self.turns
        below = turns[turns.index(self.selected) + 1 :] if self.selected in turns else []
        answered = any(turn.over for turn in below)
        self.border_subtitle = "↓ another answer: Ctrl+Down" if answered else ""

    def show_beginning(self, turn: TurnView) -> None:
        """Scroll to where reading a finished turn begins."""
        self.release_anchor()
        self.call_after_refresh(self.scroll_to_widget, turn, top=True, animate=False)

    def beside_selected(self, by: int) -> TurnView | None:
        """The turn so many after the selected one; None where there is none."""
        if self.selected is None:
            return None
        at = self.turns.index(self.selected) + by
        return self.turns[at] if 0 <= at < len(self.turns) else None

    def fail(self, error: LecternError, *, starter: bool) -> None:
        """Say that the desk could not be opened, and what Enter does about it."""
        self.welcome.failed(error, starter=starter)
        self.welcome.display = True
        self.welcome.scroll_visible(animate=False)

    async def restore(self, answers: Iterable[Answer]) -> None:
        """Show turns that ended earlier, the last of them selected."""
        for answer in answers:
            with self.app.batch_update():
                turn = await self.add(answer.question)
                if answer.rewritten is not None:
                    await turn.follow(Rewritten(answer.rewritten))
                await turn.follow(Finished(answer))
                self.select(turn)

    def history(self, *, before: TurnView) -> tuple[Turn, ...]:
        """What was asked and answered before a turn."""
        earlier = takewhile(lambda turn: turn is not before, self.turns)
        answered = [(turn.question, turn.answer) for turn in earlier if turn.answer]
        return tuple(
            message
            for question, answer in answered
            for message in (Turn("user", question), Turn("assistant", answer.text))
        )

    async def clear(self) -> None:
        """Forget the turns."""
        self.selected = None
        self.border_subtitle = ""
        await self.query(TurnView).remove()
        self.welcome.display = True

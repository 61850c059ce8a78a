"""The conversation: its turns, from the first to the newest."""

import asyncio
from collections.abc import Iterable
from itertools import takewhile

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from index.errors import LecternError
from qa.answer import Answer, Turn
from tui.assistant import Facts
from tui.earlier import Earlier
from tui.messages import EarlierWanted
from tui.past_turn import PastTurn
from tui.turn import TurnView
from tui.welcome import Welcome

NEAR = 4
"""Turns before the newest that stay laid out: a screen or two. All that are take part in every
layout, and dozens of them would hold the keys up."""


class Conversation(VerticalScroll):
    """The turns, one of which is selected: its sources are listed.

    Those near the end are laid out; the others are when they are gone to.
    """

    BORDER_TITLE = "Conversation"
    HELP = """\
    The conversation. Click an answer, or press **Ctrl+Up**, to see its sources; of a long
    conversation, **Ctrl+Up** and the mouse wheel bring back what stands above.

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
        self._past: list[PastTurn] = []
        """The turns above those that are laid out."""
        self._earlier = Earlier()
        self._changing = asyncio.Lock()

    def compose(self) -> ComposeResult:
        with self._page:
            yield self.welcome
            yield self._earlier

    async def add(self, question: str, *, before: Answer | None = None) -> TurnView:
        """Put a turn below the others.

        Args:
            question: As the person asks it.
            before: What the same question was answered before, where it is asked again.
        """
        async with self._changing:
            turn = TurnView(self._next_number(), question, before=before)
            self.welcome.display = False
            await self._page.mount(turn)
        return turn

    def _next_number(self) -> int:
        self._count += 1
        return self._count

    def follow(self, turn: TurnView) -> None:
        """Select a turn, and keep its newest words in view."""
        self.select(turn)
        self.anchor()

    def watch_show_vertical_scrollbar(self) -> None:
        """Put the bar where the words are, as it comes.

        While there is room below an anchored widget's words, Textual leaves its bar above the top.
        """
        self.vertical_scrollbar.position = self.scroll_y

    def turn(self, number: int) -> TurnView | None:
        """The turn that goes by this number; None where it is not laid out any more."""
        return next((turn for turn in self.turns if turn.number == number), None)

    @property
    def turns(self) -> list[TurnView]:
        """Those that are laid out, from the first to the newest."""
        return [child for child in self._page.children if isinstance(child, TurnView)]

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

    def restore(self, answers: Iterable[Answer]) -> None:
        """Take in turns that ended before; `show_earlier` lays them out."""
        self._past += [
            PastTurn(self._next_number(), answer.question, answer, answer.rewritten)
            for answer in answers
        ]

    async def show_earlier(self) -> TurnView | None:
        """Lay out the turn that stands above the first; None where none does.

        One between two refreshes: each takes as long to lay out as an answer that comes. So this
        is for a worker, as who handles a message would wait for itself.
        """
        async with self._changing:
            if not self._past:
                return None
            past = self._past.pop()
            turn = TurnView.of(past)
            self.welcome.display = False
            with self.app.batch_update():
                await self._page.mount(turn, before=next(iter(self.turns), None))
                await turn.recall(past)
                self._earlier.count(len(self._past))
            refreshed = asyncio.Event()
            self.call_after_refresh(refreshed.set)
            await refreshed.wait()
        return turn

    async def fold(self) -> None:
        """Let go of the widgets of turns far above the end; the turns themselves are kept."""
        async with self._changing:
            ended = takewhile(lambda turn: turn.over and turn is not self.selected, self.turns)
            for turn in list(ended)[:-NEAR]:
                self._past.append(turn.past)
                self._earlier.count(len(self._past))
                await turn.remove()

    def action_page_up(self) -> None:
        """At its top, as the two below and the wheel: what stands above."""
        if not self._go_above():
            super().action_page_up()

    def action_scroll_up(self) -> None:
        if not self._go_above():
            super().action_scroll_up()

    def action_scroll_home(self) -> None:
        if not self._go_above():
            super().action_scroll_home()

    def on_mouse_scroll_up(self) -> None:
        self._go_above()

    def _go_above(self) -> bool:
        above = bool(self._past) and not self.scroll_offset.y
        if above and not self._changing.locked():
            self.post_message(EarlierWanted())
        return above

    def history(self, *, before: int) -> tuple[Turn, ...]:
        """What was asked and answered before the turn that goes by a number."""
        turns: list[PastTurn | TurnView] = [*self._past, *self.turns]
        return tuple(
            message
            for turn in turns
            if turn.number < before and turn.answer is not None
            for message in (Turn("user", turn.question), Turn("assistant", turn.answer.text))
        )

    async def clear(self) -> None:
        """Forget the turns."""
        self.selected = None
        self.border_subtitle = ""
        async with self._changing:
            self._past.clear()
            self._earlier.count(0)
            with self.app.batch_update():
                for turn in self.turns:  # each by itself: all at once would hold the keys up
                    await turn.remove()
        self.welcome.display = True

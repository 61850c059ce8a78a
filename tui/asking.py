"""Whose turn it is: the questions of a conversation, answered one after the other."""

from functools import partial

from textual.screen import Screen

from index.harmless import one_line
from tui.again import AskedAgain
from tui.conversation import Conversation
from tui.desk import Desk
from tui.turn import TurnView
from tui.undisturbed import Undisturbed

_GROUP = "asking"
"""Of the threads, of which the newest alone goes on."""


class Asking:
    """Begins with a question once the one before is over, and stops it where that is wanted."""

    def __init__(
        self,
        desk: Desk,
        conversation: Conversation,
        screen: Screen[None],
        undisturbed: Undisturbed,
    ) -> None:
        """Ask nothing yet.

        Args:
            desk: Answers.
            conversation: Shows the questions and what comes of them.
            screen: Runs the threads.
            undisturbed: Keeps the collector off meanwhile.
        """
        self._desk = desk
        self._conversation = conversation
        self._screen = screen
        self._again = AskedAgain()
        self._undisturbed = undisturbed

    async def ask(self, question: str, *, earlier: TurnView | None = None, model: str = "") -> None:
        """Put a question below the others; it waits its turn.

        Args:
            question: As the person asks it.
            earlier: The turn that asked it before, where it is asked again.
            model: Another model than the one in use.
        """
        conversation = self._conversation
        with self._screen.app.batch_update():
            before = earlier.answer if earlier is not None else None
            turn = await conversation.add(question, before=before)
            if earlier is not None:
                self._again.add(turn.number, earlier.number, model=model)
            if turn is not conversation.running:
                turn.wait("waits for the answer before it (Esc takes it back)")
                return
            conversation.follow(turn)
            if self._desk.assistant is None:
                turn.wait("waiting for the index and the model")
        self.start_next()
        self._screen.run_worker(conversation.fold(), group="folding")

    def start_next(self) -> None:
        """Begin with the first turn that is not answered."""
        turn = self._conversation.running
        if turn is None:
            self._undisturbed.end(_GROUP)
        if turn is not None and self._desk.assistant is not None and not turn.under_way:
            before = self._conversation.selected
            # An answer that has just come is being read: the next one does not push it away.
            if before is None or before.answer is None:
                self._conversation.follow(turn)
            self._begin(turn)
        self._screen.refresh_bindings()

    def _begin(self, turn: TurnView) -> None:
        turn.begin()
        self._undisturbed.begin(_GROUP)
        model = self._again.model(turn.number)
        if model:
            turn.wait(f"opening {one_line(model)}")
        history = self._conversation.history(before=self._again.first(turn.number))
        answer = partial(self._desk.answer, turn.number, turn.question, history, model=model)
        turn.worker = self._screen.run_worker(answer, thread=True, exclusive=True, group=_GROUP)

    async def stop(self) -> TurnView | None:
        """Stop the answer in progress, and keep what was written; the turn that it was."""
        if (turn := self._conversation.running) is not None:
            self._screen.workers.cancel_group(self._screen, _GROUP)
            self._desk.cancel()
            await turn.cancel()
        return turn

    async def forget(self) -> None:
        """Stop, and forget what waits and what was asked again."""
        await self._conversation.drop_waiting()
        await self.stop()
        self._again = AskedAgain()

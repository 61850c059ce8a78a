"""Questions that are asked again, and what came of them before."""

from tui.difference_view import DifferenceView
from tui.turn import TurnView


class AskedAgain:
    """Which turns ask what an earlier one asked, and of which model."""

    def __init__(self) -> None:
        self._earlier: dict[int, TurnView] = {}
        self._models: dict[int, str] = {}

    def add(self, turn: TurnView, earlier: TurnView, *, model: str) -> None:
        """Note that a turn asks again; the model is empty for the one in use."""
        self._earlier[turn.number] = earlier
        self._models[turn.number] = model

    def model(self, turn: TurnView) -> str:
        """The other model that a turn asks; empty for the one in use."""
        return self._models.get(turn.number, "")

    def first(self, turn: TurnView) -> TurnView:
        """The turn that asked it first: the conversation before that one is what it follows up."""
        while (earlier := self._earlier.get(turn.number)) is not None:
            turn = earlier
        return turn

    def difference(self, turn: TurnView) -> DifferenceView | None:
        """How a turn's answer differs from the one before; None where there are not two."""
        earlier = self._earlier.get(turn.number)
        if earlier is None or earlier.answer is None or turn.answer is None:
            return None
        return DifferenceView(earlier.answer, turn.answer)

"""Questions that are asked again, of which model, and which turn asked them first."""


class AskedAgain:
    """Knows turns by their numbers."""

    def __init__(self) -> None:
        self._earlier: dict[int, int] = {}
        self._models: dict[int, str] = {}

    def add(self, turn: int, earlier: int, *, model: str) -> None:
        """Note that a turn asks again; the model is empty for the one in use."""
        self._earlier[turn] = earlier
        self._models[turn] = model

    def model(self, turn: int) -> str:
        """The other model that a turn asks; empty for the one in use."""
        return self._models.get(turn, "")

    def first(self, turn: int) -> int:
        """The turn that asked it first: the conversation before that one is what it follows up."""
        while (earlier := self._earlier.get(turn)) is not None:
            turn = earlier
        return turn

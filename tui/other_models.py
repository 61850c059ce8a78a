"""The models that a question can be asked of besides the one in use."""

from typing import Protocol

from tui.assistant import Assistant


class OtherModels(Protocol):
    """Every method may be called from any thread."""

    def names(self) -> tuple[str, ...]:
        """Those that are on this machine, without the one in use.

        Raises:
            LecternError: If that cannot be found out.
        """

    def open(self, name: str) -> Assistant:
        """An assistant that answers with this one; takes seconds.

        Raises:
            LecternError: If it cannot be opened.
        """

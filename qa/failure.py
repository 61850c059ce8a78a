"""An error on its way from one process to another; exceptions themselves do not all pickle."""

import traceback
from dataclasses import dataclass

from index.errors import LecternError

_KEPT = (ValueError, TypeError, KeyError)
"""Bugs and misses that keep their kind; any other becomes a RuntimeError."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What was raised, in words."""

    kind: type[Exception]
    message: str
    hint: str = ""

    @classmethod
    def of(cls, error: Exception) -> "Failure":
        """Lectern's own errors as they are; anything else is a bug and brings its traceback."""
        if isinstance(error, LecternError):
            return cls(type(error), str(error), error.hint)
        trace = "".join(traceback.format_exception(error))
        kind = type(error) if type(error) in _KEPT else RuntimeError
        return cls(kind, f"{error}\n\nIn the other process:\n{trace}")

    def error(self) -> Exception:
        """The error as it was raised."""
        error = self.kind.__new__(self.kind)
        if isinstance(error, LecternError):
            LecternError.__init__(error, self.message, hint=self.hint)
        else:
            Exception.__init__(error, self.message)
        return error

"""Where drafts are written."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import SettingsError

if TYPE_CHECKING:
    from evals.drafts.draft_case import DraftCase

STDOUT = "-"


class CaseFile:
    """A case file, or standard output; nothing is written over before the first case is there."""

    def __init__(self, name: str, *, force: bool = False) -> None:
        """Write nothing yet.

        Args:
            name: Of the file; `-` for standard output.
            force: Whether a file that is there may be written over.

        Raises:
            SettingsError: If no case file can be written there.
        """
        self.name = name
        self.written = 0
        self._file = sys.stdout if name == STDOUT else None
        path = Path(name).expanduser()
        if self._file is None and path.suffix != ".jsonl":
            raise SettingsError(f"{name!r} is to be a case file, whose name ends in .jsonl.")
        if self._file is None and path.exists() and not force:
            raise SettingsError(
                f"{name} is there already.",
                hint="Name another file; `lectern eval make --force` writes over one.",
            )
        if self._file is None and not path.absolute().parent.is_dir():
            raise SettingsError(f"{name!r} is to be written to a folder that does not exist.")
        self._path = path

    def write(self, draft: "DraftCase") -> None:
        """Add a case, at once.

        Raises:
            SettingsError: If it cannot be written.
            BrokenPipeError: If nobody reads the standard output any more.
        """
        from evals.drafts.draft_case import as_line

        try:
            if self._file is None:
                self._file = self._path.open("w", encoding="utf-8")
            self._file.write(as_line(draft))
            self._file.flush()  # what is made is kept, whatever comes
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                raise
            reason = error.strerror or error
            raise SettingsError(f"{self.name} could not be written: {reason}.") from error
        self.written += 1

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None and self._file is not sys.stdout:
            self._file.close()

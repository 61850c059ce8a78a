"""The last conversation of the command line, kept for `--continue`."""

import json
from collections.abc import Sequence
from pathlib import Path

from index.errors import SettingsError
from qa.answer import Turn

MOST_TURNS = 10
"""Messages kept: older ones no longer help to understand a question."""


class Conversation:
    """One file under the home folder, readable by its owner alone."""

    def __init__(self, home: Path) -> None:
        self._file = home / "conversation.json"

    def turns(self) -> tuple[Turn, ...]:
        """The messages so far, oldest first; none where nothing was asked yet.

        Raises:
            SettingsError: If the file cannot be read.
        """
        try:
            kept = json.loads(self._file.read_text("utf-8"))
            return tuple(Turn(str(each["role"]), str(each["content"])) for each in kept)
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SettingsError(
                f"The last conversation could not be read: {error}",
                hint=f"Ask without --continue, or remove {self._file}.",
            ) from error

    def keep(self, history: Sequence[Turn], question: str, answer: str) -> None:
        """Store the conversation with one more question and its answer.

        Raises:
            SettingsError: If the file cannot be written.
        """
        turns = [*history, Turn("user", question), Turn("assistant", answer)][-MOST_TURNS:]
        text = json.dumps([{"role": turn.role, "content": turn.content} for turn in turns])
        beside = self._file.with_suffix(".new")
        try:
            beside.write_text(text, "utf-8")
            beside.chmod(0o600)
            beside.replace(self._file)
        except OSError as error:
            raise SettingsError(f"The conversation could not be kept: {error}") from error

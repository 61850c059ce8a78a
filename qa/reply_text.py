"""From a model's bytes to the text of its reply."""

import codecs
from collections.abc import Sequence


class ReplyText:
    r"""Turns bytes into characters as they come, and ends before a stop string.

    >>> reply = ReplyText(stop=("\nUser:",))
    >>> reply.add("Zürich\n".encode()[:2]), reply.add("Zürich\n".encode()[2:])
    ('Z', 'ürich')
    >>> reply.add(b"User: and?"), reply.stopped, reply.rest()
    ('', True, '')
    """

    def __init__(self, *, stop: Sequence[str] = ()) -> None:
        self.stopped = False
        """Whether a stop string was written; nothing comes after it."""
        self._stop = tuple(text for text in stop if text)
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._held = ""

    def add(self, data: bytes) -> str:
        """The characters that are now certain to belong to the reply."""
        if self.stopped:
            return ""
        self._held += self._decoder.decode(data)
        ends = [self._held.find(text) for text in self._stop if text in self._held]
        if ends:
            self.stopped = True
            certain, self._held = self._held[: min(ends)], ""
            return certain
        certain_until = len(self._held) - self._begun()
        certain, self._held = self._held[:certain_until], self._held[certain_until:]
        return certain

    def rest(self) -> str:
        """What was held back in case it began a stop string; half a character is left out."""
        certain, self._held = self._held, ""
        return certain

    def _begun(self) -> int:
        """Length of the longest ending of the held text that a stop string starts with."""
        longest = min(len(self._held), max(map(len, self._stop), default=1) - 1)
        for length in range(longest, 0, -1):
            if self._stop and self._stop_starts(self._held[-length:]):
                return length
        return 0

    def _stop_starts(self, ending: str) -> bool:
        return any(text.startswith(ending) for text in self._stop)

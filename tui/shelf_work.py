"""What is being done to the shelf: one thing at a time, and in between the watch, if it is on."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message

from index.errors import Cancelled, LecternError
from tui.shelf_keeper import Work
from tui.shelf_messages import WorkEnded, WorkTold


@dataclass(frozen=True, slots=True)
class Undertaking:
    """Something to be done."""

    title: str
    """What is done, as "Adding papers"."""
    begin: Callable[[], Work]


class ShelfWork:
    """Runs undertakings in threads; all but that happens in the thread of the screen."""

    def __init__(
        self,
        watch: Undertaking,
        spawn: Callable[[Callable[[], None]], object],
        post: Callable[[Message], bool],
    ) -> None:
        """Begin nothing yet.

        Args:
            watch: Goes on while nothing else is done, once it is wanted.
            spawn: Runs a function in a thread.
            post: Takes the messages, from any thread.
        """
        self._watch = watch
        self._spawn = spawn
        self._post = post
        self._watch_wanted = False
        self._running: Undertaking | None = None
        self._next: Undertaking | None = None
        self._work: Work | None = None
        self._cancelled = False
        self._changing = threading.Lock()

    @property
    def title(self) -> str:
        """Of what is being done, or is about to be; empty if nothing, and for the watch."""
        if self._next:
            return self._next.title
        return self._running.title if self._running and not self.watching else ""

    @property
    def watch_wanted(self) -> bool:
        """Whether the watch is on, be it that something else is done first."""
        return self._watch_wanted

    @property
    def watching(self) -> bool:
        """Whether the watch is what is going on."""
        return self._running is self._watch

    def begin(self, undertaking: Undertaking) -> bool:
        """Do something, in place of the watch; not while something else is done."""
        if self.title:
            return False
        self._next = undertaking
        self._go_on()
        return True

    def toggle_watch(self) -> None:
        """Watch from now on, or no longer."""
        self._watch_wanted = not self._watch_wanted
        if self._watch_wanted or self.watching:
            self._go_on()

    def cancel(self) -> None:
        """Give up what is being done, or is about to be; the watch goes on afterwards."""
        self._next = None
        self._give_up()

    def _give_up(self) -> None:
        with self._changing:
            self._cancelled = True
            if self._work:
                self._work.cancel()

    def close(self) -> None:
        """Give up everything."""
        self._watch_wanted = False
        self.cancel()

    def ended(self, error: LecternError | None) -> None:
        """What was done has ended, as `WorkEnded` tells: go on with what comes next."""
        if self.watching and error and not isinstance(error, Cancelled):
            self._watch_wanted = False
        self._running = self._work = None
        self._go_on()

    def _go_on(self) -> None:
        if self._running:
            if self.watching and (self._next or not self._watch_wanted):
                self._give_up()
            return
        following = self._next or (self._watch if self._watch_wanted else None)
        self._next = None
        if following:
            self._running, self._cancelled = following, False
            self._spawn(lambda: self._run(following))

    def _run(self, undertaking: Undertaking) -> None:
        try:
            with self._changing:
                if self._cancelled:
                    raise Cancelled
                work = self._work = undertaking.begin()
            try:
                for event in work:
                    self._post(WorkTold(event))
            finally:
                work.close()
        except LecternError as error:
            self._post(WorkEnded(error))
        else:
            self._post(WorkEnded(None))

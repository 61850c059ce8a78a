"""What is being done to the shelf, and what came of it."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import ProgressBar, Static

from index.errors import Cancelled, LecternError
from index.harmless import one_line
from qa.upkeep import STAGES
from qa.upkeep_events import Kept, Noticed, Removed, Step, UpkeepEvent
from tui.shelf_counts import counted


class ShelfStatus(Vertical):
    """A bar while something is done; afterwards a line that says how it ended."""

    def __init__(self) -> None:
        super().__init__(id="shelf-status")
        self._title = self._sentence = ""
        self._said = Static(id="shelf-said", markup=False)
        self._bar = ProgressBar(id="shelf-bar", show_eta=False)
        self._step = Static(id="shelf-step", markup=False)

    def compose(self) -> ComposeResult:
        yield self._said
        with Horizontal(id="shelf-progress"):
            yield self._bar
            yield self._step

    def begin(self, title: str) -> None:
        """Something has begun."""
        self._title = title
        self._say(f"… {title}")
        self._bar.update(total=None, progress=0)
        self._step.update("starting")
        self.set_class(True, "-working")

    def follow(self, event: UpkeepEvent) -> None:
        """It got a step further, or came to its end."""
        match event:
            case Step(stage, done, total, label):
                self._show(stage, done, total, label)
            case Noticed(sentence):
                self._say(f"… {self._title} — {one_line(sentence)}")
            case Kept():
                self._say(f"✓ {self._title}: {_done(event)}")
            case Removed(documents):
                self._say(f"✓ {self._title}: {counted(documents, 'document')} left the shelf.")

    def _show(self, stage: str, done: int, total: int, label: str) -> None:
        # Passages are embedded in the midst of the files, whose bar should not jump about.
        if stage != "embedding":
            self._bar.update(total=total, progress=done)
        of = f" {done:,} of {total:,}" if total else ""
        self._step.update(f"{STAGES.get(stage, stage)}{of}  {one_line(label)}")

    def cancelling(self) -> None:
        """It is given up, which may take it a while to notice."""
        self._say(f"… {self._title}: ending what is in hand")

    def end(self, error: LecternError | None) -> str:
        """It is over, by itself or by an error; what is said of its outcome stays, and is given."""
        self.set_class(False, "-working")
        if isinstance(error, Cancelled):
            self._say(f"■ {self._title}: cancelled. What is done is kept; u goes on with it.")
        elif error:
            self._say(_failed(self._title, error))
        return self._sentence

    def note_watch(self, event: Kept | Noticed) -> None:
        """The watch has taken something in, or met with trouble."""
        if isinstance(event, Kept):
            self._say(f"✓ Watching: {_done(event)}")
        else:
            self._say(f"! Watching: {event.sentence}")

    def fail_watch(self, error: LecternError) -> str:
        """The watch has ended by itself."""
        self._say(_failed("Watching", error))
        return self._sentence

    def _say(self, sentence: str) -> None:
        self._sentence = one_line(sentence)
        self._said.update(self._sentence)
        self._said.set_class(sentence.startswith("✖"), "-wrong")
        self.set_class(bool(sentence), "-said")


def _failed(title: str, error: LecternError) -> str:
    return f"✖ {title}: {error} {error.hint}".strip()


def _done(kept: Kept) -> str:
    """What a synchronisation did, as one line.

    >>> _done(Kept(2, 0, 10, 1, 0, 0, 3.21))
    '2 added, 0 changed, 10 unchanged, 1 removed (3.2 s).'
    """
    counts = [
        f"{count:,} {done}"
        for count, done in (
            (kept.added, "added"),
            (kept.changed, "changed"),
            (kept.unchanged, "unchanged"),
            (kept.removed, "removed"),
        )
    ]
    counts += [f"{kept.skipped:,} skipped"] if kept.skipped else []
    counts += [f"{kept.repaired:,} vectors mended"] if kept.repaired else []
    return f"{', '.join(counts)} ({kept.seconds:.1f} s)."

"""A set being drafted: in a process of its own, each case kept as soon as it is made."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

from evals import own_index
from evals.drafts.case_file import CaseFile
from index.errors import Cancelled, LecternError, SettingsError
from qa.apart import Apart, run_apart
from qa.drafting import Drafted, DraftEvent, DraftOrder, DraftsKept
from qa.evaluating import Preparing
from qa.settings import Settings
from qa.telling import Telling


@dataclass(frozen=True, slots=True)
class Making:
    """The cases of an order, one after the other."""

    order: DraftOrder
    settings: Settings

    def run(self) -> Iterator[DraftEvent]:
        """Draft; see `evals.drafts.drafting.draft`.

        Raises:
            LecternError: If the documents, the model or the file cannot be used.
        """
        return Telling[DraftEvent]().events_of(self._make)

    def _make(self, told: Telling[DraftEvent]) -> None:
        from evals.drafts.drafting import draft
        from evals.drafts.library import library_of
        from qa import wiring  # the models and the index: seconds

        def say(line: str) -> None:
            told.tell(Preparing(line))

        order, home = self.order, None
        with closing(CaseFile(str(order.file))) as file:
            if order.documents is not None:
                say("Indexing")
                home = own_index.bring_up_to_date(
                    [order.documents], self.settings, progress=say, notice=say
                )
            say("Loading the model")
            with closing(wiring.open_parts(self.settings, index_home=home)) as parts:
                for made in draft(library_of(parts), count=order.count, seed=0, progress=say):
                    file.write(made)
                    case = made.case
                    told.tell(Drafted(file.written, order.count, made.kind, case.question))
            told.tell(DraftsKept(order.file, file.written, order.count))


class Drafting:
    """The events of a drafting, for one thread to iterate over; it begins with the iteration.

    Whatever ends it, the cases made so far are in the file.
    """

    def __init__(self, order: DraftOrder, settings: Callable[[], Settings]) -> None:
        self._order = order
        self._settings = settings
        self._stopped = False
        self._making: Apart[DraftEvent] | None = None

    def stop(self) -> None:
        """Draft no more cases; from any thread, at any time."""
        self._stopped = True
        if self._making is not None:
            self._making.cancel()

    def __iter__(self) -> Iterator[DraftEvent]:
        """The events.

        Raises:
            Cancelled: If it was stopped before the first case was made.
            LecternError: If the order cannot be carried out; the cases made by then have been told
                of as kept.
        """
        order, made = self._order, 0
        if order.documents is not None and not order.documents.exists():
            raise SettingsError(f"There is no {str(order.documents)!r} to ask about.")
        try:
            with run_apart(Making(order, self._settings())) as self._making:
                if self._stopped:
                    raise Cancelled
                for event in self._making:
                    if isinstance(event, Drafted):
                        made = event.number
                    yield event
        except LecternError as error:
            if made:
                yield DraftsKept(order.file, made, order.count)
            if not made or not isinstance(error, Cancelled):
                raise

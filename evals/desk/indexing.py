"""An index brought up to date, its progress as events instead of calls."""

import queue
import threading
from collections.abc import Generator
from pathlib import Path

from evals import own_index
from qa.evaluating import Preparing
from qa.settings import Settings


def indexing(folder: Path, settings: Settings) -> Generator[Preparing, None, Path]:
    """Index what is new or has changed in a folder.

    Returns:
        The home of the index.
    """
    said: queue.SimpleQueue[Preparing | Path | BaseException] = queue.SimpleQueue()

    def tell(line: str) -> None:
        said.put(Preparing(line))

    def work() -> None:
        try:
            said.put(own_index.bring_up_to_date([folder], settings, progress=tell, notice=tell))
        except BaseException as error:  # noqa: BLE001  (raised again where it is waited for)
            said.put(error)

    # A daemon: where the run is given up the process ends, and the next run goes on from there.
    threading.Thread(target=work, daemon=True, name="indexing").start()
    while isinstance(came := said.get(), Preparing):
        yield came
    if isinstance(came, BaseException):
        raise came
    return came

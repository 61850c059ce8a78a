"""What is on the shelf: looked at in a thread, it comes back as a message."""

from collections.abc import Callable

from textual.message import Message
from textual.worker import get_current_worker

from index.errors import LecternError
from tui.shelf_keeper import ShelfKeeper
from tui.shelf_messages import OverviewFailed, OverviewRead


def look_over(keeper: ShelfKeeper, post: Callable[[Message], bool]) -> None:
    """Tell what is on the shelf, or why it cannot be read. Blocks; for a worker's thread."""
    worker = get_current_worker()
    message: Message
    try:
        message = OverviewRead(keeper.overview())
    except LecternError as error:
        message = OverviewFailed(error)
    if not worker.is_cancelled:  # a later look would be overtaken
        post(message)

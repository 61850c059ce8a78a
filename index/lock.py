"""One writer at a time, whatever the number of processes."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from filelock import FileLock, Timeout

from index.errors import IndexLocked, StoreUnavailable
from index.places import Places


@contextmanager
def writing(places: Places, notice: Callable[[str], None], *, wait: bool = True) -> Iterator[None]:
    """Hold the index for writing; the operating system lets go of it if the process dies.

    Whatever file is made meanwhile, Chroma's among them, can be read by its owner alone.

    Args:
        places: Of the index.
        notice: Told who holds the lock where another process does.
        wait: Whether to wait for it.

    Raises:
        IndexLocked: If another process holds it and `wait` is off.
        StoreUnavailable: If the folder cannot be written.
    """
    with _writable(places):
        places.make()
        lock = FileLock(places.lock, mode=0o600)
        _acquire(lock, places, notice, wait)
    mask = os.umask(0o077)  # the process's own; who holds the lock is alone with it
    try:
        with _writable(places):
            places.holder.write_text(str(os.getpid()), "utf-8")
        yield
    finally:
        with suppress(OSError):  # a name that is left over names nobody
            places.holder.unlink(missing_ok=True)
        os.umask(mask)
        lock.release()


@contextmanager
def _writable(places: Places) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"{places.folder} could not be written: {error.strerror}."
        raise StoreUnavailable(message) from error


def _acquire(lock: FileLock, places: Places, notice: Callable[[str], None], wait: bool) -> None:
    try:
        lock.acquire(blocking=False)
    except Timeout:
        held = f"Another process{_holder(places)} is writing the index"
        if not wait:
            raise IndexLocked(
                f"{held}.", hint="Try again when it has ended, or leave out `--no-wait` to wait."
            ) from None
        notice(f"{held}; waiting for it to end.")
        lock.acquire()


def _holder(places: Places) -> str:
    try:
        return f" ({places.holder.read_text('utf-8')})"
    except OSError:
        return ""

"""A job run in the process that waits for it, for tests that are about the job."""

from index.errors import Cancelled


class InProcess:
    """Stands in for `qa.apart.Apart`: no process, and cancelling takes effect at the next event."""

    def __init__(self, job):
        self._events = job.run()
        self._cancelled = False

    def __iter__(self):
        return self

    def __next__(self):
        if self._cancelled:
            raise Cancelled
        return next(self._events)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._events.close()

    def cancel(self):
        self._cancelled = True

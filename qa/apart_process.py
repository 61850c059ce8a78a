"""What runs in the process of a job; see `qa.apart`."""

import _thread
import os
import pickle
import signal
import sys
import threading
from time import sleep
from typing import Any

from qa.child_process import way_back
from qa.failure import Failure

_GRACE = 3.0
"""Seconds that a job gets to end by itself once nobody waits for it."""


def serve() -> None:
    """Run the job on standard input; its events go to standard output, each as (False, event).

    The last is (True, None), or (True, a `Failure`).
    """
    # What is started in a shell's background is deaf to it, and so would be what it starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with way_back() as events:
        job: Any = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the parent
        threading.Thread(target=_end_with_parent, daemon=True).start()

        def tell(done: bool, event: object) -> None:
            pickle.dump((done, event), events)
            events.flush()

        try:
            for event in job.run():
                tell(False, event)
            last = None
        except KeyboardInterrupt:
            return  # given up: nobody waits for a word
        except Exception as error:  # noqa: BLE001 - it is raised again in the parent
            last = Failure.of(error)
        tell(True, last)


def _end_with_parent() -> None:
    """Interrupt the job once the input ends, and end it where that does not help."""
    # A signal that this thread took would not wake the other one from what it waits for.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    # Not by way of sys.stdin: at the end of the process its lock would be held here.
    while os.read(0, 1024):
        pass
    _thread.interrupt_main()
    sleep(_GRACE)
    os._exit(1)

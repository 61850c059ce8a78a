"""How a process ended."""

import signal


def ending(code: int) -> str:
    """A return code as `subprocess` gives it, in words: a signal's name or the exit code.

    >>> ending(-9), ending(3)
    ('SIGKILL', 'exit code 3')
    """
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"

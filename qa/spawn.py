"""Child processes of our own, spoken with over pipes."""

import subprocess
import sys

_PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from {module} import serve; serve()"


def spawn(module: str) -> subprocess.Popen[bytes]:
    """Start a module's `serve` in a process with this one's import path.

    It reads what it is told on standard input and answers on standard output; it is out of reach
    of the terminal's Ctrl-C, and leads a group of its own, which can be ended as a whole.
    """
    return subprocess.Popen(
        [sys.executable, "-c", _PROGRAM.format(module=module), *sys.path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        process_group=0,
    )

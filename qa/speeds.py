"""How fast each model is on this machine, as it was measured here, kept for the next start."""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from index.errors import ModelError, SettingsError
from index.places import make_private
from qa.endpoint_address import is_endpoint
from qa.model_files import locate
from qa.settings import Settings


@dataclass(frozen=True, slots=True)
class Speed:
    """What a trial of a model measured."""

    reads: float
    """Prompt tokens a second."""
    writes: float
    """Tokens a second; 0 where it wrote too few to tell."""
    load: float
    """Seconds until it was loaded and had read its first words."""
    memory: int | None = None
    """Bytes that its process held at most; None where that is not known, as of an endpoint."""

    @property
    def in_words(self) -> str:
        """All of it.

        >>> Speed(57.1, 11.4, 0.83, 1_312_000_000).in_words
        'reads 57 and writes 11 tokens a second, is ready after 0.8 s, takes 1,312 MB of memory'
        """
        writes = (
            f"writes {self.writes:.0f}" if self.writes else "writes too little to tell how many"
        )
        memory = f", takes {self.memory / 1e6:,.0f} MB of memory" if self.memory else ""
        reads = f"reads {self.reads:.0f} and {writes} tokens a second"
        return f"{reads}, is ready after {self.load:.1f} s{memory}"


def remember(settings: Settings, name: str, speed: Speed) -> None:
    """Keep what was measured of a model under these settings.

    Raises:
        ModelError: If there is no such model here.
        SettingsError: If it cannot be written.
    """
    model, measured_with = _subject(settings, name)
    kept = {**_kept(settings), model: {**asdict(speed), "measured_with": measured_with}}
    beside = _file(settings).with_suffix(".new")
    try:
        make_private(settings.home)
        beside.touch(0o600)
        beside.write_text(json.dumps(kept, indent=1), "utf-8")
        beside.replace(_file(settings))
    except OSError as error:
        raise SettingsError(f"The measured speed could not be kept: {error}") from error


def known(settings: Settings, name: str) -> Speed | None:
    """What was measured of the model as it is and would run now; None where nothing was.

    A file that has changed since, or another number of threads, is another thing to measure.
    """
    try:
        model, measured_with = _subject(settings, name)
    except (ModelError, OSError):
        return None
    entry = _kept(settings).get(model)
    if not isinstance(entry, dict) or entry.get("measured_with") != measured_with:
        return None
    try:
        memory = entry.get("memory")
        return Speed(
            reads=float(entry["reads"]),
            writes=float(entry["writes"]),
            load=float(entry["load"]),
            memory=None if memory is None else int(memory),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _subject(settings: Settings, name: str) -> tuple[str, dict[str, int]]:
    """What a model is kept under, and all else that its speed depends on."""
    if is_endpoint(name):
        return name, {}
    from qa.llama import usable_cores  # with ctypes, which a first screen should not wait for

    path = locate(replace(settings, model=name)).path
    status = path.stat()
    return str(path), {
        "size": status.st_size,
        "modified": status.st_mtime_ns,
        "threads": settings.threads or usable_cores(),
        "gpu_layers": settings.gpu_layers,
    }


def _kept(settings: Settings) -> dict[str, object]:
    # Whatever is wrong with the file costs another trial, and no more.
    try:
        kept = json.loads(_file(settings).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _file(settings: Settings) -> Path:
    return settings.home / "model_speeds.json"

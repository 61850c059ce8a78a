"""The settings, and where each comes from: the only reader of the environment and of TOML.

A typed flag beats `LECTERN_*`, which beats `./lectern.toml`, which beats the user's own file,
which beats the default.
"""

import difflib
import os
import shutil
import threading
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, cast

from index.errors import SettingsError
from index.places import make_private

FILE_NAME = "lectern.toml"
_REMEMBERING = threading.Lock()
"""Held from reading the user's own file to writing it: nothing written meanwhile is lost."""


def default_home() -> Path:
    """The folder of all state: `LECTERN_HOME`, else the platform's own data folder."""
    if named := os.environ.get("LECTERN_HOME"):
        return Path(named).expanduser().absolute()
    import platformdirs

    return platformdirs.user_data_path("lectern", appauthor=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a person can set."""

    home: Path = field(default_factory=default_home)
    """Folder of the index, the models and this user's settings file."""
    model: str = ""
    """Answering model: a name from `lectern models list`, a GGUF file's path, a hub `repo:file`
    or an endpoint on the own network, `http://HOST:PORT/v1#MODEL`; empty for the best one here."""
    embedder: str = "all-MiniLM-L6-v2"
    """Embedding model: the built-in one, or any sentence-transformers name or path."""
    reranker: str = ""
    """Cross-encoder that puts the best passages in order, any sentence-transformers name or path;
    empty for none."""
    threads: int = 0
    """Threads for the answering model; 0 for every core this process may use."""
    context: int = 2048
    """Tokens of context given to the answering model."""
    gpu_layers: int = -1
    """Layers put on an accelerator where llama.cpp was built for one; -1 for all."""
    chunk_size: int = 1000
    """Largest chunk, in characters; more than 1,000 outgrows the built-in model's 256 tokens."""
    passages: int = 8
    """Passages that evidence is gathered from."""
    evidence_tokens: int = 120
    """Largest evidence given to the answering model, in tokens."""
    caution: float = 0.6
    """Refuse where the estimated probability of an answer is below this, 0 to 1."""
    chroma: str = ""
    """Address of a Chroma server, `http://host:port`; empty for the folder under `home`."""
    hub: str = "https://huggingface.co"
    """Where models are fetched from first."""
    theme: str = ""
    """Colours of the terminal app; empty for its own dark theme."""
    linear: bool = False
    """Lay the terminal app out for a screen reader: one column, no frames, nothing that moves."""
    serve_token: str = ""
    """What a browser must show to be let in by `lectern serve`; empty to let in this machine's."""

    @property
    def user_file(self) -> Path:
        return self.home / FILE_NAME


def load(flags: Mapping[str, object] | None = None, *, folder: Path | None = None) -> Settings:
    """The settings in force.

    Args:
        flags: Settings typed on the command line, by field name; None values are passed over.
        folder: Where `lectern.toml` is looked for; the working folder by default.

    Raises:
        SettingsError: If a file or variable names an unknown setting or a value of the wrong kind.
    """
    settings = Settings()
    settings = _apply(settings, _from_file(settings.user_file), str(settings.user_file))
    local = (folder or Path.cwd()) / FILE_NAME
    if local != settings.user_file:
        settings = _apply(settings, _from_file(local), str(local))
    settings = _apply(settings, _from_environment(), "the environment")
    given = {name: value for name, value in (flags or {}).items() if value is not None}
    return _apply(settings, given, "the command line")


def remember(settings: Settings, name: str, value: str | bool) -> None:
    """Write one setting into the user's own file, leaving the rest of it as it stands.

    Raises:
        SettingsError: If the file cannot be read or written.
    """
    import tomlkit

    try:
        with _REMEMBERING:
            text = settings.user_file.read_text("utf-8") if settings.user_file.exists() else ""
            document = tomlkit.parse(text)
            document[name] = value
            make_private(settings.home)
            _put_in_place(tomlkit.dumps(document), settings.user_file.resolve())
    except (OSError, ValueError) as error:
        raise SettingsError(f"{settings.user_file} could not be changed: {error}") from error


def _put_in_place(text: str, file: Path) -> None:
    """Whole or not at all, whatever ends the process."""
    beside = file.with_name(f"{file.name}.{os.getpid()}.new")
    beside.touch(mode=0o600)  # it may hold a token
    beside.write_text(text, "utf-8")
    if file.exists():
        shutil.copymode(file, beside)
    beside.replace(file)


def editor() -> str:
    """The command line that the person edits text with; empty where none is set."""
    return os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""


def viewer() -> str:
    """The command line that the person reads PDF files with; empty where none is set."""
    return os.environ.get("PDFVIEWER", "")


def overruled_by(name: str, value: str, settings: Settings, *, folder: Path | None = None) -> str:
    """What beats a value in the user's own file with another: a variable, a file's path, or "".

    Raises:
        SettingsError: If `lectern.toml` cannot be read.
    """
    given = _from_environment()
    if name in given:
        return f"LECTERN_{name.upper()}" if given[name] != value else ""
    local = (folder or Path.cwd()) / FILE_NAME
    if local == settings.user_file or _from_file(local).get(name, value) == value:
        return ""
    return str(local)


def _from_file(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path} could not be read: {error}") from error


def _from_environment() -> dict[str, object]:
    prefix = "LECTERN_"
    return {
        variable.removeprefix(prefix).lower(): value
        for variable, value in os.environ.items()
        if variable.startswith(prefix) and value
    }


def _apply(settings: Settings, given: Mapping[str, object], where: str) -> Settings:
    kinds = {option.name: option.type for option in fields(Settings)}
    for name, value in given.items():
        if name not in kinds:
            near = difflib.get_close_matches(name, kinds, n=1)
            raise SettingsError(
                f"{where} names {name!r}, which is not a setting.",
                hint=f"Did you mean {near[0]!r}?" if near else f"Settings: {', '.join(kinds)}.",
            )
        converted: dict[str, Any] = {name: _converted(name, value, where)}
        settings = replace(settings, **converted)
    return _checked(settings, where)


def _converted(name: str, value: object, where: str) -> object:
    kind = type(getattr(Settings(), name))
    try:
        if kind is bool:
            return _switch(value)
        if isinstance(value, str):
            typed = value.strip() if kind in (int, float) else value
            return Path(typed).expanduser().absolute() if issubclass(kind, Path) else kind(typed)
        if kind is float and type(value) in (int, float):
            return float(cast("float", value))
        if kind is int and type(value) is int:
            return value
    except (KeyError, ValueError, RuntimeError):  # no switch, no number, or no such user's home
        pass
    raise SettingsError(f"{where} sets {name} to {value!r}, which is not {_KINDS[kind]}.")


def _switch(value: object) -> bool:
    """A switch of a file, or a word of the environment, as true or false.

    >>> _switch("1"), _switch("No"), _switch(True)
    (True, False, True)
    """
    return value if isinstance(value, bool) else _SWITCHES[str(value).strip().lower()]


_SWITCHES = dict.fromkeys(("1", "true", "yes", "on"), True) | dict.fromkeys(
    ("0", "false", "no", "off"), False
)

_KINDS: dict[type, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "text",
    type(Path()): "a folder",
}

_BOUNDS: dict[str, tuple[float, float]] = {
    "threads": (0, 1024),
    "context": (512, 1_048_576),
    "gpu_layers": (-1, 10_000),
    "chunk_size": (200, 20_000),
    "passages": (1, 100),
    "evidence_tokens": (50, 100_000),
    "caution": (0, 1),
}


def _checked(settings: Settings, where: str) -> Settings:
    for name, (low, high) in _BOUNDS.items():
        value = getattr(settings, name)
        if not low <= value <= high:
            raise SettingsError(f"{where} sets {name} to {value}, which is not in {low} to {high}.")
    return settings

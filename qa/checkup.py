"""Examine what answers: the models' files, llama.cpp and the kept conversations."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from index import embedder
from index.ending import ending
from index.errors import ModelError, SessionsError
from index.finding import Finding, fine, problem, warning
from qa.endpoint_address import is_endpoint
from qa.model_files import KNOWN, KnownModel, locate, models_folder
from qa.pull import digest
from qa.sessions import SessionStore
from qa.settings import Settings

_PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from qa.llama import report; report()"
_PATIENCE = 120
"""Seconds that llama.cpp may take to say what it is."""


def check_answering(settings: Settings) -> Iterator[Finding]:
    """Everything that answering needs besides the index."""
    yield check_model(settings)
    for model in KNOWN:
        yield from check_model_file(model, settings)
    yield check_embedder(settings)
    yield from check_llama(settings)
    yield check_conversations(settings)


def check_model(settings: Settings) -> Finding:
    """Whether there is a model to answer with."""
    if is_endpoint(settings.model):
        return fine("model", f"Questions go to {settings.model}, which was not asked.")
    try:
        chosen = locate(settings)
        with chosen.path.open("rb") as file:
            whole = file.read(4) == b"GGUF"
    except (ModelError, OSError) as error:
        hint = getattr(error, "hint", "") or "See `lectern models list`."
        return problem("model", str(error), hint)
    if not whole:
        remedy = f"Run `lectern models pull {chosen.name}`, or use another model."
        return problem("model", f"{chosen.path} is not a GGUF file.", remedy)
    return fine("model", f"Questions are answered with {chosen.name}.")


def check_model_file(model: KnownModel, settings: Settings) -> Iterator[Finding]:
    """Whether a known model's file is the published one, and whether a fetch was broken off."""
    path, subject = models_folder(settings) / model.file, "model files"
    again = f"Run `lectern models pull {model.name}`."
    try:
        if path.is_file():
            if digest(path) == model.sha256:
                yield fine(subject, f"{model.name} is the published file.")
            else:
                yield problem(subject, f"{path} is damaged: its SHA-256 is another.", again)
    except OSError as error:
        yield problem(subject, f"{path} could not be read: {error.strerror}.", again)
    part = path.with_name(f"{path.name}.part")
    if part.is_file():
        there = f"{part.stat().st_size / 1e6:,.0f} of {model.size / 1e6:,.0f} MB"
        yield warning(subject, f"{model.name} was fetched by halves: {there}.", again)


def check_embedder(settings: Settings) -> Finding:
    """Whether the embedding model's files are there and the published ones."""
    try:
        embedder.check_files(settings.embedder)
    except ModelError as error:
        return problem("embedder", str(error), error.hint)
    return fine("embedder", f"{settings.embedder} is there.")


def check_llama(settings: Settings) -> Iterator[Finding]:
    """What llama.cpp was built to use, beside what this machine has."""
    subject = "llama.cpp"
    again = "Install llama-cpp-python again; see README.md."
    # In a process of its own: one built for another processor ends with the first instruction
    # that this one lacks.
    command = [sys.executable, "-c", _PROGRAM, *sys.path]
    try:
        ended = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        yield problem(subject, f"It said nothing for {_PATIENCE} seconds.", again)
        return
    if ended.returncode:
        yield problem(subject, f"It cannot be loaded: {_why(ended)}", again)
        return
    build = json.loads(ended.stdout)
    features, cores = build["features"], build["cores"]
    yield fine(subject, f"Version {build['version']}, built for {', '.join(features)}.")
    if lacking := sorted(_processor() - {feature.upper() for feature in features}):
        message = f"It was built without {' and '.join(lacking)}, which this processor has."
        yield warning(subject, f"{message} Answers take several times as long.", again)
    if settings.threads > cores:
        message = f"`threads` is {settings.threads}, but {cores} cores may be used."
        yield warning("threads", message, "Leave `threads` unset for every core.")
    else:
        yield fine("threads", f"The model answers with {settings.threads or cores}.")


def check_conversations(settings: Settings) -> Finding:
    """Whether the kept conversations can be gone on with."""
    subject = "conversations"
    try:
        kept = SessionStore(settings.home, origin="ask").sessions()
    except SessionsError as error:
        return warning(subject, str(error), error.hint)
    return fine(subject, "1 is kept." if len(kept) == 1 else f"{len(kept):,} are kept.")


def _why(ended: subprocess.CompletedProcess[bytes]) -> str:
    if ended.returncode < 0:
        return f"the process that tries ends with {ending(ended.returncode)}."
    return ended.stderr.decode(errors="replace").strip().rpartition("\n")[2]


def _processor() -> set[str]:
    """Of the two instruction sets that make most of the difference, those this processor has."""
    try:
        lines = Path("/proc/cpuinfo").read_text("ascii", "replace").splitlines()
    except OSError:
        return set()
    flags = next((line.split() for line in lines if line.startswith("flags")), [])
    return {name.upper() for name in ("avx2", "fma") if name in flags}

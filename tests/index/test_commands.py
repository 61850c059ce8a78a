"""`lectern index` and `lectern sources`, as scripts see them."""

import argparse
import json
import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from index import starter
from index.errors import IndexLocked, NoIndex, SettingsError
from index.lock import writing
from index.places import Places
from index.starter import starter_documents, starter_shelved
from qa.commands import index, sources
from qa.settings import Settings
from tests.hashing_embedder import HashingEmbedder

Run = Callable[..., tuple[str, str]]


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command's stdout and stderr."""
    monkeypatch.setattr("index.embedder.Embedder", lambda name, home: HashingEmbedder(name=name))

    def run(command: ModuleType, *words: str) -> tuple[str, str]:
        parser = argparse.ArgumentParser()
        command.configure(parser)
        assert command.run(parser.parse_args(words), Settings(home=home)) == 0
        captured = capsys.readouterr()
        return captured.out, captured.err

    return run


def test_index_json_is_the_contract_s_object(run: Run, folder: Path) -> None:
    (folder / "empty.txt").touch()
    out, err = run(index, str(folder), "--json")
    report = json.loads(out)
    assert [*report] == [
        *("added", "changed", "unchanged", "removed", "documents", "skipped", "seconds")
    ]
    assert (report["added"], report["removed"], err) == (3, 0, "")
    assert report["documents"][0] == {
        "document": "ants.txt",
        "characters": 38,
        "chunks": 1,
        "pages": None,
    }
    assert report["skipped"] == [{"path": str(folder / "empty.txt"), "reason": "empty"}]


def test_no_wait_gives_up_and_says_who_works(run: Run, folder: Path, home: Path) -> None:
    with (
        writing(Places(home), lambda _: None),
        pytest.raises(IndexLocked, match=rf"process \({os.getpid()}\) is writing") as failure,
    ):
        run(index, str(folder), "--no-wait")
    assert "--no-wait" in failure.value.hint
    assert json.loads(run(index, str(folder), "--no-wait", "--json")[0])["added"] == 3


def test_an_empty_path_is_not_the_working_folder(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run(index, "")
    assert "a path is empty" in capsys.readouterr().err


def test_index_reports_to_people(run: Run, folder: Path) -> None:
    (folder / "evil\x1b[2J.txt").touch()
    out, _ = run(index, str(folder))
    assert out.startswith("3 documents, 3 passages: 3 added, 0 changed, 0 unchanged, 0 removed (")
    assert "evil\ufffd[2J.txt: empty" in out
    out, _ = run(index)
    assert "0 added, 0 changed, 3 unchanged" in out


@pytest.mark.skipif(os.name == "nt", reason="there, a file's name is text")
def test_names_in_no_known_encoding_hinder_nothing(run: Run, home: Path, tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    folder.mkdir()
    (folder / os.fsdecode(b"th\xe9.txt")).write_text("Bees dance.\n", "utf-8")
    for name in (b"th\xe9.jpg", b"evil\xc2\x9b2J.jpg"):
        (folder / os.fsdecode(name)).touch()
    for added in (1, 0):
        out, _ = run(index, str(folder), "--json")
        out.encode()
        report = json.loads(out)
        assert (report["added"], len(report["documents"])) == (added, 1)
        assert {each["path"] for each in report["skipped"]} == {
            str(folder / os.fsdecode(name)) for name in (b"th\xe9.jpg", b"evil\xc2\x9b2J.jpg")
        }
    assert "\x9b" not in out
    assert json.loads(run(sources, "--json")[0])["sources"][0]["path"] == str(folder)
    run(sources)[0].encode()
    assert not starter_shelved(home), "nor the app's first look"
    run(sources, "remove", str(folder))
    assert run(sources)[0] == "No sources.\n"


def test_a_long_list_of_skipped_files_is_cut(run: Run, folder: Path) -> None:
    for number in range(30):
        (folder / f"{number}.jpg").touch()
    out, _ = run(index, str(folder))
    assert "and 10 more" in out
    assert run(sources)[0].count(".jpg:") == 30


def test_no_path_and_no_source_takes_the_starter_documents(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "starter_documents", lambda: folder)
    assert json.loads(run(index, "--json")[0])["added"] == 3


def test_rebuilding_nothing_takes_the_starter_documents(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "starter_documents", lambda: folder)
    assert json.loads(run(index, "--rebuild", "--json")[0])["added"] == 3


@pytest.mark.parametrize("damaged", [False, True])
def test_rebuilding_what_is_there_adds_nothing(
    run: Run, folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch, damaged: bool
) -> None:
    monkeypatch.setattr(index, "starter_documents", lambda: pytest.fail("there are sources"))
    run(index, str(folder))
    if damaged:
        Places(home).catalogue.write_bytes(b"no database")
    assert len(json.loads(run(index, "--rebuild", "--json")[0])["documents"]) == 3


def test_starter_documents_are_the_checkout_s_or_the_wheel_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert starter_documents().name == "seeds"
    monkeypatch.setattr(starter, "__file__", str(tmp_path / "index" / "starter.py"))
    with pytest.raises(SettingsError):
        starter_documents()
    (tmp_path / "index" / "_seeds").mkdir(parents=True)
    assert starter_documents() == tmp_path / "index" / "_seeds"


def test_a_change_of_embedder_is_told_on_stderr(
    run: Run, folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(index, str(folder))
    monkeypatch.setattr("index.embedder.Embedder", lambda name, home: HashingEmbedder(name="new"))
    out, err = run(index, "--json")
    assert json.loads(out)["unchanged"] == 3
    assert "built anew" in err


def test_sources_lists_and_removes(run: Run, folder: Path) -> None:
    with pytest.raises(NoIndex):
        run(sources)
    run(index, str(folder))
    (listed,) = json.loads(run(sources, "--json")[0])["sources"]
    assert (listed["path"], listed["documents"], listed["skipped"]) == (str(folder), 3, [])
    assert "3 documents, 3 passages" in run(sources)[0]
    outcome = json.loads(run(sources, "remove", str(folder), "--json")[0])
    assert outcome == {"removed": str(folder), "documents": 3}
    assert run(sources)[0] == "No sources.\n"


def test_remove_needs_a_path(run: Run, folder: Path) -> None:
    run(index, str(folder))
    with pytest.raises(SettingsError, match="No source was named"):
        run(sources, "remove")

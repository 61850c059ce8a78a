"""Errors become words on stderr and an exit code; stdout stays clean."""

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from index.errors import Cancelled, LecternError, ModelDied, NoIndex, SettingsError, StoreError
from qa import cli
from qa.commands import search

pytestmark = pytest.mark.usefixtures("no_settings_from_outside")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings of the checkout."""
    monkeypatch.chdir(tmp_path)


def raising(error: BaseException) -> object:
    def run(*arguments: object) -> NoReturn:
        raise error

    return run


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KeyboardInterrupt(), 130),
        (Cancelled(), 130),
        (NoIndex(), 3),
        (SettingsError("Bad.", hint="Do this."), 2),
        (StoreError("Broken.", hint="Do this."), 1),
        (ModelDied("Dead."), 1),
        (LecternError("It is so."), 1),
    ],
)
def test_every_error_has_its_exit_code_and_its_words(
    error: BaseException,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(search, "run", raising(error))
    assert cli.main(["search", "light"]) == code
    out, err = capsys.readouterr()
    assert out == ""
    if isinstance(error, LecternError) and code != 130:
        assert err == "\n".join(filter(None, [str(error), error.hint])) + "\n"
    else:
        assert err.strip()


def test_what_a_terminal_would_obey_in_an_error_is_printed_harmless(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    error = SettingsError("x is not a source.", hint="Sources: /a\x1b[2J\x9b2J\udce9.")
    monkeypatch.setattr(search, "run", raising(error))
    cli.main(["search", "light"])
    assert capsys.readouterr().err == "x is not a source.\nSources: /a\ufffd[2J\ufffd2J\ufffd.\n"


def test_a_bug_is_not_dressed_up_as_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "run", raising(ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        cli.main(["search", "light"])


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OSError(28, "No space left on device"), "No space left on device."),
        (PermissionError(13, "Permission denied", "/x\x1b[2J"), "Permission denied (/x\ufffd[2J)."),
        (OSError("broken"), "broken."),
    ],
)
def test_what_the_system_refuses_is_one_line(
    error: OSError, says: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(search, "run", raising(error))
    assert cli.main(["search", "light"]) == 1
    assert capsys.readouterr() == ("", f"The system refuses: {says}\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
@pytest.mark.parametrize("times", [1, 100_000])
def test_an_output_that_is_full_is_one_line(times: int) -> None:
    with Path("/dev/full").open("w") as full:
        code, err = _searching("light" * times, full.fileno())
    assert (code, err) == (1, b"The system refuses: No space left on device.\n")


def test_a_command_s_own_exit_code_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "run", lambda *arguments: 4)
    assert cli.main(["search", "light"]) == 4


@pytest.mark.parametrize(
    "words",
    [
        ["serach", "light"],
        ["search"],
        ["search", "light", "-k", "0"],
        ["search", "light", "-k", "few"],
        ["search", "light", "--fast"],
        ["ask"],
        ["ask", "Who?", "Where?"],
        ["--fast"],
    ],
)
def test_wrong_usage_exits_with_2_and_says_what_is_right(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(words)
    assert caught.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("usage: lectern")


@pytest.mark.parametrize("words", [["search", "light"], ["ask", "Who?"], ["sources"]])
def test_without_an_index_the_way_to_one_is_shown(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(words) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert "lectern index" in err


@pytest.mark.parametrize("words", [["ask"], ["search"], ["why", "--expect", "a.md"]])
@pytest.mark.parametrize("question", ["", " \n"])
def test_an_empty_question_is_refused_before_anything_is_opened(
    words: list[str], question: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([*words, question]) == 2
    assert capsys.readouterr().err.startswith("The question is empty.\n")


def test_a_setting_that_is_none_exits_with_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LECTERN_MODLE", "x")
    assert cli.main(["search", "light"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Did you mean 'model'?" in err


def test_without_a_command_or_a_terminal_the_usage_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert cli.main([]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("usage: lectern")


@pytest.mark.parametrize("command", [*cli.COMMANDS])
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main([command, "--help"])
    assert caught.value.code == 0
    out, err = capsys.readouterr()
    assert out.startswith(f"usage: lectern {command}")
    assert err == ""


def test_a_command_of_two_words_is_told_from_the_one_it_begins_with(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for words, usage in ((["eval", "make"], "[PATH ...]"), (["eval"], "[SET|FILE.jsonl]")):
        with pytest.raises(SystemExit):
            cli.main([*words, "--help"])
        assert usage in capsys.readouterr().out


def test_the_version_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["--version"])
    assert caught.value.code == 0
    assert capsys.readouterr().out.count("\n") == 1


def test_a_reader_that_has_gone_is_no_reason_to_complain(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        assert _searching("light" * 100_000, writing) == (1, b"")
    finally:
        os.close(writing)


def _searching(written: str, stdout: int) -> tuple[int, bytes]:
    """The exit code and stderr of a search that writes this."""
    program = (
        "import sys, qa.cli, qa.commands.search as search\n"
        "search.run = lambda *_: sys.stdout.write(sys.stdin.read()) and 0\n"
        "sys.exit(qa.cli.main(['search', 'light']))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program],
        input=written.encode(),
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[1])},
        check=False,
        timeout=60,
    )
    return ended.returncode, ended.stderr

"""From a citation to its file, and to the clipboard."""

import shutil
from pathlib import Path

import pytest
from textual.widgets._toast import Toast

from tests.tui.fake_desk import FIRST, FakeAssistant, script
from tests.tui.pilots import AppPilot, ask, until
from tui.app import LecternApp
from tui.opener import Programs
from tui.services import Services
from tui.source_view import SourceView


def on_shelf(folder: Path) -> FakeAssistant:
    """An assistant whose documents are files."""
    fake = FakeAssistant()
    fake.folder = folder
    for name in ("history/skerry-light.md", "guides/visitors.pdf"):
        (folder / name).parent.mkdir()
        (folder / name).touch()
    return fake


def program(folder: Path, name: str, *, status: int = 0) -> str:
    """A program that notes what it was started with."""
    path = folder / name
    path.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$@" > {folder}/started.new\n'
        f"mv {folder}/started.new {folder}/started\nexit {status}\n"
    )
    path.chmod(0o700)
    return str(path)


def app_for(fake: FakeAssistant, programs: Programs) -> LecternApp:
    return LecternApp(Services(lambda: fake, programs=programs))


def told(pilot: AppPilot) -> str:
    """The message in the corner of the screen; empty while there is none."""
    return " ".join(str(toast.render()) for toast in pilot.app.screen.query(Toast))


async def opened_first(pilot: AppPilot) -> None:
    """Ask, and go from the question to the conversation, where letters are keys."""
    await ask(pilot)
    await until(pilot, lambda: pilot.app.query_one(SourceView).quote == FIRST)
    pilot.app.query_one("#conversation").focus()


async def test_the_file_of_the_open_citation_opens_at_its_line(tmp_path: Path) -> None:
    editor = program(tmp_path, "code")
    started = tmp_path / "started"
    async with app_for(on_shelf(tmp_path), Programs(editor)).run_test() as pilot:
        await opened_first(pilot)
        await pilot.press("o")
        await until(pilot, started.exists)
    file = tmp_path / "history" / "skerry-light.md"
    assert started.read_text().splitlines() == ["--goto", f"{file}:11"]


async def test_a_page_of_a_pdf_opens_in_the_viewer(tmp_path: Path) -> None:
    viewer = program(tmp_path, "zathura")
    started = tmp_path / "started"
    async with app_for(on_shelf(tmp_path), Programs("", viewer)).run_test() as pilot:
        await opened_first(pilot)
        await pilot.press("3", "o")
        await until(pilot, started.exists)
    file = tmp_path / "guides" / "visitors.pdf"
    assert started.read_text().splitlines() == ["-P", "4", str(file)]


async def test_a_file_that_is_gone_is_said_to_be_with_the_way_out() -> None:
    async with app_for(FakeAssistant(), Programs("code")).run_test(
        size=(140, 40), notifications=True
    ) as pilot:
        await opened_first(pilot)
        await pilot.press("o")
        await until(pilot, lambda: "is not there any more" in told(pilot))
        assert "run `lectern index`" in told(pilot)


async def test_a_program_that_is_not_installed_is_named(tmp_path: Path) -> None:
    programs = Programs("/nowhere/code")
    async with app_for(on_shelf(tmp_path), programs).run_test(
        size=(140, 40), notifications=True
    ) as pilot:
        await opened_first(pilot)
        await pilot.press("o")
        await until(pilot, lambda: "/nowhere/code could not show the file" in told(pilot))
        assert "Set EDITOR" in told(pilot)


async def test_a_program_that_fails_is_not_silent(tmp_path: Path) -> None:
    programs = Programs(program(tmp_path, "code", status=3))
    async with app_for(on_shelf(tmp_path), programs).run_test(
        size=(140, 40), notifications=True
    ) as pilot:
        await opened_first(pilot)
        await pilot.press("o")
        await until(pilot, lambda: "exit code 3" in told(pilot))


async def test_an_editor_for_the_terminal_needs_one(tmp_path: Path) -> None:
    # The test's own terminal is none.
    programs = Programs("vi")
    async with app_for(on_shelf(tmp_path), programs).run_test(
        size=(140, 40), notifications=True
    ) as pilot:
        await opened_first(pilot)
        await pilot.press("o")
        await until(pilot, lambda: "vi needs a terminal" in told(pilot))


async def test_in_a_browser_no_program_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LecternApp, "is_web", property(lambda _: True))
    programs = Programs(program(tmp_path, "code"))
    async with app_for(on_shelf(tmp_path), programs).run_test(notifications=True) as pilot:
        await opened_first(pilot)
        await pilot.press("o")
        await until(pilot, lambda: "In a browser no program is started" in told(pilot))
    assert not (tmp_path / "started").exists()


async def test_where_no_program_is_known_the_path_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shutil.which("vi") is None
    fake = on_shelf(tmp_path)
    async with app_for(fake, Programs()).run_test(notifications=True) as pilot:
        await opened_first(pilot)
        await pilot.press("o")
        await until(pilot, lambda: "No program is known that shows" in told(pilot))


async def test_y_copies_the_answer_and_c_the_quote_that_is_open() -> None:
    async with app_for(FakeAssistant(script()), Programs()).run_test() as pilot:
        await opened_first(pilot)
        await pilot.press("c")
        assert pilot.app.clipboard == (
            f"“{FIRST}” — Skerry Light: a history · history/skerry-light.md · line 11 · 1987-06-01"
        )
        await pilot.press("y")
        assert pilot.app.clipboard.startswith("The lamp was first lit on 3 October 1854 [1].")

"""Adding to the shelf: a path is typed, completed, pasted, and checked before it is taken."""

import doctest
from pathlib import Path

import pytest
from textual import events
from textual.app import App
from textual.widgets import OptionList

import tui.path_completion
from tests.tui.pilots import AppPilot, shown, until
from tui.add_documents import AddDocuments
from tui.path_completion import completed, completions
from tui.path_input import PathInput


class Asking(App[None]):
    """An app that asks for a path, and remembers the answer."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[Path | None] = []

    def on_mount(self) -> None:
        self.push_screen(AddDocuments(), self.answers.append)


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder, which is the working folder too."""
    for folder in ("papers/old", "Pictures", ".config"):
        (tmp_path / folder).mkdir(parents=True)
    for file in ("papers/one.txt", "papers/onion.md", "letter.txt", "bad\x1bname.txt"):
        (tmp_path / file).write_text("text", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def offered(pilot: AppPilot) -> list[str]:
    options = pilot.app.screen.query_one(OptionList).options
    return [str(option.prompt) for option in options]


def typed(pilot: AppPilot) -> str:
    return pilot.app.screen.query_one(PathInput).value


async def test_tab_completes_as_far_as_it_goes_and_enter_takes_it(documents: Path) -> None:
    app = Asking()
    async with app.run_test() as pilot:
        await until(pilot, lambda: offered(pilot) == ["letter.txt", "papers/", "Pictures/"])
        await pilot.press("p", "a")
        await until(pilot, lambda: offered(pilot) == ["papers/"])
        await pilot.press("tab")
        await until(pilot, lambda: offered(pilot) == ["old/", "one.txt", "onion.md"])
        assert typed(pilot) == "papers/"
        await pilot.press("o", "n")
        await until(pilot, lambda: offered(pilot) == ["one.txt", "onion.md"])
        await pilot.press("tab")
        assert typed(pilot) == "papers/on"
        await pilot.press("e")
        await until(pilot, lambda: offered(pilot) == ["one.txt"])
        await pilot.press("right", "enter")
        await until(pilot, lambda: app.answers)
        assert app.answers == [documents / "papers" / "one.txt"]


async def test_a_tab_that_is_ahead_of_the_disk_completes_all_the_same(documents: Path) -> None:
    async with Asking().run_test() as pilot:
        await pilot.press(*"papers/one", "tab")
        await until(pilot, lambda: typed(pilot) == "papers/one.txt")


async def test_the_arrows_choose_and_enter_fills_in_before_it_takes(documents: Path) -> None:
    app = Asking()
    async with app.run_test() as pilot:
        await until(pilot, lambda: len(offered(pilot)) == 3)
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: offered(pilot) == ["old/", "one.txt", "onion.md"])
        assert app.answers == []
        await pilot.press("up", "tab")
        await until(pilot, lambda: typed(pilot) == "papers/onion.md")
        await pilot.press("enter")
        await until(pilot, lambda: app.answers == [documents / "papers" / "onion.md"])


async def test_a_click_fills_in(documents: Path) -> None:
    async with Asking().run_test() as pilot:
        await until(pilot, lambda: len(offered(pilot)) == 3)
        await pilot.click(OptionList, offset=(3, 2))  # below the border
        await until(pilot, lambda: typed(pilot) == "papers/")


async def test_the_home_folder_is_meant_by_its_sign(documents: Path) -> None:
    app = Asking()
    async with app.run_test(size=(160, 40)) as pilot:
        await pilot.press(*"~/pap", "enter")
        await until(pilot, lambda: "✖" in shown(pilot))
        assert f"{documents}/pap is not there." in shown(pilot)
        await pilot.press(*"ers")
        await until(pilot, lambda: "✖" not in shown(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: app.answers == [documents / "papers"])


async def test_escape_adds_nothing(documents: Path) -> None:
    app = Asking()
    async with app.run_test() as pilot:
        await pilot.press("enter", *"papers", "escape")
        await until(pilot, lambda: app.answers == [None])


async def test_a_dropped_file_loses_its_quotation_marks(documents: Path) -> None:
    async with Asking().run_test() as pilot:
        pilot.app.screen.query_one(PathInput).post_message(events.Paste("'/a b/\x1bc.txt' "))
        await until(pilot, lambda: typed(pilot) == "/a b/\ufffdc.txt")


def test_hidden_names_are_offered_to_who_types_their_dot(documents: Path) -> None:
    assert completions(".") == (".config/",)
    assert completions("~") == ("~/",)
    assert completions("~/pi") == ("~/Pictures/",)
    assert completions(f"{documents}/papers/on") == (
        f"{documents}/papers/one.txt",
        f"{documents}/papers/onion.md",
    )


@pytest.mark.parametrize("path", ["nowhere/", "letter.txt/", "~nobody-of-this-name/", "a\0b/"])
def test_what_is_no_folder_has_no_completions(documents: Path, path: str) -> None:
    assert completions(path) == ()


def test_names_that_differ_at_once_complete_to_nothing_more() -> None:
    assert completed("", ["a/", "b/"]) == ""
    assert completed("x", []) == "x"


def test_the_examples_hold() -> None:
    assert doctest.testmod(tui.path_completion).failed == 0

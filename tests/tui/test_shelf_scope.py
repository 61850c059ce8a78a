"""What is marked on the shelf limits questions, and the reading screen hears of its changes."""

from pathlib import Path

import pytest

from index.errors import NoIndex, StoreError
from index.scope import Scope
from tests.tui.fake_desk import FakeAssistant
from tests.tui.fake_shelf import LIGHTS, NOTES, SHELF, FakeKeeper
from tests.tui.pilots import ask, shown, until
from tests.tui.shelf_pilots import opened
from tui.app import LecternApp
from tui.services import Services


async def test_marked_sources_limit_the_next_question() -> None:
    assistant = FakeAssistant()
    async with opened(FakeKeeper(), assistant) as pilot:
        await pilot.press("space", "down", "down", "space")
        await until(pilot, lambda: "● /docs/notes" in shown(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: "in 2 of 3 sources · 12 documents" in shown(pilot))
        await ask(pilot)
        assert assistant.within == [Scope((LIGHTS, NOTES))]
        await pilot.press("f3", "e", "escape")
        await until(pilot, lambda: "in 2 of 3 sources" not in shown(pilot))
        await ask(pilot, "Again?")
        assert assistant.within[-1] is None


async def test_single_documents_are_marked_in_their_list() -> None:
    assistant = FakeAssistant()
    async with opened(FakeKeeper(), assistant) as pilot:
        await pilot.press("tab", "tab", "down", "space")
        await until(pilot, lambda: "◐ /docs/lights" in shown(pilot))
        assert "● guides/visitors.pdf" in shown(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: "in 1 of 5 documents" in shown(pilot))
        await ask(pilot)
        assert assistant.within == [Scope((), ((LIGHTS, "guides/visitors.pdf"),))]


async def test_a_document_taken_out_of_a_marked_source_leaves_the_others_marked() -> None:
    assistant = FakeAssistant()
    async with opened(FakeKeeper(), assistant) as pilot:
        await pilot.press("space", "tab", "tab", "space")
        await until(pilot, lambda: "◐ /docs/lights" in shown(pilot))
        assert "● almanac.md" not in shown(pilot)
        assert "● guides/visitors.pdf" in shown(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: "in 2 of 5 documents" in shown(pilot))


async def test_marks_that_hold_nothing_are_said_to() -> None:
    async with opened(FakeKeeper()) as pilot:
        await pilot.press("down", "space", "escape")
        await until(pilot, lambda: "in 1 of 3 sources, which hold nothing" in shown(pilot))


async def test_marks_go_with_what_they_mark_and_that_is_told() -> None:
    keeper = FakeKeeper()
    keeper.after = SHELF[1:]
    async with opened(keeper) as pilot:
        await pilot.press("space", "u")
        await until(pilot, lambda: "What was marked has left the shelf" in shown(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: "on your shelf" in shown(pilot))
        assert "in 1 of" not in shown(pilot)


async def test_a_shelf_that_cannot_be_read_for_once_keeps_its_marks() -> None:
    keeper, assistant = FakeKeeper(), FakeAssistant()
    async with opened(keeper, assistant) as pilot:
        await pilot.press("space", "escape")
        keeper.broken = StoreError("The catalogue is locked.")
        await pilot.press("f3")
        await until(pilot, lambda: "The catalogue is locked." in shown(pilot))
        await pilot.press("escape")
        await ask(pilot)
        assert assistant.within == [Scope((LIGHTS,))]


# The reading screen hears of it


async def test_a_first_document_opens_the_desk_that_could_not_be_opened() -> None:
    keeper = FakeKeeper(())
    keeper.after = SHELF

    def open_assistant() -> FakeAssistant:
        if not keeper.shelf:
            raise NoIndex
        return FakeAssistant()

    app = LecternApp(Services(open_assistant, shelf_keeper=keeper))
    async with app.run_test(size=(140, 40)) as pilot:
        await until(pilot, lambda: "Nothing has been indexed yet." in shown(pilot))
        app.action_add_documents()
        await until(pilot, lambda: "Add to the shelf" in shown(pilot))
        await pilot.press(*str(Path(__file__).parent), "enter")
        await until(pilot, lambda: "✓ Adding" in shown(pilot))
        assert keeper.done == [("add", Path(__file__).parent)]
        await pilot.press("escape")
        await until(pilot, lambda: "12 documents are on your shelf" in shown(pilot))


async def test_the_bar_counts_the_documents_anew_after_a_change() -> None:
    assistant = FakeAssistant()
    async with opened(FakeKeeper(), assistant) as pilot:
        assistant.documents_by_now = 40
        await pilot.press("u")
        await until(pilot, lambda: "✓ Updating" in shown(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: "40 documents · qwen" in shown(pilot))


@pytest.mark.parametrize(
    "entry",
    ["The shelf", "Add documents", "Update", "Unmark all", "Filter", "Rebuild"],
)
async def test_the_command_palette_offers(entry: str) -> None:
    async with opened(FakeKeeper()) as pilot:
        await pilot.press("space")
        offered = {command.title for command in pilot.app.get_system_commands(pilot.app.screen)}
        assert entry in offered

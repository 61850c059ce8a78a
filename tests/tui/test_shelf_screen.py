"""The shelf: what is shown of it, and every key that does something to it."""

import threading
from pathlib import Path

import pytest

from index.errors import Cancelled, ProcessDied, StoreError
from qa.upkeep_events import Kept, Noticed, Step, Watching
from tests.tui.fake_shelf import (
    KEPT,
    LIGHTS,
    SHELF,
    FakeKeeper,
    FakeWork,
    document,
    holding,
)
from tests.tui.pilots import AppPilot, shown, until
from tests.tui.shelf_pilots import opened
from tui.confirm import Confirm
from tui.ledger import Ledger


def line_with(pilot: AppPilot, text: str) -> str:
    return next(line for line in shown(pilot).splitlines() if text in line)


# What is shown


async def test_sources_documents_and_skipped_files_are_listed_with_their_counts() -> None:
    async with opened(FakeKeeper()) as pilot:
        assert "3 sources · 5 documents · 15 passages" in shown(pilot)
        assert "3 documents · 6 passages · 2 skipped" in shown(pilot)
        row = line_with(pilot, "guides/visitors.pdf").split("guides/visitors.pdf")[1]
        assert row.split()[:3] == ["2,000", "2", "12"]
        assert "1987-06-01" in line_with(pilot, "almanac.md")
        assert "permission denied" in line_with(pilot, "locked.pdf")
        assert "Skipped · 2" in shown(pilot)


async def test_the_chosen_source_s_documents_stand_beside_it() -> None:
    async with opened(FakeKeeper()) as pilot:
        await pilot.press("down", "down")
        await until(pilot, lambda: "monday.txt" in shown(pilot))
        assert "almanac.md" not in shown(pilot)
        assert "Skipped" not in shown(pilot)


async def test_the_filter_narrows_by_name_and_title_and_escape_ends_it() -> None:
    async with opened(FakeKeeper()) as pilot:
        await pilot.press("slash", *"TITLE 2")
        await until(pilot, lambda: "Documents · 1 of 3" in shown(pilot))
        assert "guides/visitors.pdf" in shown(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: "Documents · 3" in shown(pilot))
        await pilot.press("slash", *"skerry", "enter")
        await until(pilot, lambda: pilot.app.screen.query_one("#shelf-documents").has_focus)
        assert "almanac.md" not in shown(pilot)


async def test_escape_goes_back_to_the_question() -> None:
    async with opened(FakeKeeper()) as pilot:
        await pilot.press("escape")
        await until(pilot, lambda: "on your shelf" in shown(pilot))
        await pilot.press("f3")
        await until(pilot, lambda: "Documents · 3" in shown(pilot))


async def test_an_empty_shelf_says_how_to_fill_it() -> None:
    async with opened(FakeKeeper(())) as pilot:
        await until(pilot, lambda: "The shelf is empty." in shown(pilot))
        assert "Press a to add a folder or a file." in shown(pilot)
        await pilot.press("u", "r", "x", "w", "space", "c")
        await pilot.pause()
        assert "The shelf is empty." in shown(pilot)


async def test_a_shelf_that_cannot_be_read_says_why_and_may_be_rebuilt() -> None:
    keeper = FakeKeeper(())
    keeper.broken = StoreError("The catalogue is damaged.", hint="Run `lectern index --rebuild`.")
    async with opened(keeper) as pilot:
        await until(pilot, lambda: "✖ The catalogue is damaged." in shown(pilot))
        assert "lectern index --rebuild" in shown(pilot)
        keeper.broken, keeper.after = None, SHELF
        await pilot.press("r")
        await until(pilot, lambda: "Documents · 3" in shown(pilot))
        assert keeper.done == [("rebuild", None)]


async def test_without_a_keeper_the_screen_says_so() -> None:
    async with opened(None) as pilot:
        await until(pilot, lambda: "cannot be looked after here" in shown(pilot))
        await pilot.press("a", "w", "escape")
        await until(pilot, lambda: "on your shelf" in shown(pilot))


async def test_names_are_shown_as_they_are_and_obeyed_by_nobody() -> None:
    path = Path("/docs/[bold]x[/]\x1b[31m")
    shelf = holding(path, document(1, path, "[red]a[/red]\n\u202eb.md"))
    async with opened(FakeKeeper((shelf,))) as pilot:
        await until(pilot, lambda: "[red]a[/red] \ufffdb.md" in shown(pilot))
        assert "/docs/[bold]x[/]\ufffd[31m" in shown(pilot)
        assert "\x1b" not in shown(pilot)
        await pilot.press("x")
        await until(pilot, lambda: "Take /docs/[bold]x[/]\ufffd[31m off the shelf?" in shown(pilot))


async def test_a_hundred_thousand_documents_are_shown_at_once() -> None:
    documents = (document(n, LIGHTS, f"{n:06}.txt") for n in range(100_000))
    async with opened(FakeKeeper((holding(LIGHTS, *documents),))) as pilot:
        await until(pilot, lambda: "Documents · 100,000" in shown(pilot))
        await pilot.press("tab", "tab", "end")
        await until(pilot, lambda: "099999.txt" in shown(pilot))
        await pilot.press("pageup", "up", "home")
        await until(pilot, lambda: "000000.txt" in shown(pilot))


async def test_a_click_chooses_a_document() -> None:
    async with opened(FakeKeeper()) as pilot:
        ledger = pilot.app.screen.query_one("#shelf-documents", Ledger)
        await pilot.click(ledger, offset=(10, 4))
        assert ledger.current is SHELF[0].documents[2]
        await pilot.click(ledger, offset=(10, 1))
        assert ledger.current is SHELF[0].documents[2]


# What is done


async def test_update_shows_how_far_it_has_come_and_what_came_of_it() -> None:
    step, seen = Step("indexing", 3, 12, "sub/moths\x1b.md"), threading.Event()
    keeper = FakeKeeper(SHELF, (step, Step("embedding", 64, 300, ""), seen, KEPT))
    async with opened(keeper) as pilot:
        await pilot.press("u")
        await until(pilot, lambda: "Embedding passages 64 of 300" in shown(pilot))
        assert "… Updating" in shown(pilot)
        assert "25%" in shown(pilot)
        seen.set()
        report = "✓ Updating: 2 added, 1 changed, 3 unchanged, 0 removed, 1 skipped (3.2 s)."
        await until(pilot, lambda: report in shown(pilot))
        assert "25%" not in shown(pilot)
        assert keeper.works[0].closed


async def test_c_gives_it_up_and_what_is_done_is_kept() -> None:
    keeper = FakeKeeper(SHELF, (Step("indexing", 1, 2, "a.txt"), threading.Event()))
    async with opened(keeper) as pilot:
        await pilot.press("u")
        await until(pilot, lambda: "Indexing 1 of 2  a.txt" in shown(pilot))
        await pilot.press("c")
        await until(pilot, lambda: "■ Updating: cancelled. What is done is kept" in shown(pilot))
        await pilot.press("u")
        await until(pilot, lambda: "✓ Updating" in shown(pilot))


async def test_giving_up_is_seen_at_once_though_it_takes_its_time() -> None:
    class Slow(FakeKeeper):
        def update(self) -> FakeWork:
            work = super().update()
            work.cancel = lambda: setattr(work, "cancelled", True)  # type: ignore[method-assign]
            return work

    over = threading.Event()
    async with opened(Slow(SHELF, (Step("indexing", 1, 2, "a.txt"), over, Cancelled()))) as pilot:
        await pilot.press("u")
        await until(pilot, lambda: "Indexing 1 of 2  a.txt" in shown(pilot))
        await pilot.press("c")
        await until(pilot, lambda: "… Updating: ending what is in hand" in shown(pilot))
        over.set()
        await until(pilot, lambda: "■ Updating: cancelled." in shown(pilot))


async def test_one_thing_is_done_at_a_time() -> None:
    keeper = FakeKeeper(SHELF, (threading.Event(),))
    async with opened(keeper) as pilot:
        await pilot.press("u")
        await until(pilot, lambda: "… Updating" in shown(pilot))
        await pilot.press("u", "r", "x", "a")
        await pilot.pause()
        assert keeper.done == [("update", None)]
        assert "… Updating" in shown(pilot)


async def test_another_writer_is_named_while_it_is_waited_for() -> None:
    notice = "Another process (4711) is writing the index; waiting for it to end."
    keeper = FakeKeeper(SHELF, (Noticed(notice), threading.Event()))
    async with opened(keeper) as pilot:
        await pilot.press("r")
        await until(pilot, lambda: f"… Rebuilding — {notice}" in shown(pilot))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (StoreError("The disk is full.", hint="Make room."), "The disk is full. Make room."),
        (ProcessDied("SIGKILL"), "ended while it worked (SIGKILL). Try again."),
    ],
)
async def test_an_error_is_said_with_the_way_out(error: Exception, said: str) -> None:
    async with opened(FakeKeeper(SHELF, (error,)), size=(200, 40)) as pilot:
        await pilot.press("u")
        await until(pilot, lambda: "✖ Updating: " in shown(pilot))
        assert said in shown(pilot)


async def test_a_source_is_removed_after_a_yes_and_only_then() -> None:
    keeper = FakeKeeper()
    keeper.after = SHELF[1:]
    async with opened(keeper) as pilot:
        for no in ("n", "escape", "enter"):
            await pilot.press("x")
            await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
            assert "Take /docs/lights off the shelf?" in shown(pilot)
            assert "vectors of 3 documents are deleted" in shown(pilot)
            await pilot.press(no)
            await until(pilot, lambda: "Lectern · The shelf" in shown(pilot))
        assert keeper.done == []
        await pilot.press("x")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.press("y")
        await until(pilot, lambda: "3 documents left the shelf" in shown(pilot))
        await until(pilot, lambda: "2 sources · 2 documents" in shown(pilot))
        assert keeper.done == [("remove", LIGHTS)]


async def test_what_ends_while_the_screen_is_closed_is_told() -> None:
    going = threading.Event()
    async with opened(FakeKeeper(SHELF, (going, KEPT))) as pilot:
        await pilot.press("u")
        await until(pilot, lambda: "… Updating" in shown(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: "on your shelf" in shown(pilot))
        going.set()
        await until(pilot, lambda: "✓ Updating: 2 added" in shown(pilot))


async def test_leaving_the_app_gives_up_what_is_being_done() -> None:
    keeper = FakeKeeper(SHELF, (threading.Event(),))
    async with opened(keeper) as pilot:
        await pilot.press("u")
        await until(pilot, lambda: keeper.works)
        await pilot.press("ctrl+q")
    assert keeper.works[0].cancelled
    assert keeper.works[0].closed


# The watch


async def test_the_watch_is_seen_to_stand_to_take_things_in_and_to_end() -> None:
    changed, seen = threading.Event(), threading.Event()
    keeper = FakeKeeper()
    step = Step("indexing", 0, 1, "new.txt")
    keeper.watched = (step, seen, Watching(), changed, Kept(1, 0, 5, 0, 0, 0, 0.4))
    keeper.watched = (*keeper.watched, threading.Event())
    async with opened(keeper) as pilot:
        await pilot.press("w")
        await until(pilot, lambda: "◌ watch: 0 of 1 files" in shown(pilot))
        seen.set()
        await until(pilot, lambda: "◉ watching" in shown(pilot))
        changed.set()
        await until(pilot, lambda: "✓ Watching: 1 added" in shown(pilot))
        await pilot.press("w")
        await until(pilot, lambda: "◉ watching" not in shown(pilot))
        await until(pilot, lambda: keeper.works[0].closed)


async def test_the_watch_makes_room_for_other_work_and_goes_on_after_it() -> None:
    going = threading.Event()
    keeper = FakeKeeper(SHELF, (going, KEPT))
    async with opened(keeper) as pilot:
        await pilot.press("w")
        await until(pilot, lambda: "◉ watching" in shown(pilot))
        await pilot.press("u")
        await until(pilot, lambda: keeper.done == [("watch", None), ("update", None)])
        assert keeper.works[0].cancelled
        assert "◌ watch: goes on afterwards" in shown(pilot)
        going.set()
        await until(pilot, lambda: "◉ watching" in shown(pilot))
        assert [name for name, _ in keeper.done] == ["watch", "update", "watch"]
        assert "✓ Updating" in shown(pilot)


async def test_a_watch_that_fails_is_off_and_says_why() -> None:
    keeper = FakeKeeper()
    keeper.watched = (Noticed("The disk is full."), StoreError("No more folders."))
    async with opened(keeper) as pilot:
        await pilot.press("w")
        await until(pilot, lambda: "✖ Watching: No more folders." in shown(pilot))
        assert "◌ watch" not in shown(pilot)

"""Drafting a set on the evaluation screen, and the page of a run."""

import threading
from pathlib import Path

from textual.widgets import Input

from index.errors import SettingsError
from qa.drafting import DraftOrder
from tests.tui.fake_evaluations import MADE, FakeEvaluations
from tests.tui.pilots import AppPilot, shown, until
from tests.tui.test_evaluation import app_with, entered, finished, in_records
from tui.evaluation.draft_order import DraftOrderForm
from tui.evaluation.review import ReviewScreen

SIZE = (140, 40)


async def ordering(pilot: AppPilot) -> None:
    await entered(pilot)
    await pilot.press("g")
    await until(pilot, lambda: isinstance(pilot.app.screen, DraftOrderForm))


async def test_a_set_is_drafted_and_gone_through() -> None:
    fake = FakeEvaluations()
    async with app_with(fake).run_test(size=SIZE) as pilot:
        await ordering(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "2 drafts of the 20 that were wanted" in shown(pilot))
        assert fake.made == [DraftOrder(Path("drafts.jsonl"), 20)]
        text = shown(pilot)
        assert "When was the lamp first lit?  date" in text
        assert "What was painted in 1902, [red]really[/]?  another year" in text
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
        assert fake.reviewed == ["drafts.jsonl"]


async def test_the_order_is_what_the_fields_say() -> None:
    fake = FakeEvaluations()
    async with app_with(fake).run_test(size=SIZE) as pilot:
        await ordering(pilot)
        form = pilot.app.screen
        form.query_one("#draft-file", Input).value = "mine.json"
        await pilot.press("enter")
        await until(pilot, lambda: "whose name ends in .jsonl" in shown(pilot))
        form.query_one("#draft-file", Input).value = "mine.jsonl"
        form.query_one("#draft-count", Input).value = "0"
        await pilot.press("enter")
        await until(pilot, lambda: "at least 1" in shown(pilot))
        form.query_one("#draft-count", Input).value = "7"
        form.query_one("#draft-documents", Input).value = "/papers"
        await pilot.press("enter")
        await until(pilot, lambda: fake.made)
        assert fake.made == [DraftOrder(Path("mine.jsonl"), 7, Path("/papers"))]


async def test_stopping_keeps_what_is_made_and_says_so() -> None:
    fake = FakeEvaluations()
    fake.making = (*MADE[:2], threading.Event(), MADE[2])
    async with app_with(fake).run_test(size=SIZE) as pilot:
        await ordering(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "drafts.jsonl: draft 1 of 3" in shown(pilot))
        await pilot.press("escape", "enter")
        await until(pilot, lambda: "A run is under way: w watches it" in shown(pilot))
        await pilot.press("g")
        await pilot.press("w", "x")
        await until(pilot, lambda: "1 draft of the 20 that were wanted" in shown(pilot))
        assert len(fake.made) == 1
        assert fake.ordered == []


async def test_stopped_before_the_first_draft_it_says_so() -> None:
    fake = FakeEvaluations()
    fake.making = (MADE[0], threading.Event())
    async with app_with(fake).run_test(size=SIZE) as pilot:
        await ordering(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "Loading the model …" in shown(pilot))
        await pilot.press("x")
        await until(pilot, lambda: "✖ Cancelled." in shown(pilot))


async def test_what_cannot_be_drafted_says_why_and_nothing_made_is_no_empty_box() -> None:
    fake = FakeEvaluations()
    fake.error = SettingsError("drafts.jsonl is there already.", hint="Name another file.")
    async with app_with(fake).run_test(size=SIZE) as pilot:
        await ordering(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "✖ drafts.jsonl is there already.  Name" in shown(pilot))
        fake.error, fake.making = None, ()
        await pilot.press("escape", "g")
        await until(pilot, lambda: isinstance(pilot.app.screen, DraftOrderForm))
        await pilot.press("enter")
        await until(pilot, lambda: "No case came of these documents" in shown(pilot))


async def test_drafting_goes_on_while_the_person_is_elsewhere() -> None:
    made = threading.Event()
    fake = FakeEvaluations()
    fake.making = (*MADE, made)
    async with app_with(fake).run_test(size=SIZE, notifications=True) as pilot:
        await ordering(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "draft 2 of 3" in shown(pilot))
        await pilot.press("escape", "escape")
        made.set()
        await until(pilot, lambda: "The drafts are made." in shown(pilot))


async def test_escape_drafts_nothing() -> None:
    fake = FakeEvaluations()
    async with app_with(fake).run_test(size=SIZE) as pilot:
        await ordering(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: "Earlier evaluations" in shown(pilot))
        assert fake.made == []


async def test_the_page_of_a_run_is_written_now_or_later() -> None:
    fake = FakeEvaluations()
    async with app_with(fake).run_test(size=SIZE, notifications=True) as pilot:
        await entered(pilot)
        await pilot.press("h")
        assert fake.pages == []
        await finished(pilot)
        await pilot.press("h")
        await until(pilot, lambda: "Written to /home/ada/light-20261127" in shown(pilot))
        await pilot.press("escape")
        await in_records(pilot)
        await pilot.press("down", "enter")
        await until(pilot, lambda: "95% interval" in shown(pilot))
        fake.error = SettingsError("earlier.html could not be written.")
        await pilot.press("h")
        await until(pilot, lambda: "earlier.html could not be written." in shown(pilot))
        assert [path.stem for path in fake.pages] == ["light-20261127T154012Z", "earlier"]

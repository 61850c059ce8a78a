"""The evaluation screen: choosing, running, looking through, comparing."""

import threading
from pathlib import Path

import pytest
from textual.widgets import Checkbox, Input

from index.errors import ProcessDied, SettingsError
from qa.evaluated import Outcome
from qa.evaluating import Asked, Begun, Listing, Order
from tests.tui.fake_desk import FakeAssistant
from tests.tui.fake_evaluations import CASES, LISTING, FakeEvaluations, evaluated, run_of
from tests.tui.pilots import AppPilot, shown, until
from tui.app import LecternApp
from tui.evaluation.case_table import CaseTable
from tui.evaluation.filter_chip import FilterChip
from tui.evaluation.screen import EvaluationScreen
from tui.reading import ReadingScreen
from tui.services import Services


def app_with(evaluations: FakeEvaluations | None) -> LecternApp:
    opened = None if evaluations is None else lambda: evaluations
    return LecternApp(Services(FakeAssistant, open_evaluations=opened))


async def entered(pilot: AppPilot, *, seen: str = "126 cases") -> None:
    """Go to the evaluation screen and wait for its lists."""
    await pilot.press("f5")
    await until(pilot, lambda: isinstance(pilot.app.screen, EvaluationScreen))
    await until(pilot, lambda: seen in shown(pilot))


async def finished(pilot: AppPilot) -> None:
    await pilot.press("enter")
    await until(pilot, lambda: "Kept as" in shown(pilot))


async def test_the_sets_and_the_earlier_evaluations_are_listed() -> None:
    async with app_with(FakeEvaluations()).run_test(size=(160, 45)) as pilot:
        await entered(pilot)
        text = shown(pilot)
        assert "drafts.jsonl  20 cases, 12 of them drafts  /home/ada/papers" in text
        assert "broken.jsonl  ✖ line 3: no id." in text
        assert "light  2026-11-27 15:40 · 6 cases · accuracy 0.500 · qwen2.5-1.5b" in text
        assert "2 and 3 older" in text


async def test_without_evaluations_the_screen_says_so() -> None:
    async with app_with(None).run_test(size=(120, 40)) as pilot:
        await entered(pilot, seen="Evaluations are not to be had here.")
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "✖ Evaluations are not to be had here." in shown(pilot))


async def test_lists_that_are_still_being_looked_up_are_no_empty_boxes() -> None:
    found = threading.Event()

    class Slow(FakeEvaluations):
        def listing(self) -> Listing:
            found.wait(10)
            return super().listing()

    async with app_with(Slow()).run_test(size=(120, 40)) as pilot:
        await entered(pilot, seen="Looking for sets …")
        assert "Looking for them …" in shown(pilot)
        await pilot.press("enter", "d", "up", "down")
        found.set()
        await until(pilot, lambda: "126 cases" in shown(pilot))
        assert "Looking for" not in shown(pilot)


async def test_no_earlier_evaluation_is_no_empty_box() -> None:
    fake = FakeEvaluations(listing=Listing(LISTING.sets, ()))
    async with app_with(fake).run_test(size=(120, 40)) as pilot:
        await entered(pilot)
        assert "None yet: a run is kept here when it ends." in shown(pilot)


async def test_escape_goes_back_a_pane_and_then_to_the_conversation() -> None:
    async with app_with(FakeEvaluations()).run_test(size=(120, 40)) as pilot:
        await entered(pilot)
        await finished(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: "Earlier evaluations" in shown(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReadingScreen))


async def test_the_screen_is_in_the_command_palette() -> None:
    async with app_with(FakeEvaluations()).run_test(size=(120, 40)) as pilot:
        commands = {command.title for command in pilot.app.get_system_commands(pilot.app.screen)}
        assert "Evaluation" in commands


async def test_f5_comes_back_from_another_screen_and_from_the_drafts() -> None:
    async with app_with(FakeEvaluations()).run_test(size=(120, 40)) as pilot:
        await entered(pilot)
        await pilot.press("d")
        await until(pilot, lambda: not isinstance(pilot.app.screen, EvaluationScreen))
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(pilot.app.screen, EvaluationScreen))
        await pilot.press("f4")
        await until(pilot, lambda: not isinstance(pilot.app.screen, EvaluationScreen))
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(pilot.app.screen, EvaluationScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReadingScreen))


async def test_enter_runs_the_highlighted_set() -> None:
    fake = FakeEvaluations()
    async with app_with(fake).run_test(size=(120, 40)) as pilot:
        await entered(pilot)
        await pilot.press("down")
        await finished(pilot)
        assert fake.ordered == [Order("/home/ada/papers/drafts.jsonl")]


async def test_a_click_on_a_set_names_it_and_runs_nothing() -> None:
    fake = FakeEvaluations()
    async with app_with(fake).run_test(size=(120, 40)) as pilot:
        await entered(pilot)
        await pilot.click("#sets", offset=(4, 2))
        named = pilot.app.screen.query_one("#set", Input)
        await until(pilot, lambda: named.value == "/home/ada/papers/drafts.jsonl")
        assert fake.ordered == []


async def test_the_order_is_what_the_form_says() -> None:
    fake = FakeEvaluations()
    async with app_with(fake).run_test(size=(120, 40)) as pilot:
        await entered(pilot)
        await pilot.press("tab", *["ctrl+u"], *"my.jsonl", "tab", *"/papers", "tab", *"12")
        await pilot.press("tab", "space", "tab", "space", "ctrl+r")
        await until(pilot, lambda: fake.ordered)
        assert fake.ordered == [Order("my.jsonl", Path("/papers"), 12, True, True)]


async def test_a_tick_is_a_sign_and_no_colour() -> None:
    async with app_with(FakeEvaluations()).run_test(size=(120, 40)) as pilot:
        await entered(pilot)
        assert "✓" not in shown(pilot)
        pilot.app.screen.query(Checkbox).first().value = True
        await until(pilot, lambda: "✓" in shown(pilot))


async def test_an_order_without_a_set_is_not_run() -> None:
    fake = FakeEvaluations()
    async with app_with(fake).run_test(size=(120, 40)) as pilot:
        await entered(pilot)
        pilot.app.screen.query_one("#set", Input).value = " "
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "Name a set or a .jsonl file." in shown(pilot))
        assert fake.ordered == []


async def test_what_was_typed_is_not_written_over_when_the_lists_come_anew() -> None:
    async with app_with(FakeEvaluations()).run_test(size=(120, 40)) as pilot:
        await entered(pilot)
        await pilot.press("tab", "ctrl+u", *"own.jsonl", "escape", "f5")
        await entered(pilot)
        assert pilot.app.screen.query_one("#set", Input).value == "own.jsonl"


async def test_a_run_shows_how_it_stands_while_it_goes() -> None:
    first, fourth = threading.Event(), threading.Event()
    fake = FakeEvaluations(run_of(waits={1: first, 4: fourth}))
    async with app_with(fake).run_test(size=(160, 45)) as pilot:
        await entered(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "Embedding 3/37 …" in shown(pilot))
        first.set()
        await until(pilot, lambda: "3 of 6 · about 10 s left" in shown(pilot))
        text = shown(pilot)
        assert "accuracy 0.67 · wrong 0.33 · 1 refused" in text
        assert "✗ wrong" in text
        assert "○ refused rightly" in text
        assert "all 3" in text
        fourth.set()
        await until(pilot, lambda: "qwen2.5-1.5b · 6 of 6 cases" in shown(pilot))
        assert "accuracy 0.500 0.167 to 0.833 6" in " ".join(shown(pilot).split())


async def test_a_case_can_be_opened_while_the_run_goes_on_and_stays_open() -> None:
    third = threading.Event()
    fake = FakeEvaluations(run_of(waits={3: third}))
    async with app_with(fake).run_test(size=(160, 45)) as pilot:
        await entered(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "all 2" in shown(pilot))
        await pilot.press("down")
        await until(pilot, lambda: "light-002" in shown(pilot))
        third.set()
        await until(pilot, lambda: "Kept as" in shown(pilot))
        assert "light-002" in shown(pilot)
        await pilot.press("m")
        await until(pilot, lambda: "95% interval" in shown(pilot))


async def test_an_opened_case_shows_what_was_expected_and_what_it_rests_on() -> None:
    async with app_with(FakeEvaluations()).run_test(size=(160, 45)) as pilot:
        await entered(pilot)
        await finished(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "Its quotes" in shown(pilot))
        text = " ".join(shown(pilot).split())
        assert "expected 1854 | 3 October 1854" in text
        assert "confidence 0.80" in text
        assert "It was 3 October 1854 [1]." in text
        assert "Nearest passages" in text
        assert "accuracy 1" in text


async def test_a_failed_case_shows_why() -> None:
    async with app_with(FakeEvaluations()).run_test(size=(160, 45)) as pilot:
        await entered(pilot)
        await finished(pilot)
        await pilot.press(*["down"] * 4)
        await until(pilot, lambda: "ModelDied: The model's process ended." in shown(pilot))


async def test_what_documents_and_models_wrote_is_no_markup() -> None:
    hostile = CASES[0].__class__(
        **{name: getattr(CASES[0], name) for name in CASES[0].__slots__}
        | {"question": "[bold]Q[/] \x1b[31m", "answer": "[link=x]a[/link]", "id": "[u]"}
    )
    steps = [Begun(1, 1, hostile.question), Asked(hostile), evaluated([hostile])]
    async with app_with(FakeEvaluations(steps)).run_test(size=(160, 45)) as pilot:
        await entered(pilot)
        await finished(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "[link=x]a[/link]" in shown(pilot))
        assert shown(pilot).count("[bold]Q[/] �[31m") == 2


async def test_the_cases_are_filtered_by_what_came_of_them() -> None:
    async with app_with(FakeEvaluations()).run_test(size=(160, 45)) as pilot:
        await entered(pilot)
        await finished(pilot)
        table = pilot.app.screen.query_one("#run", expect_type=None).query_one(CaseTable)
        await pilot.press("f")
        assert (table.filter, table.row_count) == (Outcome.RIGHT, 2)
        await pilot.press("f")
        assert (table.filter, table.row_count) == (Outcome.REFUSED_RIGHTLY, 1)
        await pilot.press("F", "F")
        assert (table.filter, table.row_count) == (None, 6)
        chips = list(pilot.app.screen.query("#run FilterChip").results(FilterChip))
        wrong = next(chip for chip in chips if chip.outcome is Outcome.WRONG)
        await pilot.click(wrong)
        await until(pilot, lambda: table.row_count == 1)
        assert "How high does its tower stand?" in shown(pilot)


async def test_stopping_keeps_what_is_done() -> None:
    fake = FakeEvaluations(run_of(waits={3: threading.Event()}))
    async with app_with(fake).run_test(size=(160, 45)) as pilot:
        await entered(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "all 2" in shown(pilot))
        await pilot.press("x")
        await until(pilot, lambda: "2 of 6 cases" in shown(pilot))
        assert "Kept as" in shown(pilot)
        assert "Stop the run" not in shown(pilot)


async def test_stopped_before_the_first_case_it_says_so() -> None:
    fake = FakeEvaluations(run_of(waits={1: threading.Event()}))
    async with app_with(fake).run_test(size=(160, 45)) as pilot:
        await entered(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "Embedding" in shown(pilot))
        await pilot.press("x")
        await until(pilot, lambda: "✖ Cancelled." in shown(pilot))


async def test_a_run_goes_on_while_the_person_is_elsewhere() -> None:
    third = threading.Event()
    fake = FakeEvaluations(run_of(waits={3: third}))
    async with app_with(fake).run_test(size=(160, 45), notifications=True) as pilot:
        await entered(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "all 2" in shown(pilot))
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReadingScreen))
        third.set()
        await until(pilot, lambda: "The evaluation has ended." in shown(pilot))
        await entered(pilot)
        assert "Kept as" not in shown(pilot)


async def test_leaving_the_app_stops_the_run() -> None:
    fake = FakeEvaluations(run_of(waits={3: threading.Event()}))
    async with app_with(fake).run_test(size=(160, 45)) as pilot:
        await entered(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "all 2" in shown(pilot))
        (run,) = fake.begun
        await pilot.press("ctrl+q")
    assert run.stopped


async def test_only_one_run_at_a_time_and_w_watches_it() -> None:
    third = threading.Event()
    fake = FakeEvaluations(run_of(waits={3: third}))
    async with app_with(fake).run_test(size=(160, 45)) as pilot:
        await entered(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "all 2" in shown(pilot))
        await pilot.press("escape", "enter")
        await until(pilot, lambda: "A run is under way" in shown(pilot))
        assert "seeds: case 2 of 6" in shown(pilot)
        await pilot.press("w")
        await until(pilot, lambda: "all 2" in shown(pilot))
        third.set()
        assert len(fake.ordered) == 1


async def test_a_process_that_dies_leaves_the_figures_so_far_and_says_why() -> None:
    steps = [*run_of()[:3], evaluated(CASES[:1]), ProcessDied("SIGKILL")]
    async with app_with(FakeEvaluations(steps)).run_test(size=(160, 45)) as pilot:
        await entered(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "SIGKILL" in shown(pilot))
        assert "95% interval" in shown(pilot)
        assert "all 1" in shown(pilot)


async def test_an_order_that_cannot_be_carried_out_says_what_to_do() -> None:
    error = SettingsError("There is no folder.", hint="Name one.")
    async with app_with(FakeEvaluations([error])).run_test(size=(160, 45)) as pilot:
        await entered(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "✖ There is no folder.  Name one." in shown(pilot))


async def test_a_record_that_could_not_be_kept_is_not_said_to_be() -> None:
    steps = [*run_of()[:-1], evaluated(fault="The record could not be kept: no room.")]
    async with app_with(FakeEvaluations(steps)).run_test(size=(160, 45)) as pilot:
        await entered(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "could not be kept: no room." in shown(pilot))
        assert "Kept as" not in shown(pilot)


async def in_records(pilot: AppPilot) -> None:
    await entered(pilot)
    pilot.app.screen.query_one("#records").focus()
    await pilot.press("home")


async def test_an_earlier_evaluation_is_opened() -> None:
    fake = FakeEvaluations()
    async with app_with(fake).run_test(size=(160, 45)) as pilot:
        await in_records(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "95% interval" in shown(pilot))
        assert [path.stem for path in fake.opened] == ["light"]
        assert "all 6" in shown(pilot)


async def test_a_record_that_cannot_be_read_is_told_with_the_way_out() -> None:
    fake = FakeEvaluations()
    fake.error = SettingsError("light.json is not a record.", hint="Run it again.")
    async with app_with(fake).run_test(size=(160, 45)) as pilot:
        await in_records(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "✖ light.json is not a record." in shown(pilot))
        assert "Run it again." in shown(pilot)


async def test_two_records_are_compared_the_earlier_one_first() -> None:
    fake = FakeEvaluations()
    async with app_with(fake).run_test(size=(160, 45)) as pilot:
        await in_records(pilot)
        await pilot.press("c")
        await until(pilot, lambda: "◆ light" in shown(pilot))
        await pilot.press("down", "c")
        await until(pilot, lambda: "2 turned" in shown(pilot))
        assert [[path.stem for path in pair] for pair in fake.compared] == [["earlier", "light"]]
        text = shown(pilot)
        assert "accuracy   0.333  0.500      +0.167  -0.167 to +0.500" in text
        assert "p = 1" in text
        assert "In 1901 [2]." in text
        await pilot.press("down")
        await until(pilot, lambda: "How many steps" in shown(pilot).split("Case")[1])


async def test_a_record_marked_twice_is_marked_no_more() -> None:
    fake = FakeEvaluations()
    async with app_with(fake).run_test(size=(160, 45)) as pilot:
        await in_records(pilot)
        await pilot.press("c")
        await until(pilot, lambda: "◆" in shown(pilot))
        await pilot.press("c")
        await until(pilot, lambda: "◆" not in shown(pilot))
        assert fake.compared == []


@pytest.mark.parametrize("size", [(80, 24), (200, 50)], ids=["narrow", "wide"])
async def test_nothing_is_wider_than_the_screen(size: tuple[int, int]) -> None:
    async with app_with(FakeEvaluations()).run_test(size=size) as pilot:
        await entered(pilot)
        await finished(pilot)
        for widget in pilot.app.screen.query("#run *"):
            if widget.is_on_screen:
                assert widget.region.right <= size[0]

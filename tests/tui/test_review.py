"""Going through drafts: every key, and what becomes of a decision."""

from textual.widgets import OptionList, TextArea

from index.errors import CaseFileError
from tests.tui.fake_desk import FIRST, HEIGHT
from tests.tui.fake_evaluations import FakeEvaluations, FakeReview
from tests.tui.pilots import AppPilot, shown, until
from tests.tui.test_evaluation import app_with, entered
from tui.evaluation.review import ReviewScreen
from tui.evaluation.screen import EvaluationScreen
from tui.source_view import SourceView

SIZE = (160, 45)


async def reviewing(pilot: AppPilot) -> None:
    """Go to the drafts of the second set."""
    await entered(pilot)
    await pilot.press("down", "d")
    await until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
    await until(
        pilot, lambda: pilot.app.screen.query_one(SourceView).quote or "left" in shown(pilot)
    )


def left(pilot: AppPilot, number: int) -> bool:
    return f"{number} left to decide on" in shown(pilot)


async def test_a_draft_stands_beside_its_evidence_opened_at_the_words() -> None:
    fake = FakeEvaluations()
    async with app_with(fake).run_test(size=SIZE) as pilot:
        await reviewing(pilot)
        assert fake.reviewed == ["/home/ada/papers/drafts.jsonl"]
        source = pilot.app.screen.query_one(SourceView)
        await until(pilot, lambda: source.quote == FIRST)
        text = shown(pilot)
        assert "Drafts · drafts.jsonl" in text
        assert "right is  3 October 1854 | 1854" in text
        assert "It asks for a date." in text
        assert "Evidence 1 of 2" in text
        assert "The keepers kept three watches" in text
        await pilot.press("n")
        await until(pilot, lambda: source.quote == HEIGHT)
        await pilot.press("p")
        await until(pilot, lambda: source.quote == FIRST)


async def test_where_the_document_is_not_indexed_the_quote_is_shown_and_why_no_more() -> None:
    async with app_with(FakeEvaluations()).run_test(size=SIZE) as pilot:
        await reviewing(pilot)
        await pilot.press("s", "s")
        await until(pilot, lambda: "The document is in no index here" in shown(pilot))
        assert FIRST in shown(pilot)
        assert "right is  a refusal" in shown(pilot)
        assert "Nothing should answer it: another year." in shown(pilot)


async def test_accepting_goes_on_to_the_next_and_undo_comes_back() -> None:
    fake = FakeEvaluations()
    async with app_with(fake).run_test(size=SIZE) as pilot:
        await reviewing(pilot)
        await pilot.press("s", "a")
        await until(pilot, lambda: left(pilot, 2))
        assert "Accepted: it counts from now on." in shown(pilot)
        assert pilot.app.screen.query_one(OptionList).highlighted == 1
        await pilot.press("down", "up")
        await pilot.press("u")
        await until(pilot, lambda: left(pilot, 3))
        assert "Taken back." in shown(pilot)
        assert "How high is the tower, [red]really[/]?" in shown(pilot)
        assert fake.review_file.done == [("accept", "d2"), ("undo", "d2")]


async def test_undo_without_a_decision_says_so() -> None:
    async with app_with(FakeEvaluations()).run_test(size=SIZE) as pilot:
        await reviewing(pilot)
        await pilot.press("u")
        await until(pilot, lambda: "There is nothing to take back." in shown(pilot))


async def test_deleting_asks_once() -> None:
    fake = FakeEvaluations()
    async with app_with(fake).run_test(size=SIZE) as pilot:
        await reviewing(pilot)
        await pilot.press("d")
        await until(pilot, lambda: "d again deletes it" in shown(pilot))
        await pilot.press("n", "d")
        assert fake.review_file.done == []
        await pilot.press("d")
        await until(pilot, lambda: left(pilot, 2))
        assert fake.review_file.done == [("delete", "d1")]


async def test_another_draft_is_asked_about_anew() -> None:
    fake = FakeEvaluations()
    async with app_with(fake).run_test(size=SIZE) as pilot:
        await reviewing(pilot)
        await pilot.press("d", "s", "d")
        await until(pilot, lambda: "d again deletes it" in shown(pilot))
        assert fake.review_file.done == []


async def test_editing_changes_question_and_answers_and_keeps_it_a_draft() -> None:
    fake = FakeEvaluations()
    async with app_with(fake).run_test(size=SIZE) as pilot:
        await reviewing(pilot)
        await pilot.press(
            "e", "end", *" In 1854", "tab", "ctrl+end", "enter", *"in that year", "ctrl+s"
        )
        await until(pilot, lambda: "Changed; a accepts it" in shown(pilot))
        question = "When was the lamp first lit? In 1854"
        answers = ("3 October 1854", "1854", "in that year")
        assert fake.review_file.done == [("change", "d1", question, answers)]
        assert question in shown(pilot)
        assert left(pilot, 3)
        await pilot.press("a")
        await until(pilot, lambda: left(pilot, 2))


async def test_while_editing_the_letters_are_letters_and_escape_discards() -> None:
    fake = FakeEvaluations()
    async with app_with(fake).run_test(size=SIZE) as pilot:
        await reviewing(pilot)
        await pilot.press("e", *"aedsu")
        assert "lit?aedsu" in shown(pilot)
        await pilot.press("tab", "escape")
        await until(pilot, lambda: "It asks for a date." in shown(pilot))
        assert fake.review_file.done == []
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, EvaluationScreen))


async def test_enter_in_the_question_saves() -> None:
    fake = FakeEvaluations()
    async with app_with(fake).run_test(size=SIZE) as pilot:
        await reviewing(pilot)
        await pilot.press("e", *"!", "enter")
        await until(pilot, lambda: fake.review_file.done)
        assert fake.review_file.done[0][2] == "When was the lamp first lit?!"


async def test_a_decision_that_cannot_be_kept_is_told_and_the_words_stay_in_the_fields() -> None:
    fake = FakeEvaluations()
    fake.review_file.error = CaseFileError(
        "drafts.jsonl was changed meanwhile.", hint="Open it again."
    )
    async with app_with(fake).run_test(size=SIZE) as pilot:
        await reviewing(pilot)
        await pilot.press("e", *"!", "ctrl+s")
        await until(
            pilot, lambda: "✖ drafts.jsonl was changed meanwhile. Open it again." in shown(pilot)
        )
        assert pilot.app.screen.query_one(TextArea).is_on_screen
        assert left(pilot, 3)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: fake.review_file.done)


async def test_an_edit_begun_while_a_decision_is_written_is_of_the_next_and_stays_open() -> None:
    fake = FakeEvaluations()
    async with app_with(fake).run_test(size=SIZE) as pilot:
        await reviewing(pilot)
        fake.review_file.kept.clear()
        await pilot.press("a", "e", *"!?")
        fake.review_file.kept.set()
        await until(pilot, lambda: left(pilot, 2))
        await pilot.press(*"!", "ctrl+s")
        await until(pilot, lambda: len(fake.review_file.done) == 2)
        asked = "How high is the tower, [red]really[/]?!?!"
        assert fake.review_file.done == [("accept", "d1"), ("change", "d2", asked, ("43 metres",))]
        await until(pilot, lambda: not pilot.app.screen.query_one(TextArea).is_on_screen)


async def test_what_is_typed_while_a_change_is_written_is_not_lost() -> None:
    fake = FakeEvaluations()
    async with app_with(fake).run_test(size=SIZE) as pilot:
        await reviewing(pilot)
        fake.review_file.kept.clear()
        await pilot.press("e", *"!", "ctrl+s", *"!")
        fake.review_file.kept.set()
        await until(pilot, lambda: fake.review_file.done)
        await until(pilot, lambda: "Changed; a accepts it" in shown(pilot))
        assert "When was the lamp first lit?!!" in shown(pilot)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: len(fake.review_file.done) == 2)
        await until(pilot, lambda: not pilot.app.screen.query_one(TextArea).is_on_screen)
        assert [done[2] for done in fake.review_file.done] == [
            "When was the lamp first lit?!",
            "When was the lamp first lit?!!",
        ]


async def test_nothing_is_edited_where_the_last_draft_is_being_accepted() -> None:
    fake = FakeEvaluations()
    fake.review_file = FakeReview(fake.review_file.drafts[:1])
    async with app_with(fake).run_test(size=SIZE) as pilot:
        await reviewing(pilot)
        fake.review_file.kept.clear()
        await pilot.press("a", "e")
        assert not pilot.app.screen.query_one(TextArea).is_on_screen
        fake.review_file.kept.set()
        await until(pilot, lambda: "No drafts are left in this file." in shown(pilot))


async def test_evidence_that_comes_as_the_person_leaves_is_no_crash() -> None:
    async with app_with(FakeEvaluations()).run_test(size=(80, 24)) as pilot:
        await reviewing(pilot)
        source = pilot.app.screen.query_one(SourceView)
        await until(pilot, lambda: source.quote)
        await pilot.app.pop_screen()
        source._bring_into_view()  # as it is called where the painting was put off until now
        assert isinstance(pilot.app.screen, EvaluationScreen)


async def test_a_file_without_drafts_is_no_empty_screen() -> None:
    fake = FakeEvaluations()
    fake.review_file = FakeReview(())
    async with app_with(fake).run_test(size=SIZE) as pilot:
        await reviewing(pilot)
        assert "No drafts are left in this file." in shown(pilot)
        await pilot.press("a", "d", "d", "e", "s", "n")
        assert fake.review_file.done == []


async def test_the_last_decision_leaves_a_word_and_can_be_taken_back() -> None:
    fake = FakeEvaluations()
    fake.review_file = FakeReview(fake.review_file.drafts[:1])
    async with app_with(fake).run_test(size=SIZE) as pilot:
        await reviewing(pilot)
        await pilot.press("a")
        await until(pilot, lambda: "No drafts are left in this file." in shown(pilot))
        await pilot.press("u")
        await until(pilot, lambda: "When was the lamp first lit?" in shown(pilot))


async def test_a_set_that_cannot_be_read_is_told_on_the_screen_before() -> None:
    fake = FakeEvaluations()
    fake.error = CaseFileError("line 3: no id.", hint="A case is …")
    async with app_with(fake).run_test(size=SIZE) as pilot:
        await entered(pilot)
        await pilot.press("d")
        await until(pilot, lambda: "✖ line 3: no id." in shown(pilot))

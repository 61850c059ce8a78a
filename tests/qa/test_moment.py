"""A question tells when it is asked; documents of that time come first."""

from datetime import date

import pytest

from index.shelf import Shelf
from qa.answer import Finished, Turn
from qa.moment import FRESH, Period, moment_of
from qa.partial_date import dates_in
from qa.retrieve import retrieve
from tests.hashing_embedder import HashingEmbedder
from tests.qa.conftest import MakeAssistant, Shelve

DERBIES = {
    "old.md": "---\ndate: 2024-05-06\n---\nThe horse Quarry won the derby at Sandholm.\n",
    "new.md": "---\ndate: 2026-05-04\n---\nThe horse Pebble won the derby at Sandholm.\n",
    "undated.md": "The derby at Sandholm is won by the fastest horse, the derby's winner horse.\n",
}


@pytest.mark.parametrize(
    ("asked", "question", "day"),
    [
        ("As of 2026-05-05: Who won?", "Who won?", date(2026, 5, 5)),
        ("as of May 5, 2026, who won?", "who won?", date(2026, 5, 5)),
        ("As of 2026/05/05: Who won?", "Who won?", date(2026, 5, 5)),
        ("As of 2026-05-05 21:00: who won?", "who won?", date(2026, 5, 5)),
        ("As of 3 May 2026 in Rome, who leads?", "As of 3 May 2026 in Rome, who leads?", None),
        ("As of 2024, how many are there?", "As of 2024, how many are there?", None),
        ("As of today: who leads?", "As of today: who leads?", None),
        ("As of 2026-05-05:", "As of 2026-05-05:", None),
        ("Who won as of 2026-05-05?", "Who won as of 2026-05-05?", None),
    ],
)
def test_only_a_whole_date_in_front_is_when_a_question_is_asked(
    asked: str, question: str, day: date | None
) -> None:
    moment = moment_of(asked)
    assert (moment.question, moment.day) == (question, day)


@pytest.mark.parametrize(
    ("question", "now"),
    [
        ("Which horse won the derby this week?", True),
        ("What is the latest figure?", True),
        ("Which horse won the derby?", False),
        ("When was this weekly paper founded?", False),
        ("How does a latest common ancestor work?", False),
        ("Who came last weekend?", True),
    ],
)
def test_a_question_about_the_newest_says_so(question: str, now: bool) -> None:
    assert moment_of(question).now is now


@pytest.mark.parametrize(
    ("question", "reach"),
    [
        ("Which horse won the derby yesterday?", 14),
        ("Which horse won the derby this week?", 14),
        ("Which horse won the derby last month?", 62),
        ("Which horse has recently won the derby?", 366),
        ("Which saddles are used today?", None),
        ("Which horse won the latest derby?", None),
        ("Which horse won the derby?", None),
        ("Last week, which horse won?", 14),
        ("As of 2024-05-07: Last week, which horse won?", 14),
        ("Which won last month, and which yesterday?", 62),
        ("Which horse was most recently sold?", None),
        ("Who sang Yesterday, and who hosts Last Week Tonight?", None),
    ],
)
def test_words_for_the_newest_say_how_far_back_they_reach(question: str, reach: int | None) -> None:
    assert moment_of(question).reach == reach


def test_nearness_falls_with_the_days_either_way() -> None:
    near = Period(date(2026, 5, 5)).nearness
    assert near("2026-05-05") == 1
    assert near("2026-05-04") == near("2026-05-06")
    assert near("2025-05-05") < near("2026-04-05") < near("2026-05-04")
    assert near("") == 0
    assert FRESH > 0


def first(shelf: Shelf, day: date | None) -> str:
    during = Period(day) if day else None
    found = retrieve("Which horse won the derby?", shelf, HashingEmbedder(), limit=3, during=during)
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    return found[0].chunk.document


def test_documents_of_the_day_come_first(shelve: Shelve) -> None:
    shelf = shelve(DERBIES)
    assert first(shelf, date(2026, 5, 5)) == "new.md"
    assert first(shelf, date(2024, 5, 7)) == "old.md"
    assert first(shelf, None) == "undated.md"


def test_what_was_written_later_is_left_out(shelve: Shelve) -> None:
    shelf, embedder = shelve(DERBIES), HashingEmbedder()
    for day, known in (
        (date(2024, 5, 7), {"old.md", "undated.md"}),
        (date(2026, 4, 28), set(DERBIES)),
    ):
        found = retrieve("Which horse won the derby?", shelf, embedder, limit=3, during=Period(day))
        assert {each.chunk.document for each in found} == known


def test_what_is_too_old_for_this_week_is_left_out(
    shelve: Shelve, assistant: MakeAssistant
) -> None:
    over = assistant(over=shelve(DERBIES))
    for asked, found in (
        ("Which horse won the derby this week?", {"new.md", "undated.md"}),
        ("As of 2024-05-08: Which horse won the derby this week?", {"old.md", "undated.md"}),
        ("As of 2024-06-08: Which horse won the derby this week?", {"undated.md"}),
        ("As of 2024-06-08: Which horse won the derby this month?", {"old.md", "undated.md"}),
        ("Which horse has won the derby recently?", {"new.md", "undated.md"}),
        ("Which horse won the latest derby?", set(DERBIES)),
    ):
        assert {each.chunk.document for each in over.search(asked)} == found, asked


@pytest.mark.parametrize(
    ("asked", "document"),
    [
        ("As of 2024-05-07: Which horse won the derby?", "old.md"),
        ("Which horse won the derby this week?", "new.md"),
    ],
)
def test_this_week_is_the_week_of_the_newest_document(
    asked: str, document: str, shelve: Shelve, assistant: MakeAssistant
) -> None:
    over = assistant(over=shelve(DERBIES))
    assert over.search(asked)[0].chunk.document == document
    *_, last = over.ask(asked)
    assert isinstance(last, Finished)
    assert last.answer.passages[0].chunk.document == document
    assert (last.answer.question, last.answer.rewritten) == (asked, None)


def test_this_week_is_that_of_what_the_question_is_limited_to(
    shelve: Shelve, assistant: MakeAssistant
) -> None:
    over = assistant(over=shelve(DERBIES))
    for within, found in (("old*", {"old.md"}), ("*", {"new.md", "undated.md"})):
        passages = over.search("Which horse won the derby this week?", within=within)
        assert {each.chunk.document for each in passages} == found


def test_where_nothing_is_new_enough_the_refusal_says_so(
    shelve: Shelve, assistant: MakeAssistant
) -> None:
    over = assistant(over=shelve({"old.md": DERBIES["old.md"]}))
    *_, last = over.ask("As of 2026-05-05: Which horse won the derby this week?")
    assert isinstance(last, Finished)
    assert last.answer.abstained
    assert last.answer.notes == ("Nothing that was found is of the 14 days before 2026-05-05.",)


def test_a_follow_up_is_searched_on_the_day_of_the_question_before(
    shelve: Shelve, assistant: MakeAssistant
) -> None:
    over = assistant(over=shelve(DERBIES))
    history = (Turn("user", "As of 2024-05-07: Which horse won the derby?"),)
    found = over.search("And who lost it?", history=history)
    assert {each.chunk.document for each in found} == {"old.md", "undated.md"}
    *_, last = over.ask("And who lost it?", history=history)
    assert isinstance(last, Finished)
    assert last.answer.rewritten == "Which horse won the derby? And who lost it?"
    assert {each.chunk.document for each in last.answer.passages} == {"old.md", "undated.md"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("on 3 May 2021", (2021, 5, 3)),
        ("the 3rd of May, 2021", (2021, 5, 3)),
        ("Sept. 3, 2021", (2021, 9, 3)),
        ("2021-05-03", (2021, 5, 3)),
        ("May 2021", (2021, 5, None)),
        ("on October 15.", (None, 10, 15)),
    ],
)
def test_a_date_is_read_as_far_as_it_is_given(
    text: str, parts: tuple[int | None, int | None, int | None]
) -> None:
    (found,), rest = dates_in(text)
    assert found.parts == parts
    assert len(rest) == len(text)
    assert text[found.start :].startswith(found.written)


@pytest.mark.parametrize("text", ["It may 3 times", "in 2021", "2021-13-03", "Mayor 12"])
def test_what_is_no_date_is_left_as_it_is(text: str) -> None:
    assert dates_in(text) == ([], text)

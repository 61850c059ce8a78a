"""How an answer differs from an earlier one."""

import doctest
from dataclasses import replace

import qa.difference
from qa.difference import difference
from tests.tui.fake_desk import CITATIONS, answer


def test_the_same_answer_is_the_same_however_its_citations_are_numbered() -> None:
    swapped = tuple(
        replace(each, number=number) for each, number in zip(CITATIONS, (2, 1, 3), strict=True)
    )
    later = answer(answer().text.replace("[1]", "[9]"), citations=swapped)
    assert difference(answer(), later).same


def test_a_sentence_that_changed_stands_before_the_one_in_its_place() -> None:
    found = difference(answer("It is red. It is old."), answer("It is blue. It is old. It stands."))
    assert found.lines == (
        ("-", "It is red."),
        ("+", "It is blue."),
        ("=", "It is old."),
        ("+", "It stands."),
    )
    assert not found.same_text


def test_citations_that_came_and_went_are_told_by_their_words() -> None:
    found = difference(answer(citations=CITATIONS[:2]), answer(citations=CITATIONS[1:]))
    assert (found.went, found.came) == (CITATIONS[:1], CITATIONS[2:])
    assert found.same_text
    assert not found.same


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(qa.difference).failed == 0

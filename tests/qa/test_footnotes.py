"""An answer as plain text."""

import doctest
from dataclasses import replace

import pytest

import index.harmless
import qa.footnotes
import tui.source_view
import tui.statements
import tui.verdict
from qa.answer import Claim
from qa.footnotes import footnoted, mark_unsupported
from tests.tui.fake_desk import DISAGREEING, FIRST, HEIGHT, OTHER_HEIGHT, REFUSING, answer


def test_an_answer_is_followed_by_the_words_it_rests_on() -> None:
    lines = footnoted(answer()).splitlines()
    assert lines[0] == answer().text
    assert lines[2:] == [
        f"[1] “{FIRST}” — Skerry Light: a history · history/skerry-light.md · line 11 · 1987-06-01",
        f"[2] “{HEIGHT}” — Skerry Light: a history · history/skerry-light.md · line 11"
        " · 1987-06-01",
        f"[3] “{OTHER_HEIGHT}” — Visiting the Skerry · guides/visitors.pdf · p. 4",
    ]


def test_copies_of_the_cited_document_are_named() -> None:
    cited = replace(answer().citations[0], copies=("copy \x1b[2J.md",))
    assert footnoted(replace(answer(), citations=(cited,))).endswith(
        " · 1987-06-01 · also copy \ufffd[2J.md"
    )


def test_a_warning_goes_along() -> None:
    assert "painted red in 1901. (⚠ unsupported)" in footnoted(DISAGREEING)


def test_a_refusal_has_no_footnotes() -> None:
    assert footnoted(REFUSING) == "Your documents do not say who designed it."


def test_a_claim_that_is_not_found_in_the_text_keeps_its_warning() -> None:
    claims = (Claim("It is green.", (), supported=False),)
    assert mark_unsupported("It's green.", claims, "!") == "It's green.\n\n!: It is green."


def test_of_two_equal_claims_each_is_marked_by_itself() -> None:
    claims = (Claim("A.", (1,), supported=True), Claim("A.", (), supported=False))
    assert mark_unsupported("A. [1] A.", claims, "!") == "A. [1] A. !"


@pytest.mark.parametrize(
    "module",
    [index.harmless, qa.footnotes, tui.source_view, tui.statements, tui.verdict],
    ids=lambda m: m.__name__,
)
def test_the_examples_in_the_docstrings_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]

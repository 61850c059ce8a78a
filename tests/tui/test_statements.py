"""An answer taken apart into what was checked."""

from hypothesis import given
from hypothesis import strategies as some

from qa.answer import Claim
from tests.tui.fake_desk import DISAGREEING, OTHER_HEIGHT, QUOTING, REFUSING, answer
from tui.statements import statements
from tui.verdict import verdict

GREEN = Claim("It is green.", (), supported=False)


def test_what_stands_between_two_claims_is_part_of_neither() -> None:
    said = [
        (each.text, each.supported) for each in statements(DISAGREEING.text, DISAGREEING.claims)
    ]
    assert said == [
        ("The tower is 41 metres high. [2]", True),
        ("It was painted red in 1901.", False),
        ("But another document differs:", None),
        (f"{OTHER_HEIGHT} [3]", True),
    ]


def test_a_quoted_sentence_is_told_from_a_model_s_though_it_runs_over_lines() -> None:
    claims = (
        Claim("It is 41 m.", (1,), supported=True),
        Claim("The tower\nstands.", (2,), supported=True, quoted=True),
    )
    text = "It is 41 m. [1] In the documents' own words: “The tower stands.” [2]"
    assert [(each.text, each.quoted) for each in statements(text, claims)] == [
        ("It is 41 m. [1]", False),
        ("In the documents' own words:", False),
        ("“The tower stands.” [2]", True),
    ]


def test_a_text_without_claims_is_one_statement_that_nobody_checked() -> None:
    (only,) = statements("So it is.", ())
    assert (only.text, only.supported) == ("So it is.", None)


def test_a_warning_whose_words_are_not_found_comes_last() -> None:
    *_, last = statements("It's green.", (GREEN,))
    assert (last.text, last.supported) == ("It is green.", False)


def test_a_list_sign_and_an_opening_mark_stay_with_their_words() -> None:
    claims = (Claim("A.", (1,), supported=True), Claim("B.", (), supported=False))
    assert [each.text for each in statements("- A.\n- B.", claims)] == ["- A.", "- B."]
    assert [each.text for each in statements("A. “B.”", claims)] == ["A.", "“B.”"]


@given(
    some.lists(some.tuples(some.text("ab .:[1](“-\n", max_size=9), some.booleans()), max_size=4),
    some.text("ab .:[1]\n", max_size=6),
)
def test_no_word_of_an_answer_is_lost(parts: list[tuple[str, bool]], between: str) -> None:
    claims = tuple(Claim(text, (), supported=supported) for text, supported in parts)
    text = between.join(claim.text for claim in claims)
    shown = "".join(each.text for each in statements(text, claims))
    assert "".join(shown.split()).startswith("".join(text.split()))


def test_a_verdict_counts_what_is_unsupported_and_says_how_likely_the_answer_is() -> None:
    assert verdict(DISAGREEING) == (
        "⚠ 1 of 3 sentences without support · likely right (estimate: 8 in 10)"
    )


def test_a_verdict_tells_a_quotation_from_a_sentence_that_was_checked() -> None:
    assert "word for word" in verdict(QUOTING)
    assert verdict(answer(confidence=0.97)) == (
        "✓ supported by the cited words · very likely right (estimate: more than 9 in 10)"
    )


def test_a_refusal_says_how_unsure_the_likeliest_answer_was() -> None:
    assert "estimate: 3 in 10" in verdict(REFUSING)
    assert verdict(answer(abstained=True)) == ""

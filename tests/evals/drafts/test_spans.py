"""What of a sentence can be the whole of a short answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.drafts.spans import spans


def found(text):
    return [(span.kind, span.text) for span in spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The board sold 2,290 boats.", [("number", "2,290")]),
        ("It had around 20,800, according to a count.", [("number", "20,800")]),
        ("It cost $2.1 billion in all.", [("number", "$2.1 billion")]),
        ("Some 12.5% of it was sold within six months.", [("number", "12.5%"), ("number", "six")]),
        ("It was built in 1931.", [("date", "1931")]),
        ("It opened on 3 May 1931.", [("date", "3 May 1931")]),
        ("It closed on May 3, 1931.", [("date", "May 3, 1931")]),
        ("It ends there on Aug. 29.", [("date", "Aug. 29")]),
        ("There they met Transport Secretary Ann Lund.", [("name", "Ann Lund")]),
        ("The captain’s ship belonged to Ann Lund's aunt.", [("name", "Ann Lund")]),
        ("The U.S. Coast Guard came.", [("name", "U.S. Coast Guard")]),
    ],
)
def test_numbers_dates_and_names_are_found_as_they_are_written(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Yesterday nobody came.",
        "The rule stands in Chapter 7 there.",
        "It was on day five and in the round of 16.",
        "It took two and a half years.",
        "It was open from 1931 to 1958.",
        "It went on from May 3 to May 9.",
        "They sailed to Velm and Ness.",
        "It was on Monday, one of the days.",
        "See page 3/4 or part 2-1.",
    ],
)
def test_a_part_of_a_range_a_list_or_a_name_is_no_answer(text):
    assert found(text) == []


@given(st.text(alphabet=st.sampled_from("Ann Lund 1931,.$%May-’ of the and 7 \n"), max_size=80))
def test_spans_are_the_text_they_stand_for_and_never_overlap(text):
    last = 0
    for span in spans(text):
        assert text[span.start : span.end] == span.text
        assert span.start >= last
        last = span.end

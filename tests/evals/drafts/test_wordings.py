"""The wordings in which an answer is accepted."""

import pytest

from evals.drafts.spans import spans
from evals.drafts.wordings import wordings
from evals.text_match import answer_match


@pytest.mark.parametrize(
    ("text", "person", "expected"),
    [
        ("The mill sold 2,290 sacks.", False, ("2,290",)),
        ("The mill took six months.", False, ("six", "6")),
        ("It opened on 3 May 1931.", False, ("3 May 1931", "May 3, 1931")),
        (
            "It ends on Sept. 2, 1931.",
            False,
            ("Sept. 2, 1931", "September 2, 1931", "2 September 1931"),
        ),
        ("It opened in 1931.", False, ("1931",)),
        ("The wheel was built by Carl J. Ohm.", True, ("Carl J. Ohm", "Ohm")),
        ("The wheel was built by Carl J. Ohm.", False, ("Carl J. Ohm",)),
    ],
)
def test_the_document_s_own_words_come_first(text, person, expected):
    (answer,) = spans(text)
    assert wordings(answer, person=person) == expected
    assert answer_match(text, expected[:1])

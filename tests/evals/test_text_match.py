import re
import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.text_match import answer_f1, answer_match, normalised


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("There were 2,290 of them [1].", "2290"),
        ("There were 2290.", "2,290"),
        ("A total of 1,234,567 people", "1234567"),
        ("They spent $50 on it [1, 2].", "50"),
        ("It was the Department of Homeland Security.", "department of homeland security"),
        ("She said “villes de sûreté” [3].", "villes de sûreté"),
        ("The U.S. asked for it", "US"),
        ("It was Holm’s tower.", "Holm's tower"),
        ("It was Holm's tower.", "Holm’s tower"),
        ("Its name is The Light.", "“The Light”"),
        ("It ran 1990–1995.", "1990-1995"),
        ("It ran 1990-1995.", "1990–1995"),
        ("It fell by −5 degrees.", "-5 degrees"),
        ("a well\u2011known tower", "well-known tower"),
        ("They met in Zu\u0308rich.", "Zürich"),
        ("They met in Zürich.", "Zu\u0308rich"),
        ("the of\ufb01ce", "office"),
        ("There were ２２９０.", "2290"),
    ],
)
def test_an_accepted_answer_is_found_whatever_its_spelling(text, accepted):
    assert answer_match(text, ["nothing", accepted])


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("It has 250 rooms.", "50"),
        ("It has 1,250 rooms.", "250"),
        ("It has many rooms [4].", "4"),
        ("It has many rooms [3, 4].", "4"),
        ("It has many rooms [3-4].", "4"),
        ("The Italian team", "Italia"),
        ("It has 10² rooms.", "102"),
        ("It has 1½ rooms.", "11"),
        ("Anything at all", "The"),
        ("Anything at all", ""),
        ("", "50"),
    ],
)
def test_a_part_of_a_word_a_marker_or_nothing_is_no_match(text, accepted):
    assert not answer_match(text, [accepted])


def test_no_accepted_answer_is_no_match():
    assert not answer_match("anything", [])
    assert answer_f1("anything", []) == 0


def test_f1_counts_shared_words_as_squad_does():
    # said: total was 2290 agents; wanted: 2290 agents; 2 shared, so 2*2/(4+2).
    assert answer_f1("The total was 2,290 agents [1].", ["2290 agents"]) == pytest.approx(4 / 6)
    assert answer_f1("no no", ["no"]) == pytest.approx(2 / 3)
    assert answer_f1("2,290", ["x", "2290"]) == 1
    assert answer_f1("", ["x"]) == 0


def squad(text):
    """SQuAD's own normalize_answer, as its evaluation script has it."""
    text = "".join(ch for ch in text.lower() if ch not in set(string.punctuation))
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", text).split())


@given(st.text(st.characters(exclude_categories=["Nd", "No", "So"])))
def test_without_digits_normalising_is_squads(text):
    text = unicodedata.normalize("NFKC", text)
    plain = re.sub("[‘’ʼ“”„«»]", "'", re.sub("[\u2010-\u2013\u2212]", "-", text))
    assert normalised(text) == squad(plain)


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_a_number_matches_itself_and_no_other(one, other):
    assert answer_match(f"They counted {one:,} [7].", [str(one)])
    assert answer_match(f"They counted {one} [{other}].", [f"{one:,}"])
    assert answer_match(f"They counted {one:,}.", [str(other)]) == (one == other)
